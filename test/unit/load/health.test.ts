import { describe, expect, it } from "vitest";
import { healthReport } from "../../../src/load/health.ts";
import { Latencies } from "../../../src/load/latencies.ts";

/** What a machine looks like whose plays started so many milliseconds late. */
function startedLate(...ms: readonly number[]) {
  const lateStarts = new Latencies();
  for (const one of ms) lateStarts.record(one);
  const rested = { loopDelayP99Ms: 0, loopDelayMaxMs: 0, cpuShare: 0.1, memoryPeakBytes: 1 };
  return healthReport({ lateStarts, ...rested, measuredSeconds: 10, busySeconds: 0 }, 20);
}
const onTime = (plays: number) => Array.from({ length: plays }, () => 0.2);

describe("the machine that plays a load", () => {
  it("is not at its limit because of one late play of a short load, which is its 99th percentile", () => {
    expect(startedLate(...onTime(89), 80).limited).toBe(false);
    expect(startedLate(...onTime(88), 80, 80).limited).toBe(false);
  });

  it("is at its limit once three plays and more than one in a hundred start later than does no harm", () => {
    const { limited, why } = startedLate(...onTime(87), 80, 80, 80);
    expect(limited).toBe(true);
    expect(why).toEqual(["3 of 90 plays started more than 5 ms late, which is more than does no harm"]);
    expect(startedLate(...onTime(997), 80, 80, 80).limited).toBe(false);
    expect(startedLate(...onTime(980), ...onTime(20).map(() => 9)).limited).toBe(true);
  });

  it("may start plays as late as a tenth of what the slowest answers take", () => {
    expect(startedLate(4, 4, 4, 4).limited).toBe(false);
    expect(startedLate(6, 6, 6, 6).limited).toBe(true);
  });

  it("is at its limit where a load of one play starts it late", () => {
    expect(startedLate(80).limited).toBe(true);
    expect(startedLate().limited).toBe(false);
  });
});
