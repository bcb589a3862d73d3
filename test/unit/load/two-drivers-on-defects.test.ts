import { beforeAll, describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/model/scenario.ts";
import type { Variation } from "../../../src/reference-server/variation.ts";
import type { Library } from "../../../src/wiring/library.ts";
import { type VariationTables, variationTables } from "../../../src/wiring/variations.ts";

interface Bench {
  repeatableScenarios(): Promise<{ library: Library; scenarios: readonly Scenario[] }>;
  differences(
    scenario: Scenario,
    variations: readonly Pick<Variation, "make">[],
    library: Library,
  ): Promise<readonly string[] | undefined>;
}

// As it is shipped; `node test/bench/two-drivers.js` compares every scenario on every defect.
const BENCH: string = "../../bench/two-drivers.js";
const IN_PLANS = [
  "onboarding/assign-oin",
  "steady/update",
  "steady/suspend-oin",
  "steady/join-and-leave-oin",
  "offboarding/leave-oin",
];
const EVERY = 60;

let bench: Bench;
let known: Awaited<ReturnType<Bench["repeatableScenarios"]>>;
let tables: VariationTables;
beforeAll(async () => {
  bench = (await import(BENCH)) as Bench;
  [known, tables] = await Promise.all([bench.repeatableScenarios(), variationTables()]);
}, 60_000);

async function differ(scenario: string, defect: Pick<Variation, "make">) {
  const found = known.scenarios.find(({ id }) => id === scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  return bench.differences(found, [defect], known.library);
}

describe("a broken server", () => {
  it("is told broken alike by the compiled path and by the engine, in the plans and on every sixtieth defect", async () => {
    const sample = tables.defects.filter((_defect, index) => index % EVERY === 0);
    expect(sample.length).toBeGreaterThan(4);
    const told: string[] = [];
    for (const defect of sample) {
      for (const scenario of IN_PLANS) {
        for (const one of (await differ(scenario, defect)) ?? []) {
          told.push(`${defect.name}, ${scenario}: ${one}`);
        }
      }
    }
    expect(told).toEqual([]);
  });

  it.each([
    // Asked only where an earlier step was accepted.
    ["okta/users/link-existing", "reactivation-makes-new-id"],
    // Expected in two ways, one of which needs the whole answer.
    ["rfc/discovery/resource-types", "unknown-resource-type-without-scim-error"],
    // A leave that is written whole is known by a number in the path.
    ["okta/users/deactivate-aiw", "ids-as-numbers"],
    // Permitted beside a list with nobody in it.
    ["onboarding/assign-oin", "look-up-miss-answered-404"],
    ["okta/users/create", "create-answers-200"],
  ])("is told alike in %s, where %s", async (scenario, name) => {
    const defect = tables.defects.find((one) => one.name === name);
    if (defect === undefined) throw new Error(`no defect ${name}`);
    expect(await differ(scenario, defect)).toEqual([]);
  });
});
