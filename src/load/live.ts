import type { Tally } from "./tally.ts";
import { HEAT_BUCKETS, type RecentSlots, SUMS } from "./timeline.ts";
import { percentileIn } from "./timeline-report.ts";

/** How far a load is, as often as somebody wants to look. */
export type LoadProgress =
  | { readonly kind: "opening"; readonly connections: number }
  | { readonly kind: "populating"; readonly made: number; readonly all: number }
  | { readonly kind: "playing"; readonly live: LiveLoad }
  | { readonly kind: "draining"; readonly inFlight: number; readonly waiting: number }
  | { readonly kind: "reconciling"; readonly what: string }
  | { readonly kind: "cleaning-up"; readonly removed: number; readonly all: number }
  | { readonly kind: "capacity"; readonly phase: string; readonly rate: number };

/** One look at a load that is being played. Adds up over shards. */
export interface LiveLoad {
  readonly elapsedMs: number;
  readonly totalMs: number;
  readonly isWarmUp: boolean;
  /** The last seconds. */
  readonly recent: RecentSlots;
  /** Since the start, warm-up included. */
  readonly started: number;
  readonly finished: number;
  readonly dropped: number;
  readonly requests: number;
  readonly errors: number;
  readonly throttled: number;
  readonly inFlight: number;
  readonly waiting: number;
  readonly connections: number;
}

/** Rates and percentiles of the last seconds, for the screen. */
export interface RecentFigures {
  readonly offered: number;
  readonly started: number;
  readonly requests: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly errorShare: number;
  readonly throttledShare: number;
}

const RECENT_SECONDS = 5;

export function recentOf(tally: Tally, now: number): RecentSlots {
  return tally.timeline.recent(now, RECENT_SECONDS);
}

export function figuresOf({ seconds, sums, heat }: RecentSlots): RecentFigures {
  const requests = sums["2xx"] + sums["3xx"] + sums["4xx"] + sums["429"] + sums["5xx"] + sums.silence;
  const perSecond = (count: number) => (seconds === 0 ? 0 : count / seconds);
  return {
    offered: perSecond(sums.offered),
    started: perSecond(sums.started),
    requests: perSecond(requests),
    p50: percentileIn(heat, 0.5),
    p90: percentileIn(heat, 0.9),
    p99: percentileIn(heat, 0.99),
    errorShare: requests === 0 ? 0 : sums.errors / requests,
    throttledShare: requests === 0 ? 0 : sums["429"] / requests,
  };
}

/** What several shards show at the same time, as one load. */
export function liveTogether(parts: readonly LiveLoad[]): LiveLoad {
  const [first] = parts;
  if (first === undefined) throw new Error("nobody plays");
  const sum = (value: (part: LiveLoad) => number) => parts.reduce((all, part) => all + value(part), 0);
  const heat = new Uint32Array(HEAT_BUCKETS);
  for (const { recent } of parts) {
    for (let index = 0; index + 1 < recent.heat.length; index += 2) {
      const bucket = recent.heat[index] ?? 0;
      heat[bucket] = (heat[bucket] ?? 0) + (recent.heat[index + 1] ?? 0);
    }
  }
  return {
    ...first,
    recent: {
      seconds: Math.max(...parts.map(({ recent }) => recent.seconds)),
      sums: Object.fromEntries(
        SUMS.map((name) => [name, sum(({ recent }) => recent.sums[name])]),
      ) as RecentSlots["sums"],
      heat: [...heat.entries()].flatMap(([bucket, count]) => (count === 0 ? [] : [bucket, count])),
    },
    started: sum(({ started }) => started),
    finished: sum(({ finished }) => finished),
    dropped: sum(({ dropped }) => dropped),
    requests: sum(({ requests }) => requests),
    errors: sum(({ errors }) => errors),
    throttled: sum(({ throttled }) => throttled),
    inFlight: sum(({ inFlight }) => inFlight),
    waiting: sum(({ waiting }) => waiting),
    connections: sum(({ connections }) => connections),
  };
}
