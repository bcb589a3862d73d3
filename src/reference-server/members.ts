import type { Json } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { attributeNamed } from "./attribute.ts";
import { conditionsIn, requireTrials, TRIALS_PER_MEMBERSHIP } from "./effort.ts";
import { badRequest } from "./errors.ts";
import { compileValueFilter } from "./filter-match.ts";
import type { Filter } from "./filter-syntax.ts";
import { groupSchema } from "./group-schema.ts";
import type { MemberChanges } from "./member-changes.ts";
import { memberOf, type View } from "./read-attribute.ts";

/**
 * The ids in a value of `members`: an array of objects with `value`, or one such object. Null means none.
 * @throws ScimFailure `invalidValue` for anything else.
 */
export function memberIds(value: Json): readonly string[] {
  if (value === null) return [];
  const members: readonly Json[] = Array.isArray(value) ? value : [value];
  return members.map((member) => {
    const id = isJsonObject(member) ? (member.value ?? caseless(member)) : undefined;
    if (typeof id !== "string" || id === "") {
      throw badRequest(
        "invalidValue",
        'Each of the members should be an object with the user\'s id as "value".',
      );
    }
    return id;
  });
}

/** Ids of the members that a value filter matches. Okta's `value eq "…"` costs the same in a group of any size. */
export function matchingMembers(view: View, members: MemberChanges, where: Filter): readonly string[] {
  if (where.kind === "compare" && where.operator === "eq" && where.name.toLowerCase() === "value") {
    return typeof where.value === "string" && members.has(where.value) ? [where.value] : [];
  }
  const attribute = attributeNamed(groupSchema.attributes, "members");
  if (attribute === undefined) return [];
  const matches = compileValueFilter(where, attribute);
  requireTrials(members.countLook() * conditionsIn(where) * TRIALS_PER_MEMBERSHIP);
  return [...members].filter((id) => matches(memberOf(view, id)));
}

function caseless(member: { readonly [key: string]: Json }): Json | undefined {
  return Object.entries(member).find(([key]) => key.toLowerCase() === "value")?.[1];
}
