import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { resolveAttribute } from "../attribute-path.ts";
import { itemsIn, jsonOf, sending } from "../defects/sent.ts";
import type { Draft } from "../draft.ts";
import { badRequest, notFound, ScimFailure } from "../errors.ts";
import { type ResourceType, userType } from "../schemas.ts";
import type { Store } from "../store.ts";
import { type Make, rewriting, together } from "./make.ts";
import type { Quirk } from "./quirk.ts";

function requireFree(
  store: Store,
  type: ResourceType,
  name: string,
  values: readonly Json[],
  draft: Draft,
): void {
  const place = resolveAttribute(type, name);
  for (const value of values) {
    if (place === undefined || typeof value !== "string") continue;
    const holders = store.findEqual(type, place, value) ?? [];
    if (holders.some((holder) => holder !== draft.stored)) {
      throw new ScimFailure(409, `Another ${type.name} has this value of ${name}.`, "uniqueness");
    }
  }
}

/** More values are unique than the schemas say. */
function unique(require: (store: Store, draft: Draft) => void): Make {
  return ({ operations }) => ({
    replace: {
      requireUnique: (store, draft) => {
        operations.requireUnique(store, draft);
        require(store, draft);
      },
    },
  });
}

/** Does something about each member that a write to a group names and that is no user. */
function onStrangers(meet: (id: string) => void): Make {
  return ({ operations }) => ({
    replace: {
      create: (context, type, request) => {
        if (type.name !== "Group" || request.body === "") return operations.create(context, type, request);
        const known = knownIn(context.store, meet);
        return operations.create(context, type, sending(request, known(jsonOf(request))));
      },
      replace: (context, type, id, request) => {
        const isGroup = type.name === "Group" && context.store.get(type, id) !== undefined;
        if (!isGroup || request.body === "") return operations.replace(context, type, id, request);
        const known = knownIn(context.store, meet);
        return operations.replace(context, type, id, sending(request, known(jsonOf(request))));
      },
      applyOperation: (context, draft, operation) => {
        const { op, path, value } = operation;
        if (draft.type.name !== "Group" || op === "remove") {
          return operations.applyOperation(context, draft, operation);
        }
        const known = knownIn(context.store, meet);
        const isMembers = path !== undefined && /(^|:)members$/i.test(path);
        const wrapped = known(isMembers ? { members: value } : isJsonObject(value) ? value : {});
        if (isMembers)
          operations.applyOperation(context, draft, { ...operation, value: wrapped.members ?? null });
        else if (isJsonObject(value))
          operations.applyOperation(context, draft, { ...operation, value: wrapped });
        else operations.applyOperation(context, draft, operation);
      },
    },
  });
}

function knownIn(store: Store, meet: (id: string) => void): (body: JsonObject) => JsonObject {
  return (body) => {
    if (!Array.isArray(body.members)) return body;
    const members = itemsIn(body.members).filter((member) => {
      const id = isJsonObject(member) ? member.value : undefined;
      if (typeof id !== "string" || store.get(userType, id) !== undefined) return true;
      meet(id);
      return false;
    });
    return { ...body, members };
  };
}

