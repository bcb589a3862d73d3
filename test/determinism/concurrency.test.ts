import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/model/clock.ts";
import type { Trial } from "../../src/model/self-test.ts";
import { ABOUT_CONCURRENCY, differences, observing, trialsInMemory } from "./verdicts.ts";

const SEED = 20_261_126;
/**
 * `DETERMINISM=all` plays every server, which takes a quarter of an hour; node test/bench/determinism.js does too. Here
 * so many are drawn, the same every time.
 */
const DRAWN = process.env.DETERMINISM === "all" ? Number.POSITIVE_INFINITY : 12;

const drawn = (trials: readonly Trial[]): readonly Trial[] => {
  const random = seededRandom(SEED);
  return trials
    .map((trial) => ({ trial, place: trial.kind === "sound" ? -1 : random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .slice(0, DRAWN)
    .map(({ trial }) => trial);
};

describe("verdicts", () => {
  it("are the same with one scenario at a time and with sixteen, on sound, wrong and odd servers", async () => {
    const [alone, together] = await Promise.all([observing(SEED, 1), observing(SEED, 16)]);
    const found: string[] = [];
    for (const trial of drawn(await trialsInMemory(SEED))) {
      const changed = differences(await alone(trial), await together(trial));
      found.push(...changed.map((line) => `${trial.name}: ${line}`));
    }
    expect(found).toEqual([]);
  });

  it("and everything else that is seen, are the same twice over with the same seed", async () => {
    const [trial] = (await trialsInMemory(SEED)).filter(({ kind }) => kind === "defect");
    if (trial === undefined) throw new Error("there is no defect");
    const observe = await observing(SEED, 16);
    const [once, again] = [await observe(trial), await observe(trial)];
    const { wallMs: _once, ...first } = once;
    const { wallMs: _again, ...second } = again;
    expect(second).toEqual(first);
  });

  it("differ only on servers that exist", async () => {
    const { variationTables } = await import("../../src/wiring/variations.ts");
    const { defects, quirks } = await variationTables();
    const names = new Set([...defects, ...quirks].map(({ name }) => name));
    expect([...ABOUT_CONCURRENCY.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});
