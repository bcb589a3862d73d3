import { describe, expect, it } from "vitest";
import { replayPlan } from "../../../src/okta/actions/replay-plan.ts";
import { planGroups, plannedName } from "../../../src/targets/plan-groups.ts";
import { crowdOf, performanceOf } from "../okta/performance-of.ts";

const sizes = (plan: ReturnType<typeof planGroups>) => plan.groups.map(({ members }) => members);

describe("the plan of a large group", () => {
  it("fills every group up to the limit and gives the last one the rest", () => {
    const plan = planGroups({ members: 3_400, maxPerGroup: 1_000 });
    expect(sizes(plan)).toEqual([1_000, 1_000, 1_000, 400]);
    expect(plan.groups.map(({ requests }) => requests)).toEqual([12, 12, 12, 6]);
    expect(plan.requests).toBe(42);
    expect(plan.seconds).toBeUndefined();
  });

  it("keeps a group that fits in one, under its own name", () => {
    const plan = planGroups({ members: 1_000, maxPerGroup: 1_000 });
    expect(sizes(plan)).toEqual([1_000]);
    expect(plan.groups.map((group) => plannedName(plan, "Everyone", group))).toEqual(["Everyone"]);
    expect(sizes(planGroups({ members: 5_000 }))).toEqual([5_000]);
  });

  it("needs a second group for one person too many", () => {
    const plan = planGroups({ members: 1_001, maxPerGroup: 1_000 });
    expect(sizes(plan)).toEqual([1_000, 1]);
    expect(plan.groups.map((group) => plannedName(plan, "R&D $1 {n}", group))).toEqual([
      "R&D $1 {n} 1",
      "R&D $1 {n} 2",
    ]);
  });

  it("takes an empty group for one group without members", () => {
    expect(planGroups({ members: 0, maxPerGroup: 10 })).toMatchObject({
      requests: 2,
      groups: [{ members: 0 }],
    });
  });

  it("counts batches of the size given, and seconds at the rate given, rounded up", () => {
    const plan = planGroups({ members: 2_500, maxPerGroup: 1_000, batch: 256, requestsPerSecond: 10 });
    expect(plan.requests).toBe(6 + 6 + 4);
    expect(plan.seconds).toBe(2);
  });

  it("refuses numbers that plan nothing", () => {
    expect(() => planGroups({ members: 1.5 })).toThrow(RangeError);
    expect(() => planGroups({ members: 10, maxPerGroup: 0 })).toThrow(RangeError);
    expect(() => planGroups({ members: 10, batch: 0 })).toThrow(RangeError);
    expect(() => planGroups({ members: 10, requestsPerSecond: 0 })).toThrow(RangeError);
  });

  it("is the one that replay-plan replays", () => {
    for (const [members, maxPerGroup] of [[9, 4] as const, [8, 4] as const, [3, 4] as const]) {
      const given = { members: crowdOf(members), limit: maxPerGroup, batch: 100 };
      const { facts } = performanceOf(replayPlan, given, () => ({ status: 201, body: { id: "g" } }));
      const replayed = (facts.groups as readonly { planned: number }[]).map(({ planned }) => planned);
      expect(replayed).toEqual(sizes(planGroups({ members, maxPerGroup })));
    }
  });
});
