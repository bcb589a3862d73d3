import fc from "fast-check";
import { beforeAll, describe, expect } from "vitest";
import { runConformance } from "../../src/conformance/run.ts";
import { OKTA_ACTIONS } from "../../src/conformance/settings.ts";
import { seededRandom } from "../../src/model/clock.ts";
import type { Send } from "../../src/model/exchange.ts";
import type { RunReport } from "../../src/model/report.ts";
import { speak } from "../../src/okta/headers.ts";
import { quirks } from "../../src/reference-server/quirks/index.ts";
import { virtualClock } from "../../src/self-test/virtual-clock.ts";
import { type Library, loadLibrary } from "../../src/wiring/library.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";
import { type Deed, deed, neighbour } from "./neighbour.ts";
import { holds } from "./property.ts";

const started: { library?: Library } = {};
beforeAll(async () => {
  started.library = await loadLibrary();
});

interface Beside {
  readonly what: "everything" | "import";
  /** How many scenarios are played at once. */
  readonly concurrency: number;
  /** How many people he has when the run begins. */
  readonly atFirst: number;
  /** What he does, again and again, each after so many of our requests. */
  readonly deeds: readonly Deed[];
  readonly every: number;
  /** What is odd, and permitted, about the server. */
  readonly quirk?: string | null;
}

/** All scenarios, but for those that take hundreds of people to fill a group. */
const EVERYTHING = process.env.NOISY ? process.env.NOISY.split(",") : ["okta/*", "rfc/*"];

async function playedBeside({ what, atFirst, deeds, every, concurrency, quirk }: Beside) {
  const { library } = started;
  if (library === undefined) throw new Error("the library is not loaded");
  const clock = virtualClock(Date.UTC(2026, 0, 5));
  const odd = quirks.filter(({ name }) => name === quirk);
  const server = await startTrialServer(odd, "app", clock, seededRandom(1));
  const { send } = server;
  const other = neighbour(send);
  for (let count = 0; count < atFirst; count += 1) await other.create();
  let requests = 0;
  const beside: Send = async (request, signal) => {
    requests += 1;
    if (requests % every === 0)
      await other.act(deeds[(requests / every) % deeds.length] ?? { kind: "nothing", who: 0 });
    return send(request, signal);
  };
  const report = await runConformance({
    ...library,
    speak,
    send: beside,
    clock,
    random: seededRandom(1),
    runId: "n0i5ed",
    openLedger: () => ({ lease() {}, close() {} }),
    settings: {
      oktaApps: ["aiw", "oin"],
      standard: odd.some(({ againstRfc }) => againstRfc !== undefined) ? "okta" : "rfc",
      actions: OKTA_ACTIONS,
      onlyScenarios: what === "import" ? ["okta/import/*"] : EVERYTHING,
      onlyBehaviours: [],
      readOnly: false,
      maxPages: 50,
      // Some oddities are that reads lag behind, by a second or so.
      settleMs: odd.length === 0 ? 0 : 2_000,
      oktaWaits: false,
      concurrency,
      largeGroup: 40,
      burst: 12,
      maxRequests: 20_000,
      strict: false,
      showForeignData: false,
      inputs: {},
      seed: 1,
    },
    target: { url: "https://scim.example.com/scim/v2", kind: "remote" },
    toolVersion: "0.0.0",
    notes: [],
    signal: new AbortController().signal,
  });
  return { report, left: server.resources(), neighbours: other.count() };
}

/** Oddities that the neighbour can live with, and that leave nothing behind. */
const ODD = quirks.filter(({ layer }) => layer === "app").map(({ name }) => name);

/** Claims of level must that failed, with what was seen. */
const blamed = ({ behaviours }: RunReport) =>
  behaviours.flatMap(({ claims }) =>
    claims.flatMap(({ id, level, verdict }) =>
      level === "must" && verdict.kind === "fail"
        ? verdict.findings.map(
            ({ where, expected, actual }) => `${id}: ${where}: expected ${expected}, was ${actual}`,
          )
        : [],
    ),
  );

describe("a run beside somebody else who writes", () => {
  holds(
    "noisy-neighbour",
    "blames a sound server for nothing, and leaves the other one's people alone",
    fc.record({
      // An import takes a tenth of the time, and is what a neighbour disturbs most.
      what: fc.constantFrom("everything" as const, "import" as const, "import" as const, "import" as const),
      atFirst: fc.constantFrom(0, 3, 60, 220, 400),
      deeds: fc.array(deed, { minLength: 1, maxLength: 12 }),
      every: fc.integer({ min: 1, max: 4 }),
      concurrency: fc.constantFrom(1, 4, 16),
      quirk: fc.constantFrom(null, ...ODD),
    }),
    async (beside) => {
      const { report, left, neighbours } = await playedBeside(beside);
      expect(blamed(report)).toEqual([]);
      // Some oddities are about what a DELETE leaves.
      if (typeof beside.quirk === "string") return;
      expect(report.leftovers).toEqual([]);
      expect(left).toEqual(neighbours);
    },
    { runs: 12 },
  );
});
