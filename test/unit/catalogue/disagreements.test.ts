import { describe, expect, it } from "vitest";
import { disagreements } from "../../../src/catalogue/disagreements.ts";
import { catalogue } from "../../../src/catalogue/index.ts";
import { explainBehaviour } from "../../../src/report/explain.ts";

const standardOf = new Map(
  catalogue.flatMap(({ claims, standard }) => claims.map(({ id }) => [id, standard] as const)),
);

describe("where Okta and the RFCs differ", () => {
  it("each side names claims of its own standard, Okta's at least one", () => {
    const wrong = disagreements.flatMap(({ about, okta, rfc }) => [
      ...(okta.claims.length === 0 ? [about] : []),
      ...okta.claims.filter((id) => standardOf.get(id) !== "okta"),
      ...rfc.claims.filter((id) => standardOf.get(id) !== "rfc"),
    ]);
    expect(wrong).toEqual([]);
  });

  it("both are shown side by side, whichever of the two is explained", () => {
    for (const id of ["OKTA-ERR-01", "RFC7644-3.12-01"]) {
      const behaviour = catalogue.find((one) => one.id === id);
      if (behaviour === undefined) throw new Error(`there is no ${id}`);
      const text = explainBehaviour(behaviour, { scenarios: [], defects: [] });
      expect(text).toMatch(/two sides +status in the body of an error/);
      expect(text).toMatch(/Okta +a text or a number/);
      expect(text).toMatch(/RFC +a text \(RFC 7644 section 3\.12\)/);
    }
  });
});
