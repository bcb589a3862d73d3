import { describe, expect, it } from "vitest";
import { entitlementTypes, extensionSchemas } from "../../../src/checks/named/entitlement-types.ts";
import { entitlementValues } from "../../../src/checks/named/entitlement-values.ts";
import { userEntitlements } from "../../../src/checks/named/user-entitlements.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

/** Every check, where this is what came of the request for the resource types. */
function toldBy(types: Evidence) {
  const later: Evidence = { ...evidenceOf(200, {}), earlier: new Map([["types", types]]) };
  const judgements = [
    entitlementTypes.judge(types, { part: "list" }),
    extensionSchemas.judge(later, { types: "types" }),
    entitlementValues.judge(types, { part: "each-once" }),
    userEntitlements.judge(later, { part: "arrays", values: "types" }),
  ];
  expect(judgements.map(({ kind }) => kind)).toEqual(judgements.map(() => "not-offered"));
  return [...new Set(judgements.map((one) => ("why" in one ? one.why : "")))];
}

describe("a server without roles and entitlements of Okta's", () => {
  const asked = "/ResourceTypes, which would tell of roles and entitlements,";

  it("is told what its resource types lack where it has some", () => {
    const schema = "urn:ietf:params:scim:schemas:core:2.0:User";
    expect(toldBy(evidenceOf(200, { Resources: [{ id: "User", schema }] }))).toEqual([
      "no resource type has Okta's schema of roles or of entitlements",
    ]);
  });

  it("is not said to name none where there are no resource types to read", () => {
    expect(toldBy(evidenceOf(404))).toEqual([`${asked} was answered 404`]);
    expect(toldBy(silence)).toEqual([`${asked} got no answer`]);
  });
});
