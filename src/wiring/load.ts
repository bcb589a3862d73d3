import type { LoadOptions } from "../config/load-options.ts";
import type { LoadProgress } from "../load/live.ts";
import type { ShardResult } from "../load/shard-result.ts";
import type { LoadReport } from "../model/load.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { Reconciliation } from "../model/load-reconciliation.ts";
import { madeNothing, UNREACHABLE } from "../model/load-stop.ts";
import type { Stopped } from "../model/report.ts";
import { documentedRates, documentedState } from "./documented-state.ts";
import type { Library } from "./library.ts";
import { forgetLoad, reconcileLoad, removeLoad, stillThere } from "./load-end.ts";
import { firstLook } from "./load-preflight.ts";
import { playOneShard, type ShardChoice } from "./load-shard.ts";
import { inSmallNursery } from "./memory.ts";
import { consented, type LoadPreview, type PreparedLoad, workersOf } from "./prepare-load.ts";
import { systemClock } from "./system-clock.ts";
import type { OpenTarget, Surroundings, Target } from "./target.ts";

/** What a load takes besides its options. */
export interface LoadContext extends Partial<Surroundings> {
  /** Ends the load: the report is partial, and what was made is removed. */
  readonly signal?: AbortSignal;
  /** Stops even the clean-up. */
  readonly cleanUpSignal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Told once, before anything is made. */
  readonly onPrepared?: (prepared: LoadPreview) => void;
  /** Told why a shard played nothing, where that is so. */
  readonly onStopped?: (stopped: Stopped) => void;
  readonly stateFolder?: string;
}

const never = new AbortController().signal;

/**
 * Puts one SCIM endpoint under load as a plan says, reads its state back, removes what was made, and reports. Any host
 * but this machine needs `allowLoad` and `allowWrites`. Throws `BadInput`, and sends nothing, when that is not so.
 */
export function load(plan: string, options: LoadOptions, context: LoadContext = {}): Promise<LoadReport> {
  return inSmallNursery(() => loadWhole(plan, options, context));
}

async function loadWhole(plan: string, options: LoadOptions, context: LoadContext): Promise<LoadReport> {
  const wanted = await consented(plan, options, context);
  const open = await wanted.server.open(systemClock(), { isMeasured: true, http2: options.http2 === true });
  try {
    const { usersBefore, refused } = await firstLook(open, options.http2 === true, context.signal ?? never);
    if (refused !== undefined) {
      const shard = await shardOf(wanted, open, options, context, { index: 1, of: 1 }, refused);
      return await finishLoad(wanted, open, options, context, [shard]);
    }
    const prepared = { ...wanted, ...(usersBefore === undefined ? {} : { usersBefore }) };
    context.onPrepared?.(prepared);
    if (options.findCapacity === true) {
      const { findCapacity } = await import("./load-capacity.ts");
      return await findCapacity(prepared, open, options, context);
    }
    return await loadOnce(prepared, open, options, context);
  } finally {
    await open.close();
  }
}

/** Plays one shard of a load and leaves what it made, for `mergeShards` to compare and remove. */
export function loadShard(
  plan: string,
  options: LoadOptions,
  choice: ShardChoice,
  context: LoadContext = {},
): Promise<string> {
  return inSmallNursery(() => loadPart(plan, options, choice, context));
}

async function loadPart(
  plan: string,
  options: LoadOptions,
  choice: ShardChoice,
  context: LoadContext,
): Promise<string> {
  const prepared = await consented(plan, options, context, choice.of);
  const [{ shardText }, open] = await Promise.all([
    import("../load/shard-file.ts"),
    prepared.server.open(systemClock(), { isMeasured: true, http2: options.http2 === true }),
  ]);
  try {
    const { refused } = await firstLook(open, options.http2 === true, context.signal ?? never);
    if (refused === undefined) context.onPrepared?.(prepared);
    const result = await shardOf(prepared, open, options, context, choice, refused);
    if (result.stopped !== undefined) context.onStopped?.(result.stopped);
    return `${JSON.stringify(shardText(result))}\n`;
  } finally {
    await open.close();
  }
}

/** One load from the first play to the report; used again for every rate that is tried in search of the capacity. */
export async function loadOnce(
  prepared: PreparedLoad,
  open: OpenTarget,
  options: LoadOptions,
  context: LoadContext,
): Promise<LoadReport> {
  const shards = await playShards(prepared, open, options, context);
  return finishLoad(prepared, open, options, context, shards);
}

async function playShards(
  prepared: PreparedLoad,
  open: OpenTarget,
  options: LoadOptions,
  context: LoadContext,
): Promise<readonly ShardResult[]> {
  const workers = await workersOf(options);
  if (workers === 1) return [await shardOf(prepared, open, options, context, { index: 1, of: 1 })];
  const { playInWorkers } = await import("./load-workers.ts");
  return playInWorkers(workers, prepared, open, options, context);
}