const longest = (value: Json): number => {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  const parts: readonly Json[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((most, part) => Math.max(most, longest(part)), 0);
};

/** What is refused here and taken by others, or the other way round. */
export const refusals: readonly Quirk[] = [
  {
    name: "group-names-not-unique",
    title: "A second group of the same name is made.",
    permittedBy:
      "OKTA-GROUP-PUSH-09: 409 where names are unique, 201 where they are not; RFC 7643 section 4.2",
    layer: "app",
    make: together(
      ({ operations }) => ({
        replace: {
          requireUnique: (store, draft) => {
            if (draft.type.name !== "Group") operations.requireUnique(store, draft);
          },
        },
      }),
      rewriting((body, _reply, { target }) =>
        target.includes("/Schemas") ? (withoutUniqueNames(body) as JsonObject) : body,
      ),
    ),
  },
  {
    name: "emails-are-unique",
    title: "A second user with the same e-mail address is refused with a 409 that names the attribute.",
    permittedBy: "OKTA-LINK-04: taken, or refused with a 409 whose detail names the e-mail attribute",
    againstRfc: "RFC 7643 section 8.7.1: the schema served here says that emails are not unique",
    layer: "app",
    make: unique((store, draft) => {
      if (draft.type.name !== "User") return;
      const emails = itemsIn(draft.attributes.emails).filter(isJsonObject);
      requireFree(
        store,
        userType,
        "emails.value",
        emails.map(({ value = null }) => value),
        draft,
      );
    }),
  },
  {
    name: "addresses-are-user-names",
    title: "A user none of whose e-mail addresses is the user name is refused with 400.",
    permittedBy:
      "OKTA-LOOKUP-01 asks who is found by the user name, and nobody asks that an address may be another",
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        create: (context, type, request) => {
          refuseOtherAddress(jsonOf(request));
          return operations.create(context, type, request);
        },
      },
    }),
  },
  {
    name: "long-values-refused",
    title: "A text of more than 256 characters is refused with 400.",
    permittedBy: "OKTA-ERR-03: too long a value is refused with a client error, or kept whole",
    layer: "app",
    make: ({ operations }) => ({
      replace: {
        create: (context, type, request) => {
          refuseLong(jsonOf(request));
          return operations.create(context, type, request);
        },
        replace: (context, type, id, request) => {
          if (context.store.get(type, id) !== undefined) refuseLong(jsonOf(request));
          return operations.replace(context, type, id, request);
        },
      },
    }),
  },
  {
    name: "unknown-members-skipped",
    title: "A member that is no user is passed over, and the others are taken.",
    permittedBy: "OKTA-MEMBER-12: applied without the unknown one, or refused",
    contradicts: ["unknown-members-answered-404"],
    layer: "app",
    make: onStrangers(() => undefined),
  },
  {
    name: "unknown-members-answered-404",
    title: "A write that names a member who is no user is refused with 404.",
    permittedBy: "OKTA-MEMBER-12: 400 or 404 naming the id, and nothing applied",
    layer: "app",
    make: onStrangers((id) => {
      throw notFound(`There is no user with the id ${JSON.stringify(id)}.`);
    }),
  },
  {
    name: "hundred-operations-at-most",
    title: "A PATCH of more than 100 operations is refused with 413 and a SCIM error.",
    permittedBy: "OKTA-LARGE-04 and OKTA-LARGE-08: longer lists are a should, a limit is told by an error",
    layer: "app",
    make: () => ({ maxOperationsPerPatch: 100 }),
  },
  {
    name: "methods-not-offered-answered-501",
    title: "A method that an address does not have is answered 501 instead of 405.",
    permittedBy: "RFC 7644 section 3.12: 501 for an operation that the provider does not support",
    layer: "app",
    make: () => ({
      wrap: (handle) => (request) => {
        const reply = handle(request);
        if (reply.status !== 405) return reply;
        return { ...reply, status: 501, body: reply.body.replace('"405"', '"501"').replace(":405", ":501") };
      },
    }),
  },
];

/** The schemas as they stand, but for the uniqueness of a group's displayName. */
function withoutUniqueNames(shown: Json): Json {
  if (Array.isArray(shown)) return (shown as readonly Json[]).map(withoutUniqueNames);
  if (!isJsonObject(shown)) return shown;
  if (shown.name === "displayName" && shown.uniqueness === "server") return { ...shown, uniqueness: "none" };
  return Object.fromEntries(Object.entries(shown).map(([name, part]) => [name, withoutUniqueNames(part)]));
}

function refuseOtherAddress({ userName, emails }: JsonObject): void {
  const addresses = itemsIn(emails).flatMap((email) => (isJsonObject(email) ? [email.value] : []));
  if (addresses.length === 0 || addresses.includes(userName)) return;
  throw badRequest("invalidValue", "One of the e-mail addresses has to be the user name.");
}

function refuseLong(body: JsonObject): void {
  if (longest(body) > 256) throw badRequest("invalidValue", "A text may have 256 characters.");
}
