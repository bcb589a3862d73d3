import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeScenarioText } from "../../../src/scenarios/decode-scenario.ts";
import { findScenarioFiles } from "../../../src/scenarios/find.ts";
import { FixtureShelf } from "../../../src/scenarios/fixture.ts";
import { link } from "../../../src/scenarios/link.ts";
import { vocabularyOf } from "../../../src/scenarios/vocabulary.ts";
import { actions, catalogue, checks } from "../../decoding/vocabulary.ts";

const vocabulary = vocabularyOf(catalogue, checks, actions);
const texts = findScenarioFiles("scenarios").files.map(({ path }) => readFileSync(path, "utf8"));
const file = { path: "damaged.yaml", id: "damaged" };

describe("a damaged scenario", () => {
  it("is read or refused with placed problems, never with an exception", () => {
    const damage = fc.record({
      text: fc.constantFrom(...texts),
      from: fc.nat(3000),
      length: fc.nat(40),
      instead: fc.constantFrom("", "null", "5", "[", "}", `\${`, "- ", ": ", "{}", "$from", "\n"),
    });
    const shelf = new FixtureShelf("fixtures");
    fc.assert(
      fc.property(damage, ({ text, from, length, instead }) => {
        const start = from % text.length;
        const damaged = text.slice(0, start) + instead + text.slice(start + length);
        const decoded = decodeScenarioText(damaged, file, shelf);
        const problems = decoded.ok ? link(decoded.draft, vocabulary).problems : decoded.problems;
        if (!decoded.ok) expect(problems.length).toBeGreaterThan(0);
        for (const { place, what, next } of problems) {
          expect(what).toMatch(/\S/);
          expect(next).toMatch(/\S/);
          expect(place).toMatchObject({
            file: "damaged.yaml",
            line: expect.any(Number),
            column: expect.any(Number),
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
