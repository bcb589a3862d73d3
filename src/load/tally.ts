import type { Exchange } from "../model/exchange.ts";
import type { Verdict } from "../model/verdict.ts";
import { BrokenClaims } from "./broken-claims.ts";
import type { DocumentedAnswers, Gone } from "./documented-answers.ts";
import type { Effect } from "./effects.ts";
import { Latencies } from "./latencies.ts";
import type { LoadSilence, Observer, PlayEnd, Plays } from "./plays.ts";
import { ThrottleStudy } from "./throttle-study.ts";
import { SUM, Timeline } from "./timeline.ts";

/** What the answers of one operation came to. */
export class OperationTally {
  requests = 0;
  /** Requests of the warm-up: claims are judged in them too. */
  warmUps = 0;
  errors = 0;
  throttled = 0;
  bytesSent = 0;
  bytesReceived = 0;
  /** By status. */
  readonly statuses = new Float64Array(1_000);
  /** The same of answers that are errors. */
  readonly errorStatuses = new Float64Array(1_000);
  readonly silences = new Map<LoadSilence, number>();
  readonly response = new Latencies();
  readonly service = new Latencies();
  readonly lag = new Latencies();
}

/** What the plays of one scenario came to. */
export class PlayTally {
  intended = 0;
  started = 0;
  /** Of these, before the schedule was over, or at most a second late. */
  startedInTime = 0;
  finished = 0;
  failed = 0;
  dropped = 0;
  deferred = 0;
  readonly response = new Latencies();
}

/** Where a write's effect is put down; see `Register`. */
export interface EffectBook extends Pick<Observer, "isMember" | "isThere"> {
  took: Observer["effect"];
}

export interface TallyOptions {
  readonly book: EffectBook;
  /** A play has ended, and its place is free. */
  readonly onEnded: (play: number, at: number) => void;
  readonly documented?: DocumentedAnswers | undefined;
}

const MOST_WHYS = 5;
/** A play that starts later than this, and after the end of the schedule, is no part of the rate that was achieved. */
const IN_TIME_MS = 1_000;
/** How a status counts, by its first digit; 429 counts apart. */
const CLASSES = [SUM.silence, SUM.silence, SUM["2xx"], SUM["3xx"], SUM["4xx"], SUM["5xx"]];
const { offered: OFFERED, started: STARTED, dropped: DROPPED, finished: FINISHED, silence: SILENCE } = SUM;
const THROTTLED = SUM["429"];

/** Counts everything that happens, in memory that depends on the plan and never on how long it runs. */
export class Tally implements Observer {
  /** By the index of the operation; more may come while the load goes on. */
  readonly operations: OperationTally[] = [];
  plays: readonly PlayTally[] = [];
  timeline = new Timeline(0);
  readonly throttling = new ThrottleStudy();
  readonly claims = new BrokenClaims();
  readonly notes = new Set<string>();
  /** Requests of all kinds, warm-up and population included. */
  requestsEver = 0;
  /** The first silences, for a person who wonders why nothing is answered. */
  readonly firstWhy: string[] = [];
  readonly #options: TallyOptions;
  /** Plays that had an answer they should not have had; forgotten when they end. */
  readonly #failing = new Set<number>();
  #described: Plays["operations"] = [];
  #measuredFrom = Number.POSITIVE_INFINITY;
  #scheduledUntil = Number.POSITIVE_INFINITY;

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  /** What will be counted; to be called before anything is sent. */
  attach({ operations, scenarios }: Pick<Plays, "operations" | "scenarios">): void {
    this.#described = operations;
    for (const index of operations.keys()) this.of(index);
    this.plays = scenarios.map(() => new PlayTally());
  }

  /**
   * The clock starts.
   * @param startAt when the first play is meant to start, on the clock of everything recorded
   * @param measuredFrom what is intended before counts in the timeline alone
   * @param scheduledUntil when the schedule is over; what starts after it only drains what had to wait
   */
  begin(startAt: number, measuredFrom: number, scheduledUntil: number): void {
    this.timeline = new Timeline(startAt);
    this.#measuredFrom = measuredFrom;
    this.#scheduledUntil = scheduledUntil;
  }

  /** What was counted of an operation. */
  of(operation: number): OperationTally {
    while (this.operations.length <= operation) this.operations.push(new OperationTally());
    return this.operations[operation] as OperationTally;
  }

