import { URN } from "../model/scim.ts";
import { attribute, plural } from "./attribute.ts";
import type { SchemaDefinition } from "./schemas.ts";

const name = attribute("name", "complex", "The parts of the person's name.", {
  subAttributes: [
    attribute("formatted", "string", "The whole name as it is written."),
    attribute("familyName", "string", "The family name."),
    attribute("givenName", "string", "The given name."),
    attribute("middleName", "string", "The middle names."),
    attribute("honorificPrefix", "string", "What stands before the name, such as a title."),
    attribute("honorificSuffix", "string", "What stands after the name."),
  ],
});

const addresses = attribute("addresses", "complex", "Postal addresses.", {
  multiValued: true,
  subAttributes: [
    attribute("formatted", "string", "The whole address as it is written."),
    attribute("streetAddress", "string", "Street, number and the like."),
    attribute("locality", "string", "City or village."),
    attribute("region", "string", "State or province."),
    attribute("postalCode", "string", "Postal code."),
    attribute("country", "string", "Country, as ISO 3166-1 alpha-2."),
    attribute("type", "string", "What the address is used for.", {
      canonicalValues: ["work", "home", "other"],
    }),
    attribute("primary", "boolean", "Whether this is the preferred address; true at most once."),
  ],
});

/** Computed from the groups' members, so that the two can never disagree. */
const groups = attribute("groups", "complex", "The groups the user belongs to; changed through the group.", {
  multiValued: true,
  mutability: "readOnly",
  subAttributes: [
    attribute("value", "string", "The group's id.", { caseExact: true, mutability: "readOnly" }),
    attribute("$ref", "reference", "The group's address.", {
      caseExact: true,
      mutability: "readOnly",
      referenceTypes: ["Group"],
    }),
    attribute("display", "string", "The group's displayName.", { mutability: "readOnly" }),
    attribute("type", "string", "How the user belongs to the group.", {
      mutability: "readOnly",
      canonicalValues: ["direct"],
    }),
  ],
});

/** RFC 7643 section 4.1. */
export const userSchema: SchemaDefinition = {
  id: URN.user,
  name: "User",
  description: "A user account",
  attributes: [
    attribute("userName", "string", "The name the user signs in with.", {
      required: true,
      uniqueness: "server",
    }),
    name,
    attribute("displayName", "string", "The name shown to others."),
    attribute("nickName", "string", "A casual name."),
    attribute("profileUrl", "reference", "The user's page.", {
      caseExact: true,
      referenceTypes: ["external"],
    }),
    attribute("title", "string", "The user's title in the organisation."),
    attribute("userType", "string", "How the user relates to the organisation."),
    attribute("preferredLanguage", "string", "The language the user prefers."),
    attribute("locale", "string", "Where the user is, for formatting."),
    attribute("timezone", "string", "The user's time zone, as an IANA name."),
    attribute("active", "boolean", "Whether the user may sign in."),
    attribute("password", "string", "The secret the user signs in with.", {
      caseExact: true,
      mutability: "writeOnly",
      returned: "never",
    }),
    plural("emails", "E-mail addresses.", { types: ["work", "home", "other"] }),
    plural("phoneNumbers", "Telephone numbers.", {
      types: ["work", "home", "mobile", "fax", "pager", "other"],
    }),
    plural("ims", "Instant messaging addresses."),
    plural("photos", "Pictures of the user.", {
      valueType: "reference",
      valueTraits: { caseExact: true, referenceTypes: ["external"] },
      types: ["photo", "thumbnail"],
    }),
    addresses,
    groups,
    plural("entitlements", "Things the user is entitled to."),
    plural("roles", "Roles the user holds."),
    plural("x509Certificates", "Certificates of the user.", {
      valueType: "binary",
      valueTraits: { caseExact: true },
    }),
  ],
};

/** RFC 7643 section 4.3. */
export const enterpriseUserSchema: SchemaDefinition = {
  id: URN.enterpriseUser,
  name: "EnterpriseUser",
  description: "What an enterprise adds to a user",
  attributes: [
    attribute("employeeNumber", "string", "The number the organisation gave the user."),
    attribute("costCenter", "string", "The cost centre."),
    attribute("organization", "string", "The organisation."),
    attribute("division", "string", "The division."),
    attribute("department", "string", "The department."),
    attribute("manager", "complex", "The user's manager.", {
      subAttributes: [
        attribute("value", "string", "The manager's id.", { caseExact: true }),
        attribute("$ref", "reference", "The manager's address.", {
          caseExact: true,
          referenceTypes: ["User"],
        }),
        attribute("displayName", "string", "The manager's name.", { mutability: "readOnly" }),
      ],
    }),
  ],
};
