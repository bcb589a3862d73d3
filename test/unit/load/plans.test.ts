import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadPlanSchema } from "../../../src/config/load-plan.ts";
import { arrivalsOf } from "../../../src/load/arrivals.ts";
import { costOf } from "../../../src/load/cost.ts";
import { speak } from "../../../src/okta/headers.ts";
import {
  checkPlan,
  loadLibraryForLoad,
  loadPlanNamed,
  loadPlanNames,
} from "../../../src/wiring/load-plans.ts";

const STORIES = [
  "big-group",
  "big-group-100",
  "big-group-256",
  "big-group-aiw",
  "burst-429",
  "nightly-import",
  "offboarding",
  "onboarding",
  "smoke",
  "steady-day",
];

let library: Awaited<ReturnType<typeof loadLibraryForLoad>>;
beforeAll(async () => {
  library = await loadLibraryForLoad();
}, 60_000);

describe("the plans that come with scim-check", () => {
  it("are these stories", () => {
    expect(loadPlanNames()).toEqual(STORIES);
  });

  it.each(STORIES)(
    "%s can be read, names nothing that is not there, and says what it costs",
    async (name) => {
      const plan = await loadPlanNamed(name);
      await checkPlan(plan, library.scenarios, undefined);
      const cost = costOf(plan, library.scenarios, speak, library.userBody);
      expect(cost.plays).toBe(arrivalsOf(plan.stages).plays);
      expect(cost.requests).toBeGreaterThan(cost.plays);
      expect(cost.bytes).toBeGreaterThan(cost.requests * 300);
    },
  );

  it("have members in their groups where people leave them, or say what is missing", async () => {
    const plan = await loadPlanNamed("offboarding");
    const checked = (population: typeof plan.population) =>
      checkPlan({ ...plan, population }, library.scenarios, undefined);
    await expect(checked({ users: 10, groups: 2, members: 0 })).rejects.toMatchObject({
      problems: [{ what: expect.stringContaining("the population's groups have none") }],
    });
    await expect(checked({ users: 10, groups: 0, members: 0 })).rejects.toMatchObject({
      problems: [{ what: expect.stringContaining("takes a group of the population, which has none") }],
    });
  });

  it("have a published JSON Schema for editors, which every one of them keeps to", async () => {
    await expect(`${JSON.stringify(loadPlanSchema(), null, 2)}\n`).toMatchFileSnapshot(
      "../../../fixtures/schemas/load-plan.schema.json",
    );
    const isValid = new Ajv2020({ strict: false }).compile(loadPlanSchema());
    for (const name of STORIES) {
      isValid(parse(readFileSync(`scenarios/load/${name}.yaml`, "utf8")));
      expect(isValid.errors).toBeNull();
    }
    expect(isValid({ title: "No mix" })).toBe(false);
  });

  it("push exactly 50,000 members into one group in the large-group stories", async () => {
    for (const name of ["big-group", "big-group-100"]) {
      expect(costOf(await loadPlanNamed(name), library.scenarios, speak, library.userBody).members).toBe(
        50_000,
      );
    }
  });
});