  exchanged(
    operation: number,
    play: number,
    intendedAt: number,
    sentAt: number,
    endedAt: number,
    status: number,
    asExpected: boolean,
    bytesOut: number,
    bytesIn: number,
    silence: LoadSilence | undefined,
  ): void {
    this.requestsEver += 1;
    const isThrottled = status === 429;
    if (status !== 0 && !isThrottled) this.throttling.letThrough(endedAt);
    if (!this.#isMeasured(operation)) return;
    const tally = this.operations[operation] ?? this.of(operation);
    const isError = !(asExpected || isThrottled);
    const response = endedAt - intendedAt;
    const kind = isThrottled ? THROTTLED : (CLASSES[Math.floor(status / 100)] ?? SILENCE);
    this.timeline.ended(kind, isError, endedAt, response);
    if (isError) this.#failing.add(play);
    if (intendedAt < this.#measuredFrom) {
      tally.warmUps += 1;
      return;
    }
    tally.requests += 1;
    tally.bytesSent += bytesOut;
    tally.bytesReceived += bytesIn;
    if (isThrottled) tally.throttled += 1;
    if (isError) tally.errors += 1;
    if (silence === undefined) {
      tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
      if (isError) tally.errorStatuses[status] = (tally.errorStatuses[status] ?? 0) + 1;
    } else tally.silences.set(silence, (tally.silences.get(silence) ?? 0) + 1);
    tally.response.record(response);
    tally.service.record(endedAt - sentAt);
    tally.lag.record(sentAt - intendedAt);
  }

  effect(
    effect: Effect,
    certainty: Parameters<Observer["effect"]>[1],
    number: number,
    other: number,
    id: string,
    sentAt: number,
    endedAt: number,
  ): void {
    this.#options.book.took(effect, certainty, number, other, id, sentAt, endedAt);
  }

  isMember(group: number, user: number): boolean {
    return this.#options.book.isMember(group, user);
  }

  isThere(number: number): boolean {
    return this.#options.book.isThere(number);
  }

  foundNothing(operation: number, because: Gone): void {
    const what = {
      taken: "took away what another play had, or may have, taken away before",
      deactivated: "was about people who were deactivated, and whom the product documents to remove by that",
    }[because];
    this.notes.add(
      `${this.#described[operation]?.name ?? "A step"} ${what}: that the server refused it (400 or 404) is right, and no error.`,
    );
  }

  /** The schedule meant a play to start then. */
  offered(scenario: number, intendedAt: number): void {
    this.timeline.add(OFFERED, intendedAt);
    const play = this.plays[scenario];
    if (play !== undefined && intendedAt >= this.#measuredFrom) play.intended += 1;
  }

  started(scenario: number, intendedAt: number, at: number): void {
    this.timeline.add(STARTED, at);
    const play = this.plays[scenario];
    if (play === undefined || intendedAt < this.#measuredFrom) return;
    play.started += 1;
    if (at <= this.#scheduledUntil || at - intendedAt <= IN_TIME_MS) play.startedInTime += 1;
  }

  /** A play never started: too many were waiting already, or the schedule was over. */
  dropped(scenario: number, intendedAt: number, at: number): void {
    this.timeline.add(DROPPED, at);
    const play = this.plays[scenario];
    if (play !== undefined && intendedAt >= this.#measuredFrom) play.dropped += 1;
  }

  ended(
    play: number,
    scenario: number,
    intendedAt: number,
    endedAt: number,
    end: PlayEnd,
    why: string | undefined,
  ): void {
    if (why !== undefined && this.firstWhy.length < MOST_WHYS) this.firstWhy.push(why);
    const hasFailed = (this.#failing.size > 0 && this.#failing.delete(play)) || end === "broken-off";
    if (end !== "deferred") this.timeline.add(FINISHED, endedAt);
    const tally = this.plays[scenario];
    if (tally !== undefined && intendedAt >= this.#measuredFrom) {
      if (end === "deferred") tally.deferred += 1;
      else {
        tally.finished += 1;
        if (hasFailed) tally.failed += 1;
        tally.response.record(endedAt - intendedAt);
      }
    }
    this.#options.onEnded(play, endedAt);
  }

  broken(operation: number, claim: string, verdict: Extract<Verdict, { kind: "fail" }>): boolean {
    const fact = this.#options.documented?.excuse(verdict);
    if (fact === undefined) return this.claims.broken(operation, claim, verdict);
    this.notes.add(`${claim} was broken, as is documented, and no fault: ${fact}`);
    return false;
  }

  shown(operation: number, claim: string, exchange: Exchange): void {
    this.claims.shown(operation, claim, exchange);
  }

  judged(operation: number, claim: string): void {
    this.claims.judged(operation, claim);
  }

  throttled(
    operation: number,
    _play: number,
    _at: number,
    _attempt: number,
    retryAfterMs: number,
    waitMs: number,
  ): void {
    if (this.#isMeasured(operation)) this.throttling.refused(retryAfterMs, waitMs);
  }

  resumed(
    operation: number,
    _play: number,
    at: number,
    attempt: number,
    waitedMs: number,
    gotThrough: boolean,
    askedMs: number,
  ): void {
    if (!this.#isMeasured(operation)) return;
    this.throttling.triedAgain(at, attempt, waitedMs, gotThrough, askedMs);
  }

  scanGaveWay(operation: number, why: string): void {
    this.notes.add(
      `Ids in answers to ${this.#described[operation]?.name ?? "a step"} were read in full: ${why}`,
    );
  }

  /** Building the population is no part of the load, nor is what it was refused. */
  #isMeasured(operation: number): boolean {
    return this.#described[operation]?.unmeasured === false;
  }
}
