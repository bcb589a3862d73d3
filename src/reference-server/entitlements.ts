import type { JsonObject } from "../model/json.ts";
import { URN } from "../model/scim.ts";
import { attribute } from "./attribute.ts";
import type { Context } from "./context.ts";
import { notFound, quoted, ScimFailure } from "./errors.ts";
import { listBody } from "./list-response.ts";
import type { Reply, ScimRequest } from "./message.ts";
import { listQueryOf } from "./query.ts";
import type { SchemaDefinition } from "./schemas.ts";

/** One role or entitlement that users can be given. */
export interface EntitlementValue {
  readonly id: string;
  readonly displayName: string;
  readonly description?: string;
  /** Attributes of extensions, under their URN. */
  readonly more?: JsonObject;
}

/** A kind of roles or entitlements: a resource type of its own that can only be read. */
export interface EntitlementKind {
  /** Of an entitlement it is the `type` of each value, too. */
  readonly name: string;
  readonly collection: string;
  readonly description: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaDefinition[];
  readonly values: readonly EntitlementValue[];
}

const displayName = attribute("displayName", "string", "The name shown to others.", { required: true });
const description = attribute("description", "string", "What it is for, in at most 1000 characters.");

const roleSchema: SchemaDefinition = {
  id: URN.role,
  name: "Role",
  description: "A role that users can hold",
  attributes: [displayName, description],
};

const entitlementSchema: SchemaDefinition = {
  id: URN.entitlement,
  name: "Entitlement",
  description: "Something that users can be entitled to",
  attributes: [
    displayName,
    description,
    attribute("type", "string", "The name of its resource type.", { required: true }),
  ],
};

const licenseSchema: SchemaDefinition = {
  id: "urn:example:scim:schemas:extension:license:1.0:License",
  name: "LicenseExtension",
  description: "What this server adds to a licence",
  attributes: [attribute("seats", "integer", "How many users can have it.")],
};

/** Two kinds, one of them with more values than fit on one of Okta's pages. */
export const entitlementKinds: readonly EntitlementKind[] = [
  {
    name: "Role",
    collection: "Roles",
    description: "Roles of users",
    schema: roleSchema,
    extensions: [],
    values: [
      { id: "role-reader", displayName: "Reader", description: "Sees everything and changes nothing." },
      { id: "role-editor", displayName: "Editor" },
      { id: "role-owner", displayName: "Owner" },
    ],
  },
  {
    name: "License",
    collection: "Licenses",
    description: "Licences of users",
    schema: entitlementSchema,
    extensions: [licenseSchema],
    values: Array.from({ length: 130 }, (_, index) => ({
      id: `license-${index + 1}`,
      displayName: `Licence ${index + 1}`,
      more: { [licenseSchema.id]: { seats: 10 * (index + 1) } },
    })),
  },
];

/** GET /Roles, GET /Licenses: paged like users. */
export function listValues(context: Context, kind: EntitlementKind, { query }: ScimRequest): Reply {
  if (query.has("filter")) throw new ScimFailure(403, `${kind.collection} cannot be filtered.`);
  const { startIndex, count: asked } = listQueryOf(query);
  const count = Math.min(asked ?? context.settings.pageSizeMax, context.settings.pageSizeMax);
  const page = kind.values.slice(startIndex - 1, startIndex - 1 + count);
  const resources = page.map((value) => context.operations.renderValue(context, kind, value));
  return { status: 200, body: listBody(kind.values.length, startIndex, resources) };
}

/** GET /Roles/{id} */
export function readValue(context: Context, kind: EntitlementKind, id: string): Reply {
  const value = kind.values.find((one) => one.id === id);
  if (value === undefined) throw notFound(`There is no ${kind.name} with the id ${quoted(id)}.`);
  return { status: 200, body: context.operations.renderValue(context, kind, value) };
}

export function renderValue(
  { baseUrl }: Context,
  { name, collection, schema }: EntitlementKind,
  value: EntitlementValue,
): JsonObject {
  const { id, more = {} } = value;
  return {
    schemas: [schema.id, ...Object.keys(more)],
    id,
    displayName: value.displayName,
    ...(value.description === undefined ? {} : { description: value.description }),
    ...(schema === entitlementSchema ? { type: name } : {}),
    ...more,
    meta: { resourceType: name, location: `${baseUrl}/${collection}/${id}` },
  };
}
