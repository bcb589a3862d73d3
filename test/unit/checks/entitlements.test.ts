import { describe, expect, it } from "vitest";
import { entitlementTypes, extensionSchemas } from "../../../src/checks/named/entitlement-types.ts";
import { entitlementValues } from "../../../src/checks/named/entitlement-values.ts";
import { userEntitlements } from "../../../src/checks/named/user-entitlements.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

/** What every check says, where this is what came of the request for the resource types. */
function toldBy(types: Evidence) {
  const later: Evidence = { ...evidenceOf(200, {}), earlier: new Map([["types", types]]) };
  const judgements = [
    entitlementTypes.judge(types, { part: "list" }),
    extensionSchemas.judge(later, { types: "types" }),
    entitlementValues.judge(types, { part: "each-once" }),
    userEntitlements.judge(later, { part: "arrays", values: "types" }),
  ];
  const told = judgements.map((one) => `${one.kind}: ${"why" in one ? one.why : ""}`);
  // Whether the resource types can be read is judged elsewhere.
  expect(judgements.every((one) => one.kind !== "unknown" || one.neutral === true)).toBe(true);
  return [...new Set(told)];
}

describe("a server without roles and entitlements of Okta's", () => {
  const asked = "/ResourceTypes, which would tell of roles and entitlements,";
  const schema = "urn:ietf:params:scim:schemas:core:2.0:User";
  const none = "not-offered: no resource type has Okta's schema of roles or of entitlements";

  it("is told what its resource types lack where it has some", () => {
    expect(toldBy(evidenceOf(200, { Resources: [{ id: "User", schema }] }))).toEqual([none]);
    expect(toldBy(evidenceOf(200, [{ id: "User", schema }]))).toEqual([none]);
    expect(toldBy(evidenceOf(200, { totalResults: 0 }))).toEqual([none]);
  });

  it.each([404, 405, 501])("is one that has no resource types (%i)", (status) => {
    expect(toldBy(evidenceOf(status))).toEqual([`not-offered: ${asked} was answered ${status}`]);
  });

  it.each([500, 503, 400, 403, 302])(
    "is not told from one that answers %i for its resource types",
    (status) => {
      expect(toldBy(evidenceOf(status, { Resources: [] }))).toEqual([
        `unknown: ${asked} was answered ${status}`,
      ]);
    },
  );

  it("is not told from one whose resource types cannot be read, or not all of them", () => {
    expect(toldBy(silence)).toEqual([`unknown: ${asked} got no answer`]);
    for (const body of ["<html></html>", "", "[", {}, { Resources: "User" }])
      expect(toldBy(evidenceOf(200, body))).toEqual([`unknown: ${asked} was not answered with a list`]);
    expect(toldBy(evidenceOf(200, { totalResults: 3, Resources: [{ id: "User", schema }] }))).toEqual([
      "unknown: of 3 resource types only 1 were shown",
    ]);
  });

  it("is not one whose kinds name no address that could be read", () => {
    const role = {
      name: "Role",
      schema: "urn:okta:scim:schemas:core:1.0:Role",
      endpoint: "https://elsewhere/Roles",
    };
    expect(entitlementValues.judge(evidenceOf(200, { Resources: [role] }), { part: "each-once" })).toEqual({
      kind: "unknown",
      why: "no address of theirs was named that could be asked",
      neutral: true,
    });
  });
});
