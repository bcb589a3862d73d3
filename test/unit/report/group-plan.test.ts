import { describe, expect, it } from "vitest";
import { groupPlanText } from "../../../src/report/group-plan.ts";

describe("the plan of a group that is split", () => {
  const plan = { batch: 100, names: "{name} {n}" } as const;

  it("tells of one member in the singular", () => {
    const groups = [{ number: 1, members: 1, requests: 3 }];
    const text = groupPlanText({ ...plan, groups, members: 1, limit: 1_000, requests: 3 });
    expect(text).toContain("1 member fits into one group: a group may have 1,000.");
    expect(text).toMatch(/NAME 1 +1 member {2}3 requests/);
  });

  it("tells of many in the plural", () => {
    const groups = [1, 2].map((number) => ({ number, members: 1, requests: 1 }));
    const text = groupPlanText({ ...plan, groups, members: 2, limit: 1, requests: 2 });
    expect(text).toContain("2 members need 2 groups: a group may have 1.");
  });
});
