import type { RunInput } from "../conformance/input.ts";
import { runConformance } from "../conformance/run.ts";
import { OKTA_ACTIONS, type RunSettings } from "../conformance/settings.ts";
import { type Clock, type Random, seededRandom } from "../model/clock.ts";
import type { RunReport } from "../model/report.ts";
import type { TrialServer } from "./observe.ts";
import { virtualClock } from "./virtual-clock.ts";

/** One run against a server that plays a product, or a product with one fact broken. */
export interface TargetTrial
  extends Pick<
    RunInput,
    "scenarios" | "catalogue" | "checks" | "actions" | "people" | "userBody" | "speak" | "toolVersion"
  > {
  readonly name: string;
  readonly documented: NonNullable<RunInput["documented"]>;
  /** Patterns of the scenarios that are played; all when empty. */
  readonly only: readonly string[];
  readonly settings: Pick<
    RunSettings,
    "maxGroupMembers" | "rate" | "paces" | "burst" | "largeGroup" | "inputs" | "standard"
  >;
  readonly startServer: (clock: Clock, random: Random) => Promise<TrialServer>;
}

const VIRTUAL_START = Date.UTC(2026, 0, 5, 9);
const SEED = 20_260_105;

/** Plays a trial in memory and virtual time. */
export async function playTargetTrial({
  name,
  documented,
  only,
  settings,
  startServer,
  ...library
}: TargetTrial): Promise<RunReport> {
  const clock = virtualClock(VIRTUAL_START);
  const random = seededRandom(SEED);
  const server = await startServer(clock, random);
  try {
    return await runConformance({
      ...library,
      send: server.send,
      clock,
      random,
      runId: "ta1get",
      openLedger: () => ({ lease() {}, close() {} }),
      settings: { ...SETTINGS, ...settings, onlyScenarios: only },
      target: { url: name, kind: "embedded" },
      endsWithRun: true,
      documented,
      notes: [],
      signal: new AbortController().signal,
    });
  } finally {
    await server.close();
  }
}

const SETTINGS: Omit<RunSettings, "onlyScenarios" | "inputs" | "standard"> = {
  oktaApps: ["aiw", "oin"],
  actions: OKTA_ACTIONS,
  onlyBehaviours: [],
  readOnly: false,
  maxPages: 50,
  settleMs: 2_000,
  oktaWaits: true,
  concurrency: 8,
  maxRequests: 100_000,
  strict: false,
  showForeignData: true,
  seed: SEED,
};
