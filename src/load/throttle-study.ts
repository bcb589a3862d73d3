import type { Throttling } from "../model/load-throttling.ts";
import type { TimelineData } from "./timeline.ts";

/** What was counted about 429s in one shard. */
export interface ThrottleCounts {
  readonly retryAfter: { readonly whole: number; readonly notWhole: number; readonly absent: number };
  /** Milliseconds that Retry-After named; -1 when it never did. */
  readonly leastMs: number;
  readonly mostMs: number;
  readonly promises: {
    readonly kept: number;
    readonly shared: number;
    readonly broken: number;
    readonly notJudged: number;
  };
  /** Index: the number of the try that was let through. */
  readonly letThroughAtTry: readonly number[];
  readonly givenUp: number;
}

/** A request that was let through so recently shows that the limit is shared, not that its promise is a lie. */
const SHARED_WITHIN_MS = 1_000;
/** Clocks and timers: a wait that is this much shorter than was asked for still counts as waited. */
const TOLERANCE_MS = 5;
/** Okta tries ten times; whoever tries more often counts with the last. */
const MOST_TRIES = 32;

/** Studies what the server refused as too much, and whether it kept its word about when to come again. */
export class ThrottleStudy {
  readonly #retryAfter = { whole: 0, notWhole: 0, absent: 0 };
  readonly #promises = { kept: 0, shared: 0, broken: 0, notJudged: 0 };
  readonly #letThroughAtTry = new Array<number>(MOST_TRIES + 1).fill(0);
  #leastMs = -1;
  #mostMs = -1;
  #givenUp = 0;
  #waits = 0;
  #letThroughAt = Number.NEGATIVE_INFINITY;

  /** Something was answered with anything but 429. */
  letThrough(at: number): void {
    this.#letThroughAt = at;
  }

