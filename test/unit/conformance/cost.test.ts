import { describe, expect, it } from "vitest";
import { withTime } from "../../../src/conformance/cost.ts";

const COST = { users: 200, groups: 20, members: 0, requests: 900, crowd: 100 };

describe("the time a run takes at least", () => {
  it("is not told where no rate holds it back", () => {
    expect(withTime(COST, [], {})).toEqual(COST);
  });

  it("is that of all requests at one rate", () => {
    expect(withTime(COST, [], { rate: 8 }).leastMs).toBe(112_375);
  });

  it("is that of the slowest of several rates: creates of people here", () => {
    const paces = [
      { perSecond: 10, burst: 100, pool: "writes" as const },
      { perSecond: 2, burst: 20, pool: { methods: ["POST" as const], resource: "Users" as const } },
    ];
    expect(withTime(COST, [], { paces }).leastMs).toBe(90_000);
  });
});
