import { describe, expect, it } from "vitest";
import { speak } from "../../src/okta/headers.ts";
import { Observer } from "../../src/self-test/observe.ts";
import { loadLibrary } from "../../src/wiring/library.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";
import { variationTables } from "../../src/wiring/variations.ts";

/** Sets that chance drew once and that were blamed, with the scenario that did it. */
const BLAMED_ONCE: readonly (readonly [scenario: string, quirks: readonly string[]])[] = [
  ["rfc/creating/location", ["locations-with-version", "reads-lag-by-1500-ms"]],
  ["okta/users/look-up-then-create", ["addresses-are-user-names", "search-index-lags-by-1-s"]],
  ["okta/users/look-up-then-create", ["emails-are-unique", "details-in-another-language"]],
  ["rfc/discovery/honesty", ["optional-attributes-not-stored", "unassigned-is-null"]],
];

const library = await loadLibrary();
const { quirks } = await variationTables();

async function failedOn(scenario: string, names: readonly string[]): Promise<readonly string[]> {
  const observer = new Observer(
    {
      ...library,
      ...{ speak, toolVersion: "0.0.0", realClock: systemClock(), seed: 1 },
      scenarios: library.scenarios.filter(({ id }) => id === scenario),
      signal: new AbortController().signal,
      startServer: ({ variations }, clock, random) =>
        startTrialServer(
          variations.flatMap((name) => quirks.find((one) => one.name === name) ?? []),
          "app",
          clock,
          random,
        ),
    },
    { isWhole: true },
  );
  const { claims, crashed, requests } = await observer.observe({
    ...{ kind: "quirk-set", name: names.join(" + "), title: "", layer: "app" },
    ...{ variations: names, target: [], also: [] },
  });
  expect(crashed).toBe(undefined);
  expect(requests).toBeGreaterThan(0);
  return claims.flatMap(({ claim, verdict, seen }) => (verdict === "fail" ? [`${claim}: ${seen}`] : []));
}

describe("quirks that meet in one server", () => {
  it.each(BLAMED_ONCE)("are blamed for nothing by %s: %j", async (scenario, names) => {
    expect(await failedOn(scenario, names)).toEqual([]);
  });
});
