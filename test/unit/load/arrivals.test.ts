import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivalsOf } from "../../../src/load/arrivals.ts";
import type { LoadStage } from "../../../src/model/load-plan.ts";

const times = (stages: readonly LoadStage[]) => {
  const arrivals = arrivalsOf(stages);
  return Array.from({ length: arrivals.plays }, (_, k) => arrivals.timeOf(k));
};

const forMs = fc.integer({ min: 100, max: 20_000 });
const rate = fc.integer({ min: 1, max: 200 });
const stage: fc.Arbitrary<LoadStage> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), rate, forMs }),
  fc.record({ kind: fc.constant("ramp" as const), from: rate, to: rate, forMs }),
  fc.record({
    kind: fc.constant("step" as const),
    from: rate,
    to: rate,
    steps: fc.integer({ min: 1, max: 5 }),
    forMs,
  }),
  fc.record({ kind: fc.constant("burst" as const), plays: fc.integer({ min: 1, max: 300 }), forMs }),
  fc.record({ kind: fc.constant("pause" as const), forMs }),
);

describe("intended start times", () => {
  it("of a constant rate are evenly apart", () => {
    expect(times([{ kind: "constant", rate: 4, forMs: 1_000 }])).toEqual([0, 250, 500, 750]);
  });

  it("of a ramp are as many as the area below it, closer and closer", () => {
    const ramp = times([{ kind: "ramp", from: 0, to: 100, forMs: 10_000 }]);
    expect(ramp).toHaveLength(500);
    expect(ramp[0]).toBe(0);
    // Plays until t are 5·t² (t in seconds): the 125th starts after 5 s.
    expect(ramp[125]).toBeCloseTo(5_000, 6);
  });

  it("of steps are those of one constant rate after the other", () => {
    expect(times([{ kind: "step", from: 1, to: 3, steps: 3, forMs: 3_000 }])).toHaveLength(6);
  });

  it("of a burst are all the same, and the next stage begins when it is over", () => {
    const burst: LoadStage = { kind: "burst", plays: 3, forMs: 2_000 };
    expect(times([burst, { kind: "constant", rate: 1, forMs: 2_000 }])).toEqual([0, 0, 0, 2_000, 3_000]);
  });

  it("leave a pause empty", () => {
    const constant: LoadStage = { kind: "constant", rate: 1, forMs: 1_000 };
    expect(times([constant, { kind: "pause", forMs: 5_000 }, constant])).toEqual([0, 6_000]);
  });

  it("keep their distance after a day as in the first second", () => {
    const { timeOf } = arrivalsOf([{ kind: "constant", rate: 3, forMs: 86_400_000 }]);
    expect(timeOf(259_199)).toBe((259_199 * 1000) / 3);
  });

  it("of a rate that binary fractions spoil are still whole plays", () => {
    expect(arrivalsOf([{ kind: "constant", rate: 0.1, forMs: 30_000 }]).plays).toBe(3);
  });

  it("never run backwards, never leave the schedule, and are counted by `before`", () => {
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 6 }), (stages) => {
        const arrivals = arrivalsOf(stages);
        let last = 0;
        for (let k = 0; k < arrivals.plays; k += 1 + Math.floor(arrivals.plays / 200)) {
          const at = arrivals.timeOf(k);
          expect(at).toBeGreaterThanOrEqual(last);
          expect(at).toBeLessThanOrEqual(arrivals.durationMs + 1e-6);
          expect(arrivals.before(at + 1)).toBeGreaterThanOrEqual(k + 1);
          last = at;
        }
        expect(arrivals.before(arrivals.durationMs + 1)).toBe(arrivals.plays);
      }),
      { numRuns: 40 },
    );
  });

  it("are as dense as the highest rate between two times says, and a burst as the plays of its second", () => {
    const { highestRate } = arrivalsOf([
      { kind: "ramp", from: 2, to: 6, forMs: 4_000 },
      { kind: "pause", forMs: 6_000 },
      { kind: "burst", plays: 7, forMs: 400 },
      { kind: "burst", plays: 5, forMs: 5_600 },
    ]);
    expect(highestRate(0, 1_000)).toBe(3);
    expect(highestRate(3_000, 60_000)).toBe(12);
    expect(highestRate(4_000, 10_000)).toBe(0);
    expect(highestRate(10_200, 12_000)).toBe(5);
    expect(highestRate(10_500, 16_000)).toBe(0);
  });

  it("split over shards make up the whole, each play once", () => {
    const whole = times([{ kind: "ramp", from: 5, to: 50, forMs: 3_000 }]);
    const shards = [0, 1, 2].map((index) => whole.filter((_, k) => k % 3 === index));
    expect(shards.flat().toSorted((one, other) => one - other)).toEqual(whole);
  });
});
