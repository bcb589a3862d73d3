import type { Capacity, CapacityTrial, LoadReport } from "../model/load.ts";

/** Plays the load at one rate and reports. */
export type Attempt = (rate: number, phase: CapacityTrial["phase"]) => Promise<LoadReport>;

export interface CapacityInput {
  /** Plays a second to begin with. */
  readonly from: number;
  /** Beyond this nobody asked. */
  readonly upTo: number;
  readonly attempt: Attempt;
  /** People that one play creates, on average. */
  readonly peoplePerPlay: number;
  readonly signal: AbortSignal;
}

const FACTOR = 2;
const BISECTIONS = 4;
/** Rates nearer than this are as good as equal. */
const CLOSE_ENOUGH = 0.05;
/** A rate that does not hold when it is tried once more is lowered so much. */
const BACK_OFF = 0.9;
const CONFIRMATIONS = 3;

interface Search {
  readonly trials: CapacityTrial[];
  last: LoadReport | undefined;
  held: number | undefined;
  broke: number | undefined;
  gaveWay: string | undefined;
  limited: boolean;
}

/** Steps the rate up until something gives way, narrows it down, and tries the answer once more. */
export async function searchCapacity(
  input: CapacityInput,
): Promise<{ readonly capacity: Capacity; readonly last: LoadReport | undefined }> {
  const { from, upTo, signal } = input;
  const search: Search = {
    trials: [],
    last: undefined,
    held: undefined,
    broke: undefined,
    gaveWay: undefined,
    limited: false,
  };
  // The first is tried whatever happens: whoever has left before it is owed a report all the same.
  for (let rate = from; ; rate = Math.min(upTo, rate * FACTOR)) {
    if (!(await tried(rate, "step-up", input, search)) || rate >= upTo || signal.aborted) break;
  }
  for (let turn = 0; turn < BISECTIONS && !signal.aborted; turn++) {
    const { held, broke } = search;
    if (broke === undefined || broke - (held ?? 0) <= broke * CLOSE_ENOUGH) break;
    await tried(((held ?? 0) + broke) / 2, "bisect", input, search);
    // A rate of which not one play falls into a trial tells nothing, and a lower one would neither.
    if (search.held === held && search.broke === broke) break;
  }
  let isConfirmed = false;
  for (let turn = 0; turn < CONFIRMATIONS && search.held !== undefined && !signal.aborted; turn++) {
    const rate: number = search.held;
    isConfirmed = await tried(rate, "confirm", input, search);
    if (isConfirmed) break;
    search.held = rate * BACK_OFF;
  }
  return { capacity: capacityOf(search, isConfirmed, input), last: search.last };
}

async function tried(
  rate: number,
  phase: CapacityTrial["phase"],
  { attempt, signal }: CapacityInput,
  search: Search,
): Promise<boolean> {
  const report = await attempt(rate, phase);
  const trial = trialOf(report, rate, phase);
  search.trials.push(trial);
  if (report.totals.intended === 0 && search.last !== undefined && !signal.aborted) return false;
  search.last = report;
  if (trial.verdict === "met") {
    if (phase !== "confirm") search.held = Math.max(search.held ?? 0, rate);
    return true;
  }
  // What was cut short has not given way.
  if (signal.aborted) return false;
  const isLower = search.broke === undefined || rate < search.broke;
  if (isLower) {
    search.broke = rate;
    search.gaveWay = trial.why[0] ?? report.outcome.why;
    search.limited = report.generator.limited && trial.verdict === "unknown";
  }
  return false;
}

function trialOf(report: LoadReport, rate: number, phase: CapacityTrial["phase"]): CapacityTrial {
  const { outcome, thresholds, totals, requests } = report;
  const open = thresholds
    .filter(({ verdict }) => verdict !== "met")
    .map(({ verdict, text, why }) => (verdict === "unknown" ? `${text}: ${why}` : why));
  const why = outcome.exitCode === 0 ? [] : open.length > 0 ? open : [outcome.why];
  return {
    phase,
    rate: Math.round(rate * 100) / 100,
    achievedRate: report.rate.achieved,
    verdict: outcome.exitCode === 0 ? "met" : outcome.exitCode === 1 ? "breached" : "unknown",
    why,
    ...(requests.response.count === 0 ? {} : { p50Ms: requests.response.p50, p99Ms: requests.response.p99 }),
    errorShare: totals.requests === 0 ? 0 : totals.errors / totals.requests,
  };
}

function capacityOf(
  search: Search,
  isConfirmed: boolean,
  { peoplePerPlay, upTo, signal }: CapacityInput,
): Capacity {
  const { held, broke, gaveWay, limited, trials } = search;
  const rate = isConfirmed && held !== undefined ? Math.round(held * 100) / 100 : undefined;
  const people = rate === undefined ? 0 : Math.floor(rate * peoplePerPlay * 3_600);
  return {
    ...(rate === undefined ? {} : { rate }),
    ...(people === 0 ? {} : { peoplePerHour: people }),
    ...(broke === undefined ? {} : { brokeAt: Math.round(broke * 100) / 100 }),
    gaveWay: gaveWay ?? (signal.aborted ? "the search was interrupted" : `nothing gave way up to ${upTo}/s`),
    limitedByGenerator: limited,
    trials,
  };
}