  refused(retryAfterMs: number, waitMs: number): void {
    if (retryAfterMs === -1) this.#retryAfter.absent += 1;
    else if (retryAfterMs < 0) this.#retryAfter.notWhole += 1;
    else {
      this.#retryAfter.whole += 1;
      if (this.#leastMs < 0 || retryAfterMs < this.#leastMs) this.#leastMs = retryAfterMs;
      if (retryAfterMs > this.#mostMs) this.#mostMs = retryAfterMs;
    }
    if (waitMs < 0) this.#givenUp += 1;
    else this.#waits += 1;
  }

  /** @param at when the try was answered */
  triedAgain(at: number, attempt: number, waitedMs: number, gotThrough: boolean, askedMs: number): void {
    this.#waits -= 1;
    if (gotThrough) {
      const slot = Math.min(attempt, MOST_TRIES);
      this.#letThroughAtTry[slot] = (this.#letThroughAtTry[slot] ?? 0) + 1;
    }
    if (askedMs < 0 || waitedMs + TOLERANCE_MS < askedMs) this.#promises.notJudged += 1;
    else if (gotThrough) this.#promises.kept += 1;
    else if (at - this.#letThroughAt <= SHARED_WITHIN_MS) this.#promises.shared += 1;
    else this.#promises.broken += 1;
  }

  counts(): ThrottleCounts {
    const notJudged = this.#promises.notJudged + Math.max(0, this.#waits);
    return {
      retryAfter: { ...this.#retryAfter },
      leastMs: this.#leastMs,
      mostMs: this.#mostMs,
      promises: { ...this.#promises, notJudged },
      letThroughAtTry: [...this.#letThroughAtTry],
      givenUp: this.#givenUp,
    };
  }
}

export function mergedThrottleCounts(parts: readonly ThrottleCounts[]): ThrottleCounts {
  const sum = (value: (part: ThrottleCounts) => number) => parts.reduce((all, part) => all + value(part), 0);
  const named = parts.filter(({ leastMs }) => leastMs >= 0);
  return {
    retryAfter: {
      whole: sum(({ retryAfter }) => retryAfter.whole),
      notWhole: sum(({ retryAfter }) => retryAfter.notWhole),
      absent: sum(({ retryAfter }) => retryAfter.absent),
    },
    leastMs: named.length === 0 ? -1 : Math.min(...named.map(({ leastMs }) => leastMs)),
    mostMs: Math.max(-1, ...parts.map(({ mostMs }) => mostMs)),
    promises: {
      kept: sum(({ promises }) => promises.kept),
      shared: sum(({ promises }) => promises.shared),
      broken: sum(({ promises }) => promises.broken),
      notJudged: sum(({ promises }) => promises.notJudged),
    },
    letThroughAtTry: Array.from({ length: MOST_TRIES + 1 }, (_, attempt) =>
      sum(({ letThroughAtTry }) => letThroughAtTry[attempt] ?? 0),
    ),
    givenUp: sum(({ givenUp }) => givenUp),
  };
}

export interface ThrottlingInput {
  readonly counts: ThrottleCounts;
  readonly timeline: TimelineData;
  readonly byOperation: Throttling["byOperation"];
  readonly requests: number;
  readonly deferred: number;
  readonly timeScale: number;
  readonly appliedAllTheSame?: number;
  readonly doubledByRetry?: number;
}

export function throttlingReport(input: ThrottlingInput): Throttling {
  const { counts, timeline, byOperation, requests, deferred, timeScale } = input;
  const refused = byOperation.reduce((sum, { refused: count }) => sum + count, 0);
  const letThroughPerSecond = highestLetThrough(timeline);
  return {
    refused,
    share: requests === 0 ? 0 : refused / requests,
    byOperation: byOperation
      .filter(({ refused: count }) => count > 0)
      .toSorted((one, other) => other.refused - one.refused),
    retryAfter: {
      ...counts.retryAfter,
      ...(counts.leastMs < 0
        ? {}
        : { leastSeconds: counts.leastMs / 1000, mostSeconds: counts.mostMs / 1000 }),
    },
    promises: counts.promises,
    letThroughAtTry: counts.letThroughAtTry.flatMap((times, attempt) =>
      times === 0 ? [] : [[attempt, times] as const],
    ),
    givenUp: counts.givenUp,
    deferred,
    episodes: episodesOf(timeline),
    ...(letThroughPerSecond === undefined ? {} : { letThroughPerSecond }),
    timeScale,
    ...(input.appliedAllTheSame === undefined ? {} : { appliedAllTheSame: input.appliedAllTheSame }),
    ...(input.doubledByRetry === undefined ? {} : { doubledByRetry: input.doubledByRetry }),
  };
}

const MOST_EPISODES = 100;

/** Stretches in which something was refused; a slot without answers neither ends one nor shows a recovery. */
function episodesOf({ slotMs, sums }: TimelineData): Throttling["episodes"] {
  const episodes: { fromMs: number; toMs: number; refused: number; recoveredAfterMs?: number }[] = [];
  let open: (typeof episodes)[number] | undefined;
  for (const [slot, refused] of sums["429"].entries()) {
    const letThrough = answeredOtherwise(sums, slot);
    if (refused > 0) {
      open ??= { fromMs: slot * slotMs, toMs: 0, refused: 0 };
      open.toMs = (slot + 1) * slotMs;
      open.refused += refused;
    } else if (open !== undefined && letThrough > 0) {
      episodes.push({ ...open, recoveredAfterMs: slot * slotMs - open.fromMs });
      open = undefined;
    }
  }
  if (open !== undefined) episodes.push(open);
  return episodes.toSorted((one, other) => other.refused - one.refused).slice(0, MOST_EPISODES);
}

function highestLetThrough({ slotMs, sums }: TimelineData): number | undefined {
  const rates = sums["429"].flatMap((refused, slot) =>
    refused === 0 ? [] : [(answeredOtherwise(sums, slot) * 1000) / slotMs],
  );
  return rates.length === 0 ? undefined : Math.max(...rates);
}

const answeredOtherwise = (sums: TimelineData["sums"], slot: number) =>
  (sums["2xx"][slot] ?? 0) + (sums["3xx"][slot] ?? 0) + (sums["4xx"][slot] ?? 0) + (sums["5xx"][slot] ?? 0);
