import { URN } from "../model/scim.ts";
import { attribute } from "./attribute.ts";
import type { SchemaDefinition } from "./schemas.ts";

/**
 * RFC 7643 section 4.2. Two choices the RFC leaves to the server: a group's name is unique, and members are users.
 * Everything about a member but its `value` is computed from the user it refers to.
 */
export const groupSchema: SchemaDefinition = {
  id: URN.group,
  name: "Group",
  description: "A group of users",
  attributes: [
    attribute("displayName", "string", "The name of the group.", { required: true, uniqueness: "server" }),
    attribute("members", "complex", "The users in the group.", {
      multiValued: true,
      subAttributes: [
        attribute("value", "string", "The user's id.", { caseExact: true, mutability: "immutable" }),
        attribute("$ref", "reference", "The user's address.", {
          caseExact: true,
          mutability: "readOnly",
          referenceTypes: ["User"],
        }),
        attribute("display", "string", "The user's name.", { mutability: "readOnly" }),
        attribute("type", "string", "The kind of resource the member is.", {
          mutability: "readOnly",
          canonicalValues: ["User"],
        }),
      ],
    }),
  ],
};
