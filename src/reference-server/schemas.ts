import type { Collection } from "../model/scim.ts";
import { type AttributeDefinition, attribute } from "./attribute.ts";
import { groupSchema } from "./group-schema.ts";
import { enterpriseUserSchema, userSchema } from "./user-schema.ts";

/** A schema as RFC 7643 section 7 describes one. */
export interface SchemaDefinition {
  /** The URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

/** A kind of resource (RFC 7643 section 6). */
export interface ResourceType {
  readonly name: "User" | "Group";
  readonly collection: Collection;
  readonly description: string;
  readonly schema: SchemaDefinition;
  /** All optional. */
  readonly extensions: readonly SchemaDefinition[];
}

export const userType: ResourceType = {
  name: "User",
  collection: "Users",
  description: "User accounts",
  schema: userSchema,
  extensions: [enterpriseUserSchema],
};

export const groupType: ResourceType = {
  name: "Group",
  collection: "Groups",
  description: "Groups of users",
  schema: groupSchema,
  extensions: [],
};

export const resourceTypes: readonly ResourceType[] = [userType, groupType];
export const schemas: readonly SchemaDefinition[] = [userSchema, enterpriseUserSchema, groupSchema];

/** What every resource has (RFC 7643 section 3.1). No schema lists these. */
export const commonAttributes: readonly AttributeDefinition[] = [
  attribute("schemas", "reference", "The schemas whose attributes the resource carries.", {
    multiValued: true,
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
  }),
  attribute("id", "string", "The name the server gave the resource.", {
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
    uniqueness: "server",
  }),
  attribute("externalId", "string", "The name the client gave the resource.", { caseExact: true }),
  attribute("meta", "complex", "Facts about the resource itself.", {
    mutability: "readOnly",
    subAttributes: [
      attribute("resourceType", "string", "The kind of resource.", {
        caseExact: true,
        mutability: "readOnly",
      }),
      attribute("created", "dateTime", "When it was made.", { mutability: "readOnly" }),
      attribute("lastModified", "dateTime", "When it last changed.", { mutability: "readOnly" }),
      attribute("location", "reference", "Its address.", { caseExact: true, mutability: "readOnly" }),
      attribute("version", "string", "Its ETag.", { caseExact: true, mutability: "readOnly" }),
    ],
  }),
];
