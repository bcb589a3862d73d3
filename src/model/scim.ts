/** The URNs of RFC 7643, RFC 7644 and Okta that requests and answers carry. */
export const URN = {
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  enterpriseUser: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  group: "urn:ietf:params:scim:schemas:core:2.0:Group",
  /** Okta's own, for apps with entitlement management. */
  role: "urn:okta:scim:schemas:core:1.0:Role",
  entitlement: "urn:okta:scim:schemas:core:1.0:Entitlement",
  listResponse: "urn:ietf:params:scim:api:messages:2.0:ListResponse",
  patchOp: "urn:ietf:params:scim:api:messages:2.0:PatchOp",
  error: "urn:ietf:params:scim:api:messages:2.0:Error",
} as const;

/** Why a request is refused, in the words of an error's `scimType` (RFC 7644 table 9). */
export const SCIM_TYPES: readonly string[] = [
  "invalidFilter",
  "tooMany",
  "uniqueness",
  "mutability",
  "invalidSyntax",
  "invalidPath",
  "noTarget",
  "invalidValue",
  "invalidVers",
  "sensitive",
];

/** The two collections Okta writes to. */
export type Collection = "Users" | "Groups";
