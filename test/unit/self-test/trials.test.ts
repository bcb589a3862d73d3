import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Planned, trialsOf } from "../../../src/self-test/trials.ts";

const quirk = (name: string, layer: "app" | "wire" = "app"): Planned => ({
  name,
  title: `${name} it is`,
  layer,
});
const QUIRKS = Array.from({ length: 45 }, (_, index) => quirk(`quirk-${index}`));

const setsOf = (quirks: readonly Planned[], seed: number) =>
  trialsOf({ sound: [], defects: [], quirks }, seed).filter(({ kind }) => kind === "quirk-set");

describe("the trials", () => {
  it("are one for each variation, and some for several quirks at once", () => {
    const defect = { ...quirk("cuts"), target: ["A.b"], also: [{ claim: "C.d", why: "the same list" }] };
    const trials = trialsOf({ sound: [quirk("sound")], defects: [defect], quirks: QUIRKS }, 1);
    expect(trials.filter(({ kind }) => kind !== "quirk-set").map(({ name }) => name)).toEqual([
      "sound",
      "cuts",
      ...QUIRKS.map(({ name }) => name),
    ]);
    expect(trials[1]).toMatchObject({ kind: "defect", target: ["A.b"], also: ["C.d"], variations: ["cuts"] });
  });

  it("draw different quirks for each set, two or more, and never one twice", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const { variations } of setsOf(QUIRKS, seed)) {
          expect(variations.length).toBeGreaterThanOrEqual(2);
          expect(new Set(variations).size).toBe(variations.length);
        }
      }),
    );
  });

  it("draw the same sets for the same seed, and others for another", () => {
    expect(setsOf(QUIRKS, 7)).toEqual(setsOf(QUIRKS, 7));
    expect(setsOf(QUIRKS, 7)).not.toEqual(setsOf(QUIRKS, 8));
  });

  it("never put two quirks together that contradict each other, whichever of them says so", () => {
    const all = [
      { ...quirk("one"), contradicts: ["two"] },
      quirk("two"),
      { ...quirk("three"), contradicts: ["one"] },
      quirk("four"),
    ];
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const { variations } of setsOf(all, seed)) {
          expect(variations.filter((name) => name === "one" || name === "two").length).toBeLessThan(2);
          expect(variations.filter((name) => name === "one" || name === "three").length).toBeLessThan(2);
        }
      }),
    );
  });

  it("ask nothing of the RFCs where one of the quirks is permitted by Okta alone", () => {
    const strict = quirk("strict");
    const lax = { ...quirk("lax"), againstRfc: "RFC 7644 section 4" };
    const trials = trialsOf({ sound: [], defects: [], quirks: [strict, lax] }, 1);
    expect(trials.map(({ variations, standard }) => [variations.includes("lax"), standard])).toEqual(
      trials.map(({ variations }) => (variations.includes("lax") ? [true, "okta"] : [false, undefined])),
    );
    expect(trials.length).toBeGreaterThan(2);
  });

  it("never make what runs in virtual time wait for a socket", () => {
    const mixed = QUIRKS.map((one, index) => ({
      ...one,
      layer: index % 3 === 0 ? ("wire" as const) : one.layer,
    }));
    const layerOf = new Map(mixed.map(({ name, layer }) => [name, layer]));
    const sets = setsOf(mixed, 1);
    for (const { layer, variations } of sets) {
      expect(variations.map((name) => layerOf.get(name))).toEqual(variations.map(() => layer));
    }
    expect(new Set(sets.map(({ layer }) => layer))).toEqual(new Set(["app", "wire"]));
  });
});
