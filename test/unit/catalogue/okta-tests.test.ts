import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/catalogue/index.ts";
import { oktaTestOf, publishedAssertions } from "../../../src/catalogue/okta-tests.ts";

const claims = new Map(
  catalogue.flatMap((behaviour) =>
    behaviour.claims.map((claim) => [claim.id, { claim, behaviour }] as const),
  ),
);

/** Steps that check something of the server, by test; the others only prepare, or act in Okta itself. */
const CHECKING: Readonly<Record<string, readonly string[]>> = {
  "Okta SCIM 2.0 Spec Test": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
  "Okta SCIM 2.0 CRUD Test": ["4", "6", "8", "11", "13"],
  "Okta SCIM 2.0 Entitlements Test": ["each endpoint"],
  "Okta SCIM 1.1 Spec Test": ["1 to 8", "9", "10", "optional"],
  "Okta's test of 2016": ["users", "groups", "look-up", "read", "create", "read back", "deactivate"],
};

describe("Okta's published tests", () => {
  it("have every step of theirs that checks something, in order", () => {
    for (const [test, steps] of Object.entries(CHECKING)) {
      const seen = new Set(publishedAssertions.filter((one) => one.test === test).map(({ step }) => step));
      expect([...seen], test).toEqual(steps);
    }
  });

  it("have each assertion tied to claims that exist and are judged, or say why not", () => {
    const loose = publishedAssertions.filter(({ claims: ids, notJudged }) =>
      notJudged === undefined
        ? ids.length === 0 ||
          ids.some((id) => claims.get(id)?.behaviour.notJudged !== undefined || !claims.has(id))
        : ids.length > 0 || notJudged.length < 20,
    );
    expect(loose.map(({ test, step, asserts }) => `${test} ${step}: ${asserts}`)).toEqual([]);
  });

  it("have each assertion of a required step in a claim that a run is failed for", () => {
    const required = [
      "Okta SCIM 2.0 Spec Test",
      "Okta SCIM 2.0 CRUD Test",
      "Okta SCIM 2.0 Entitlements Test",
    ];
    const soft = publishedAssertions.filter(
      ({ test, step, claims: ids, notJudged }) =>
        required.includes(test) &&
        notJudged === undefined &&
        !(test === "Okta SCIM 2.0 Spec Test" && step === "10") &&
        !ids.some((id) => claims.get(id)?.claim.level === "must"),
    );
    // The first user of a tenant may be anybody's; of our own users the profile is a must (OKTA-CRED-05.profile).
    expect(soft.map(({ step, asserts }) => `${step}: ${asserts}`)).toEqual(["1: Resources is not empty"]);
  });

  it("are named, by test and step, where a claim is explained", () => {
    expect(claims.get("OKTA-LOOKUP-02.empty-list")?.claim.oktaTest).toBe(
      "Okta SCIM 2.0 Spec Test, steps 3 and 5; Okta's test of 2016, look-up",
    );
    expect(oktaTestOf("OKTA-LINK-01.conflict")).toBe("Okta SCIM 2.0 Spec Test, step 8");
    expect(oktaTestOf("OKTA-LINK-04.same-email")).toBe(undefined);
  });
});
