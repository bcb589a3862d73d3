import { beforeAll, describe, expect, it } from "vitest";
import type { Scenario } from "../../src/model/scenario.ts";
import type { Handle } from "../../src/reference-server/message.ts";
import type { Library } from "../../src/wiring/library.ts";
import { loadLibraryForLoad } from "../../src/wiring/load-plans.ts";
import { variationTables } from "../../src/wiring/variations.ts";
import { constant, loadVirtually, planOf, virtualServer } from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await loadLibraryForLoad();
}, 60_000);

/** The server in memory asks nobody for a token. */
const isOpen = ({ steps }: Scenario) =>
  steps.every((step) => step.kind === "perform" || step.credential === "given");

/** In virtual time it is 1970, and this one asks for who was made before 2011. */
const ABOUT_THE_DAY = "rfc/filters/times";

/** Crowds of the large-group plans, cut down. */
const small = (scenario: Scenario): Scenario =>
  scenario.crowd?.kind === "literal" && Number(scenario.crowd.value) > 10
    ? { ...scenario, crowd: { kind: "literal", value: 10 } }
    : scenario;

async function errorsOf(scenario: Scenario, scenarios: readonly Scenario[]): Promise<readonly string[]> {
  // The first twenty plays are judged in full, and those after them are not.
  const plan = planOf(scenario.id, [constant(30, 1)], {
    oktaApp: scenario.oktaApp === "aiw" ? "aiw" : "oin",
    population: { users: 30, groups: 3, members: 8 },
  });
  const report = await loadVirtually(plan, { ...library, scenarios }, await virtualServer(), {
    settleMs: 2_000,
  });
  expect([scenario.id, report.totals.finished]).toEqual([scenario.id, 30]);
  return [
    ...report.operations
      .filter(({ errors }) => errors > 0)
      .map(({ id, errors }) => `${id}: ${errors} errors`),
    ...report.broken.map(({ claim, operation }) => `${operation} broke ${claim}`),
  ];
}

describe("a load of any scenario that a plan may name", () => {
  it("has no error on a sound server, also where the scenario is about refusals", {
    timeout: 120_000,
  }, async () => {
    const scenarios = library.scenarios.map(small);
    const repeatable = scenarios.filter((one) => one.repeatable && isOpen(one) && one.id !== ABOUT_THE_DAY);
    expect(repeatable.length).toBeGreaterThan(100);
    const found: string[] = [];
    for (const scenario of repeatable) found.push(...(await errorsOf(scenario, scenarios)));
    expect(found).toEqual([]);
  });

  it.each([
    ["okta/users/vanished", "delete-of-users-answered-403"],
    ["okta/users/look-up-then-create", "emails-are-unique"],
    ["okta/look-up/another-address", "addresses-are-user-names"],
    ["okta/look-up/awkward-names", "addresses-are-user-names"],
    ["rfc/creating/awkward-names", "addresses-are-user-names"],
    ["rfc/reading/sorting", "addresses-are-user-names"],
  ])("has none in %s on a server that refuses what it may: %s", async (scenario, refusing) => {
    const variations = (await variationTables()).quirks.filter(({ name }) => name === refusing);
    const plan = planOf(scenario, [constant(30, 1)]);
    const report = await loadVirtually(plan, library, await virtualServer({ variations }));
    expect(report.totals).toMatchObject({ finished: 30, errors: 0 });
  });

  it("has errors where a refusal was to come, and the server fails instead", async () => {
    const failing: (handle: Handle) => Handle = (handle) => (request) => {
      const answer = handle(request);
      return answer.status === 409 ? { status: 500, headers: [], body: "" } : answer;
    };
    const plan = planOf("okta/users/duplicate", [constant(30, 1)]);
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: failing }));
    expect(report.totals.errors).toBe(30);
  });
});