const OVER_HTTP2 =
  "Played over one connection of HTTP/2 (node:http2): a check that the server speaks it, not a measurement. It costs this machine several times the CPU of HTTP/1.1.";

const PROXIED =
  "Every request went through the proxy that the environment names (HTTP_PROXY, HTTPS_PROXY): times are those of the proxy and the server together.";
const KEPT =
  "Everything the load made was left on the server (--keep). `scim-check cleanup` removes it where it was put on record.";

/**
 * Compares, removes and reports what shards have played.
 * @param isLater whether somebody may have removed it since
 */
export async function finishLoad(
  { library, server, usersBefore }: Pick<PreparedLoad, "library" | "server" | "usersBefore">,
  open: OpenTarget,
  options: LoadOptions,
  context: LoadContext,
  shards: readonly ShardResult[],
  isLater = false,
): Promise<LoadReport> {
  const [
    { merged },
    { unlessRemoved },
    { planRemarks },
    { loadReportOf },
    { markerOf },
    { attributesOfPeople },
  ] = await Promise.all([
    import("../load/merge.ts"),
    import("../load/removed-since.ts"),
    import("../load/plan-remarks.ts"),
    import("../load/report-of.ts"),
    import("../engine/names.ts"),
    import("../load/people-sent.ts"),
  ]);
  const whole = merged(shards);
  const played = shards.map(({ shard, register }) => ({ runId: shard.runId, register }));
  const runIds = played.map(({ runId }) => runId);
  const accounts = played.map(({ runId, register }) => ({ marker: markerOf(runId), register }));
  const isUntouched = shards.every(({ stopped }) => stopped !== undefined && madeNothing(stopped));
  const readBack: Reconciliation = isUntouched
    ? { kind: "unknown", why: untouchedBecause(whole) }
    : whole.interrupted
      ? { kind: "unknown", why: "the load was interrupted" }
      : await reconcileLoad(
          accounts,
          attributesOfPeople(mixOf(whole.plan, library), library.userBody),
          documentedState(server.profile),
          open.send,
          options,
          context.signal ?? never,
          context.onProgress,
        );
  const registers = played.map(({ register }) => register);
  const reconciled = isLater ? unlessRemoved(readBack, registers) : readBack;
  const removal = isUntouched
    ? await forgetLoad(runIds, context.stateFolder)
    : options.keep === true
      ? { leftovers: [], problems: [] }
      : await removeLoad(played, open.send, context.cleanUpSignal ?? never, context);
  const there = options.keep === true && !isUntouched ? KEPT : stillThere(removal);
  const musts = new Set(
    library.catalogue.flatMap(({ claims }) =>
      claims.filter(({ level }) => level === "must").map(({ id }) => id),
    ),
  );
  return loadReportOf({
    whole: { ...whole, interrupted: whole.interrupted || context.signal?.aborted === true },
    shards,
    target: { ...server.report, ...(usersBefore === undefined ? {} : { usersBefore }) },
    scenarios: library.scenarios,
    reconciled,
    isMust: (claim) => musts.has(claim),
    leftovers: removal.leftovers,
    notes: [
      ...server.notes,
      ...planRemarks(whole.plan, library.scenarios, shards.length, (scenario) =>
        whole.plays.reduce((sum, one) => sum + (one.scenario === scenario ? one.started : 0), 0),
      ),
      ...ratesMet(whole, server),
      ...(whole.transport === "http2" && !isUntouched ? [OVER_HTTP2] : []),
      ...(server.isProxied && !isUntouched ? [PROXIED] : []),
      ...(there === undefined ? [] : [there]),
    ],
  });
}

const untouchedBecause = ({ stopped }: ShardResult) =>
  stopped?.cause === UNREACHABLE ? "the server could not be reached" : "nothing was made";

function ratesMet({ operations }: ShardResult, { profile }: Target): readonly string[] {
  const rates = profile === undefined ? undefined : documentedRates(profile);
  return rates === undefined || operations.every(({ throttled }) => throttled === 0) ? [] : [rates];
}

function mixOf({ mix }: LoadPlan, { scenarios }: Library): Library["scenarios"] {
  const played = new Set(mix.map(({ scenario }) => scenario));
  return scenarios.filter(({ id }) => played.has(id));
}

function shardOf(
  { plan, library, server }: PreparedLoad,
  open: OpenTarget,
  options: LoadOptions,
  context: LoadContext,
  choice: ShardChoice,
  refused?: Stopped,
): Promise<ShardResult> {
  return playOneShard({
    refused,
    plan,
    library,
    target: server,
    open,
    options,
    choice,
    signal: context.signal ?? never,
    stateFolder: context.stateFolder,
    onProgress: context.onProgress,
  });
}
