import type { Json } from "../model/json.ts";
import { resolveAttribute } from "./attribute-path.ts";
import type { Settings } from "./context.ts";
import { badRequest, ScimFailure } from "./errors.ts";
import { MemberChanges } from "./member-changes.ts";
import type { Attributes, Resource } from "./resource.ts";
import { type ResourceType, userType } from "./schemas.ts";
import type { Store } from "./store.ts";

/**
 * A resource as a request would have it. The stored one is not touched until everything the request asks for has
 * been found good, which is what makes PATCH all or nothing (RFC 7644 section 3.5.2).
 */
export interface Draft {
  readonly type: ResourceType;
  /** The stored resource; absent while one is being created. */
  readonly stored?: Resource;
  attributes: Attributes;
  readonly members: MemberChanges;
}

export function draftOf(stored: Resource): Draft {
  return {
    type: stored.type,
    stored,
    attributes: stored.attributes,
    members: new MemberChanges(stored.members),
  };
}

export function newDraft(type: ResourceType): Draft {
  return { type, attributes: {}, members: new MemberChanges(new Set()) };
}

/** @throws ScimFailure `invalidValue` when a required attribute is missing or empty. */
export function requireComplete({ type, attributes }: Draft): void {
  for (const { name, required } of type.schema.attributes) {
    if (required) requireFilled(name, attributes[name]);
  }
}

/** @throws ScimFailure `invalidValue` when the value of a required attribute is missing or empty. */
export function requireFilled(name: string, value: Json | undefined): void {
  if (value === undefined || (typeof value === "string" && value.trim() === "")) {
    throw badRequest("invalidValue", `${name} is required and must not be empty.`);
  }
}

/** @throws ScimFailure 409 `uniqueness` when another resource has a value that must be unique. */
export function requireUnique(store: Store, draft: Draft): void {
  for (const { name, uniqueness } of draft.type.schema.attributes) {
    const value = draft.attributes[name];
    if (uniqueness === "none" || typeof value !== "string") continue;
    const place = resolveAttribute(draft.type, name);
    const holders = place === undefined ? [] : (store.findEqual(draft.type, place, value) ?? []);
    if (holders.some((holder) => holder !== draft.stored)) {
      throw new ScimFailure(409, `A ${draft.type.name} with this ${name} exists already.`, "uniqueness");
    }
  }
}

/** @throws ScimFailure `invalidValue` when a member is no user, or there are more than `limit`. */
export function requireMembers(
  store: Store,
  draft: Draft,
  { maxGroupMembers: limit, statusBeyond }: Pick<Settings, "maxGroupMembers" | "statusBeyond">,
): void {
  for (const id of draft.members.added) {
    if (store.get(userType, id) === undefined) {
      throw badRequest(
        "invalidValue",
        `There is no user with the id ${JSON.stringify(id)}; nobody was added.`,
      );
    }
  }
  if (draft.members.added.size > 0 && draft.members.size > limit) {
    const { groupMembers: status } = statusBeyond;
    const detail = `A group can have ${limit} members; this would make ${draft.members.size}.`;
    throw status === 400 ? badRequest("invalidValue", detail) : new ScimFailure(status, detail);
  }
}
