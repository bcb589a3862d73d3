import { beforeAll, describe, expect, it } from "vitest";
import { overridden } from "../../../src/config/override-plan.ts";
import { planRemarks, populationOver } from "../../../src/load/plan-remarks.ts";
import { loadLibraryForLoad, loadPlanNamed, loadPlanNames } from "../../../src/wiring/load-plans.ts";
import { previewLoad } from "../../../src/wiring/prepare-load.ts";

let library: Awaited<ReturnType<typeof loadLibraryForLoad>>;
beforeAll(async () => {
  library = await loadLibraryForLoad();
}, 60_000);

describe("what is said of a plan before it is played", () => {
  it("is nothing of the plans as they come", async () => {
    for (const name of loadPlanNames()) {
      expect((await previewLoad(name, { embedded: true })).remarks).toEqual([]);
    }
  });

  it("is that people leave again, where more leave than there are in groups", async () => {
    const plan = overridden(await loadPlanNamed("offboarding"), { users: 40, groups: 2, members: 10 });
    const remarks = (plays: number) => planRemarks(plan, library.scenarios, 1, () => plays);
    expect(remarks(20)).toEqual([]);
    expect(remarks(21)).toEqual([
      expect.stringContaining("after 20 of 21 plays whoever leaves has left before"),
    ]);
  });

  it("is what a group comes to, where each worker has its own", async () => {
    const preview = await previewLoad("big-group", { embedded: true, workers: 2 });
    expect(preview.cost.groups).toBe(2);
    expect(preview.remarks).toEqual([
      expect.stringMatching(/2 groups in place of 1; .* 25,000 of the people/),
    ]);
  });
});

describe("a population", () => {
  it.each([
    [{ users: 100, groups: 10, members: 20 }, 2, { users: 100, groups: 10, members: 20 }],
    [{ users: 100, groups: 1, members: 80 }, 3, { users: 100, groups: 3, members: 34 }],
    [{ users: 0, groups: 0, members: 0 }, 4, { users: 0, groups: 0, members: 0 }],
  ])("of %j over %i shards has %j", (population, shards, over) => {
    expect(populationOver(population, shards)).toEqual(over);
  });
});
