import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { itemsIn } from "../defects/sent.ts";
import { readingWhole, rewriting, showingEach, showingOnly, together } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const EXTRA = "Okta, SCIM protocol reference, create users: attributes that the server adds are fine";
const VENDOR = "urn:example:params:scim:schemas:extension:payroll:2.0:User";

/** What users and groups show besides what was sent, and in which form. */
export const shown: readonly Quirk[] = [
  {
    name: "users-have-more-attributes",
    title: "Users are shown with attributes that nobody sent.",
    permittedBy: EXTRA,
    againstRfc: "RFC 7643 section 3: what is shown is declared by a schema",
    layer: "app",
    make: showingOnly("User", (user, { isWhole }) =>
      isWhole ? { ...user, tenant: "example", lastLogin: null, quota: { used: 0 }, tags: ["scim"] } : user,
    ),
  },
  {
    name: "groups-have-more-attributes",
    title: "Groups are shown with attributes that nobody sent.",
    permittedBy: EXTRA,
    againstRfc: "RFC 7643 section 3: what is shown is declared by a schema",
    layer: "app",
    make: showingOnly("Group", (group, { isWhole }) =>
      isWhole ? { ...group, description: "", memberCount: itemsIn(group.members).length } : group,
    ),
  },
  {
    name: "users-have-another-extension",
    title: "Users are shown with an extension of the vendor's own, named in schemas before the core URN.",
    permittedBy: "RFC 7643 sections 3 and 3.3: a resource may have any number of extensions, in any order",
    againstRfc: "RFC 7644 section 4: every extension is listed at /Schemas",
    layer: "app",
    make: showingOnly("User", (user, { isWhole }) =>
      isWhole
        ? { ...user, schemas: [VENDOR, ...itemsIn(user.schemas)], [VENDOR]: { payrollNumber: "0" } }
        : user,
    ),
  },
  {
    name: "names-are-formatted",
    title: "The server adds name.formatted and a display of each e-mail address.",
    permittedBy:
      "RFC 7643 sections 2.4 and 4.1.1: optional sub-attributes, which Okta sends back with the next PUT",
    layer: "app",
    make: together(
      showingOnly("User", (user, { isWhole }) => {
        const { name } = user;
        if (!isWhole || !isJsonObject(name)) return user;
        const formatted = `${textOf(name.givenName)} ${textOf(name.familyName)}`.trim();
        return { ...user, name: { ...name, formatted } };
      }),
      // Stored with the address, so that sending back what was shown is no change.
      ({ operations }) => ({ replace: readingWhole(operations, "User", withDisplays) }),
    ),
  },
  {
    name: "unassigned-is-null",
    title: "Attributes without a value are shown as null, an empty text or an empty array.",
    permittedBy: "RFC 7643 section 2.5: unassigned, null and an empty array are the same state",
    layer: "app",
    make: showingEach((resource, { isWhole, resource: { type } }) => {
      if (!isWhole) return resource;
      if (type.name === "Group") return { externalId: null, ...resource };
      return { externalId: null, nickName: null, title: "", phoneNumbers: [], addresses: null, ...resource };
    }),
  },
  {
    name: "keys-in-another-order",
    title: "The members of every JSON object stand in another order, Resources first and schemas last.",
    permittedBy: "RFC 8259 section 4: the members of an object have no order",
    layer: "app",
    make: rewriting((body) => reversed(body) as JsonObject),
  },
  {
    name: "lists-have-more-members",
    title: "Lists have members besides those of a ListResponse.",
    permittedBy: "RFC 7644 section 3.1 with RFC 7643 section 2.1: what a client does not know it passes over",
    layer: "app",
    make: rewriting((body) =>
      body.Resources === undefined && body.totalResults === undefined
        ? body
        : { ...body, nextCursor: null, links: { self: "/scim/v2" }, totalPages: 1 },
    ),
  },
];

function withDisplays(body: JsonObject): JsonObject {
  if (!Array.isArray(body.emails)) return body;
  const emails = itemsIn(body.emails).map((email) =>
    isJsonObject(email) && email.value !== undefined ? { display: email.value, ...email } : email,
  );
  return { ...body, emails };
}

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");

function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, reversed(part)] as const);
  return Object.fromEntries(entries.toReversed());
}
