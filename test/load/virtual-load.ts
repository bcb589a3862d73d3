import { parseThreshold } from "../../src/config/threshold.ts";
import { drive } from "../../src/engine/drive.ts";
import { markerOf } from "../../src/engine/names.ts";
import { noLedger } from "../../src/ledger/file-ledger.ts";
import type { DocumentedState } from "../../src/load/compare-state.ts";
import type { DocumentedAnswers } from "../../src/load/documented-answers.ts";
import { merged } from "../../src/load/merge.ts";
import { attributesOfPeople } from "../../src/load/people-sent.ts";
import { playShard, type ShardInput } from "../../src/load/play-shard.ts";
import { createPlays } from "../../src/load/playing/create-plays.ts";
import { reconcile } from "../../src/load/reconcile.ts";
import { loadReportOf } from "../../src/load/report-of.ts";
import type { ShardResult } from "../../src/load/shard-result.ts";
import { OverSend } from "../../src/load/wire/over-send.ts";
import type { Clock } from "../../src/model/clock.ts";
import { seededRandom } from "../../src/model/clock.ts";
import type { Send } from "../../src/model/exchange.ts";
import type { LoadReport } from "../../src/model/load.ts";
import type { LoadPlan, LoadStage, MixEntry, Threshold } from "../../src/model/load-plan.ts";
import { speak } from "../../src/okta/headers.ts";
import { memorySend } from "../../src/reference-server/memory-send.ts";
import type { Handle, ServerRequest } from "../../src/reference-server/message.ts";
import type { Variation } from "../../src/reference-server/variation.ts";
import { loadScenarios } from "../../src/scenarios/load.ts";
import { loadBody } from "../../src/scenarios/load-body.ts";
import { virtualClock } from "../../src/self-test/virtual-clock.ts";
import type { Library } from "../../src/wiring/library.ts";
import { loadLibraryForLoad } from "../../src/wiring/load-plans.ts";
import { serverWith } from "../../src/wiring/variations.ts";

const PLACE = { file: "test" };

