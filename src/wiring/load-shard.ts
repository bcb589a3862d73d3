import { createHash } from "node:crypto";
import type { LoadOptions } from "../config/load-options.ts";
import { newRunId } from "../engine/names.ts";
import type { LoadProgress } from "../load/live.ts";
import type { ShardResult } from "../load/shard-result.ts";
import { seededRandom } from "../model/clock.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { Stopped } from "../model/report.ts";
import { playedLimitOf } from "../model/target.ts";
import { documentedAnswers } from "./documented-state.ts";
import type { Library } from "./library.ts";
import { EPOCH, monotonicClock, preciseTick } from "./monotonic-clock.ts";
import { stateFolderOf } from "./state-folder.ts";
import type { OpenTarget, Target } from "./target.ts";
import { toolVersion } from "./tool.ts";

/** Which part of a load a process plays, and when it begins. */
export interface ShardChoice {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Milliseconds since the epoch; at once when absent. */
  readonly startAt?: number;
  /** The same for shards that can talk to one another: asked when this one is ready. */
  readonly agreedStart?: () => Promise<number>;
}

export interface ShardSurroundings {
  readonly plan: LoadPlan;
  readonly library: Library;
  readonly target: Target;
  readonly open: OpenTarget;
  readonly options: LoadOptions;
  readonly choice: ShardChoice;
  /** Why nothing is played. */
  readonly refused?: Stopped | undefined;
  readonly signal: AbortSignal;
  readonly stateFolder?: string | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

const SETTLE_MS = 2_000;
/** An exchange that was sent last may take as long as Okta would wait for it. */
const GRACE_MS = 60_000;
/** Whoever kills a load loses the ids of so long; a write costs no more than the reading of a few answers. */
const GATHERED_MS = 100;

/** Plays one shard in this process. What it made stays on record until somebody has removed it. */
export async function playOneShard(surroundings: ShardSurroundings): Promise<ShardResult> {
  const { plan, library, target, open, options, choice, refused, signal, stateFolder, onProgress } =
    surroundings;
  const [
    { playShard },
    { inFlightOf },
    { createPlays },
    { speak },
    { thisMachine },
    { noLedger, openFileLedger },
    bodies,
  ] = await Promise.all([
    import("../load/play-shard.ts"),
    import("../load/schedule.ts"),
    import("../load/playing/create-plays.ts"),
    import("../okta/headers.ts"),
    import("./machine.ts"),
    import("../ledger/file-ledger.ts"),
    loadBodies(),
  ]);
  const clock = monotonicClock();
  const machine = thisMachine(target.report.kind !== "embedded");
  const runId = newRunId({ next: Math.random });
  const part = { index: choice.index - 1, of: choice.of };
  const wire = await open.wire(inFlightOf(plan, part), options.http2 === true);
  const ledger =
    target.report.kind === "embedded" || open.isForgetful || refused !== undefined
      ? noLedger
      : openFileLedger(
          stateFolderOf(stateFolder),
          { run: runId, url: open.url, startedAt: new Date(EPOCH + clock.now()).toISOString() },
          { ms: GATHERED_MS, conceal: wire.conceal },
        );
  const documented = target.profile === undefined ? undefined : documentedAnswers(target.profile);
  const timeScale = options.oktaTimeScale ?? 1;
  try {
    const result = await playShard({
      plan,
      fingerprint: fingerprintOf(plan, target, choice),
      url: target.report.url,
      toolVersion: toolVersion(),
      transport: wire.transport,
      timeScale,
      shard: { index: choice.index, of: choice.of, runId },
      ...startOf(choice),
      documented,
      createPlays: (observer) =>
        createPlays({
          mix: plan.mix.map(({ scenario }) => scenarioNamed(scenario, library)),
          observer,
          wire: wire.wire,
          given: new Map(plan.mix.flatMap((entry) => entry.with)),
          actions: library.actions,
          checks: library.checks,
          speak,
          people: library.people,
          runId,
          firstNumber: 1,
          ledger,
          random: seededRandom(plan.seed),
          oktaApp: plan.oktaApp,
          ...(documented === undefined ? {} : { documented }),
          ...membersPerRequestOf(target),
          userBody: library.userBody,
          groupBody: bodies.group,
          now: () => clock.now(),
          clock,
          settleMs: options.settle ?? SETTLE_MS,
          oktaTimeScale: timeScale,
          oktaWaits: true,
        }),
      clock,
      epoch: EPOCH,
      machine,
      ...(options.precise === true ? { tick: preciseTick } : {}),
      refused,
      signal,
      abortOnBreach: options.abortOnBreach ?? false,
      graceMs: Math.min(GRACE_MS, options.timeout ?? GRACE_MS),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    // Also for who merges it: the one who puts the report together may have reached the server in another way.
    return { ...result, notes: [...target.notes, ...result.notes] };
  } finally {
    ledger.settle?.();
    machine.close();
  }
}

function membersPerRequestOf({ profile }: Target): { readonly membersPerRequest?: number } {
  const membersPerRequest = playedLimitOf(profile, "members-per-request");
  return membersPerRequest === undefined ? {} : { membersPerRequest };
}

function startOf({ startAt, agreedStart }: ShardChoice) {
  if (agreedStart !== undefined) return { startAt: async () => (await agreedStart()) - EPOCH };
  return startAt === undefined ? {} : { startAt: () => startAt - EPOCH };
}

/** Of everything that has to be equal for shards to make one load. */
export function fingerprintOf(plan: LoadPlan, target: Target, { startAt }: ShardChoice): string {
  const { place: _place, mix, thresholds, ...rest } = plan;
  const told = {
    ...rest,
    mix: mix.map(({ place: _where, ...entry }) => entry),
    thresholds: thresholds.map(({ text }) => text),
    url: target.report.url,
    startAt: startAt ?? null,
  };
  return createHash("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 16);
}

function scenarioNamed(id: string, { scenarios }: Library) {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found;
}

async function loadBodies() {
  const [{ loadBody }, { packagePath }] = await Promise.all([
    import("../scenarios/load-body.ts"),
    import("./tool.ts"),
  ]);
  return { group: loadBody(packagePath("fixtures"), "okta/group.json") };
}