/** The library with the scenarios of this folder. */
export async function testLibrary(): Promise<Library> {
  const library = await loadLibraryForLoad();
  const { checks, actions, catalogue, scenarios } = library;
  const loaded = loadScenarios({
    folders: ["test/load/scenarios"],
    known: scenarios,
    fixtures: "fixtures",
    catalogue,
    checks,
    actions,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { ...library, scenarios: loaded.scenarios };
}

export function planOf(
  scenario: string | readonly string[],
  stages: readonly LoadStage[],
  more: Partial<Omit<LoadPlan, "thresholds">> & { readonly thresholds?: readonly string[] } = {},
): LoadPlan {
  const { thresholds = [], ...rest } = more;
  return {
    name: "test",
    title: "A test",
    place: PLACE,
    oktaApp: "oin",
    population: { users: 0, groups: 0, members: 0 },
    mix: [scenario].flat().map((id): MixEntry => ({ scenario: id, weight: 1, with: [], place: PLACE })),
    stages,
    warmUpMs: 0,
    maxInFlight: 1_000,
    seed: 7,
    ...rest,
    thresholds: thresholds.map((text): Threshold => {
      const parsed = parseThreshold(text);
      if (!parsed.ok) throw new Error(parsed.what);
      return { ...parsed.threshold, place: PLACE };
    }),
  };
}

export const constant = (rate: number, seconds: number): LoadStage => ({
  kind: "constant",
  rate,
  forMs: seconds * 1000,
});

export interface VirtualServer {
  readonly clock: Clock;
  readonly send: Send;
  /** Requests by method, counted where they arrive. */
  readonly arrived: Map<string, number>;
  readonly counts: () => { readonly users: number; readonly groups: number };
}

/** A reference server in memory and virtual time, with variations, and with whatever a test puts in front of it. */
export async function virtualServer(
  options: {
    readonly variations?: readonly Pick<Variation, "make">[];
    readonly perSecond?: number;
    readonly latency?: (request: ServerRequest, now: number) => number;
    readonly wrap?: (handle: Handle, clock: Clock) => Handle;
  } = {},
): Promise<VirtualServer> {
  const clock = virtualClock(1_000);
  const { server, character } = await serverWith(options.variations ?? [], {
    clock,
    random: seededRandom(3),
    ...(options.perSecond === undefined ? {} : { rateLimit: { perSecond: options.perSecond } }),
  });
  const arrived = new Map<string, number>();
  const handle = options.wrap?.(server.handle, clock) ?? server.handle;
  const counting: Handle = (request) => {
    arrived.set(request.method, (arrived.get(request.method) ?? 0) + 1);
    return handle(request);
  };
  const latency = (request: ServerRequest) => options.latency?.(request, clock.now()) ?? 1;
  const send = memorySend({ ...server, handle: counting }, clock, {
    latency: character.latency ?? latency,
  });
  return { clock, send, arrived, counts: () => server.counts() };
}

export interface VirtualOptions {
  readonly shard?: { readonly index: number; readonly of: number };
  readonly timeScale?: number;
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
  readonly abortOnBreach?: boolean;
  /** CPU that this machine has used so far; it is idle if absent. */
  readonly cpuMs?: () => number;
  readonly settleMs?: number;
  readonly documented?: DocumentedState;
  readonly answers?: DocumentedAnswers;
  readonly onProgress?: ShardInput["onProgress"];
}

let runs = 0;

/** Plays a plan, or one shard of it, in virtual time. */
export function playVirtually(
  plan: LoadPlan,
  library: Library,
  { clock, send }: VirtualServer,
  options: VirtualOptions = {},
): Promise<ShardResult> {
  runs += 1;
  const runId = `t${runs.toString(36).padStart(5, "0")}`;
  const wire = new OverSend({
    send,
    now: () => clock.now(),
    epoch: 0,
    close: async () => {},
    authority: "memory",
  });
  return playShard({
    plan,
    fingerprint: "test",
    url: "memory",
    toolVersion: "0",
    transport: "undici",
    timeScale: options.timeScale ?? 1,
    shard: { index: 1, of: 1, ...options.shard, runId },
    createPlays: (observer) =>
      createPlays({
        mix: plan.mix.map(({ scenario }) => {
          const found = library.scenarios.find(({ id }) => id === scenario);
          if (found === undefined) throw new Error(`no scenario ${scenario}`);
          return found;
        }),
        observer,
        wire,
        given: new Map(),
        actions: library.actions,
        checks: library.checks,
        speak,
        people: library.people,
        runId,
        firstNumber: 1,
        ledger: noLedger,
        random: seededRandom(plan.seed),
        oktaApp: plan.oktaApp,
        userBody: library.userBody,
        groupBody: loadBody("fixtures", "okta/group.json"),
        now: () => clock.now(),
        clock,
        settleMs: options.settleMs ?? 0,
        oktaTimeScale: options.timeScale ?? 1,
        oktaWaits: true,
        ...(options.answers === undefined ? {} : { documented: options.answers }),
      }),
    documented: options.answers,
    clock,
    epoch: 0,
    machine: {
      cpuMs: options.cpuMs ?? (() => 0),
      loopDelay: () => ({ p99Ms: 0, maxMs: 0 }),
      memoryBytes: () => 0,
    },
    signal: options.signal ?? new AbortController().signal,
    abortOnBreach: options.abortOnBreach ?? false,
    graceMs: options.graceMs ?? 120_000,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
}

/** Reads back and reports what shards have played. */
export async function reportOf(
  shards: readonly ShardResult[],
  library: Library,
  { clock, send }: VirtualServer,
  { settleMs = 0, documented = {} }: Pick<VirtualOptions, "settleMs" | "documented"> = {},
): Promise<LoadReport> {
  const signal = new AbortController().signal;
  const accounts = shards.map(({ shard, register }) => ({ marker: markerOf(shard.runId), register }));
  const played = new Set(shards.flatMap(({ plan }) => plan.mix.map(({ scenario }) => scenario)));
  const scenarios = library.scenarios.filter(({ id }) => played.has(id));
  const attributes = attributesOfPeople(scenarios, library.userBody);
  const reading = reconcile({ accounts, attributes, documented, speak, settleMs, now: () => clock.now() });
  const musts = new Set(
    library.catalogue.flatMap(({ claims }) =>
      claims.filter(({ level }) => level === "must").map(({ id }) => id),
    ),
  );
  return loadReportOf({
    whole: merged(shards),
    shards,
    target: { url: "memory", kind: "embedded" },
    scenarios: library.scenarios,
    reconciled: await drive(reading, { send, clock, signal }),
    isMust: (claim) => musts.has(claim),
    leftovers: [],
    notes: [],
  });
}

export async function loadVirtually(
  plan: LoadPlan,
  library: Library,
  server: VirtualServer,
  options: VirtualOptions = {},
): Promise<LoadReport> {
  return reportOf([await playVirtually(plan, library, server, options)], library, server, options);
}
