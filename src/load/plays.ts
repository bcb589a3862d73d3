/**
 * The contract between what plays (`playing/`, `compile/`, `wire/`) and what schedules, counts and judges the whole
 * (arrivals, tally, reconcile, thresholds). Times are milliseconds on one monotonic scale, `performance.now()` outside
 * of tests. Operations and scenarios are named by their index, so that a call on the hot path hands over numbers and
 * keeps nothing alive.
 */

import type { Speak } from "../engine/request.ts";
import type { Clock, Random } from "../model/clock.ts";
import type { Check } from "../model/evidence.ts";
import type { Exchange, SilenceReason } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import type { Ledger } from "../model/ledger.ts";
import type { People } from "../model/people.ts";
import type { Action } from "../model/play.ts";
import type { BodyTemplate, Scenario } from "../model/scenario.ts";
import type { Verdict } from "../model/verdict.ts";
import type { DocumentedAnswers, Gone } from "./documented-answers.ts";
import type { Certainty, Effect } from "./effects.ts";
import type { Wire, WireFailure } from "./wire/wire.ts";

/** Something the load sends, counted apart from everything else. */
export interface Operation {
  /**
   * `okta/users/create/create` (scenario and step); in a step that performs an action each request counts by its
   * kind, `okta/large-groups/thousands/push PATCH /Groups`. What builds the population is `population/create-user` and so on.
   */
  readonly name: string;
  /** Index into `Plays.scenarios`; -1 for what builds the population. */
  readonly scenario: number;
  /** What follows no schedule and is left out of every figure but the count of requests: the population, probes. */
  readonly unmeasured: boolean;
  /** Claims told from every answer: their status, and values at the root of the body. */
  readonly claims: readonly string[];
  /** Claims told only in plays that are judged in full. */
  readonly sampledClaims: readonly string[];
}

/** One entry of the mix, ready to be played. */
export interface PlayedScenario {
  readonly id: string;
  /** Indices into `Plays.operations`, in the order of the steps. */
  readonly operations: readonly number[];
  /**
   * Why every play of it goes through the engine's generator, in full, rather than through the compiled path; absent
   * when it is compiled. Never a fault: it costs more of this machine, and is said in the report.
   */
  readonly notCompiledBecause?: string;
}

/** How a play came to its end. */
export type PlayEnd =
  /** Every step was sent and answered, whatever the answers were. */
  | "completed"
  /** A step needed a value that no answer gave, or got no answer, or ran out of tries after 429. */
  | "broken-off"
  /** It was waiting after a 429, or was cut off, when the run was closed. */
  | "deferred";

/** `Plays.start`: the index of the play counts within this shard from 0, and is handed back as it came. */
export interface Plays {
  readonly operations: readonly Operation[];
  readonly scenarios: readonly PlayedScenario[];
  /** Plays with a place in flight: started, not ended and not waiting after a 429. */
  readonly inFlight: number;
  /** Plays that wait after a 429. They hold no place; when one resumes, `inFlight` grows by one, whatever the bound. */
  readonly waiting: number;
  /** Connections, now and since the beginning. */
  readonly connections: ConnectionCounts;

  /**
   * Opens connections before the clock starts, at most four at a time, and resolves with how many stand. Rejects for
   * nothing: a server that cannot be reached gives 0, and the first silence says why.
   */
  open(count: number): Promise<OpenedConnections>;

  /**
   * Creates who and what has to be there before the clock starts, as fast as the connections allow, unmeasured. Told to
   * the observer as effects like everything else, so that it is reconciled and cleaned up.
   */
  populate(population: PopulationSize, onProgress?: (made: number, all: number) => void): Promise<Populated>;

  /**
   * Starts a play at once; the observer's `ended` is called exactly once for it, never from within this call.
   * Never throws. The first request counts from `intendedAt`, each later one from the end of the one before.
   * @param sampled plays it in full through the engine's generator, with every check; beyond about 10 a second, and fewer large ones, it is played
   *   like the others, so that judging does not become the load. `judged` tells how many there were
   */
  start(play: number, scenario: number, intendedAt: number, sampled: boolean): void;

  /**
   * Starts nothing more. What is under way gets `graceMs` to end; then it is cut off (`deferred`, its effects unsure), and
   * what waits after a 429 is ended as `deferred` at once. Resolves when every play has ended.
   */
  drain(graceMs: number): Promise<void>;

  /** Closes every connection. After it nothing is called any more. */
  close(): Promise<void>;
}

export interface ConnectionCounts {
  readonly open: number;
  /** Made since the beginning, reconnections among them. */
  readonly opened: number;
  /** Closed by the server while idle, or right as we wrote: no fault of its own, and reopened. */
  readonly idleClosed: number;
  /** Attempts to connect that failed. */
  readonly failed: number;
}

export interface OpenedConnections {
  readonly open: number;
  /** Why there are fewer than asked for. */
  readonly shortBecause?: WireFailure;
}

export interface PopulationSize {
  readonly users: number;
  readonly groups: number;
  /** Members of each group when the clock starts: the first of the users, from a place that differs by group. */
  readonly members: number;
}

export interface Populated {
  readonly users: number;
  readonly groups: number;
  /** Why the population is smaller than asked for. */
  readonly shortBecause?: string;
  /** The status that it was refused with, where it was. */
  readonly shortStatus?: number;
}

/** Why a request got no answer; `idle-closed`: a connection was closed just as we wrote, and it may not be sent again. */
export type LoadSilence = SilenceReason | "idle-closed";

/** Told of everything that happens. Called on the hot path: implementations count, and return at once. */
export interface Observer {
  /**
   * A request and its answer, or the lack of one. Every try after a 429 is an exchange of its own; it counts from when it
   * was due, so that Okta's own wait is nobody's response time.
   * @param status 0 for a silence, then `silence` says why
   * @param asExpected false when a claim on the status is broken, or nothing is claimed and the status is 4xx or 5xx,
   *   unless `foundNothing` is told as well; a 429 is told by `throttled` as well, and is never as expected unless the step asks for it
   */
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
  ): void;

  /**
   * A write's effect, in the order in which the answers came. Nothing is told of what never left.
   * @param number the person or group
   * @param other see `Effect`; 0 where there is none
   * @param id what the answer told; empty where it told none, and for all but creates
   * @param sentAt when the request that did it was sent, and when its answer came: two writes to the same place whose
   *   times overlap may have been carried out in either order, and then nobody knows what is right
   */
  effect(
    effect: Effect,
    certainty: Certainty,
    number: number,
    other: number,
    id: string,
    sentAt: number,
    endedAt: number,
  ): void;

  /**
   * Whether everything told so far leaves that person in that group; and that person, or that group, there. False where
   * nobody can know.
   */
  isMember(group: number, user: number): boolean;
  isThere(number: number): boolean;

  /** What it was about was, or may have been, gone already: the server refused it, and is right. */
  foundNothing(operation: number, because: Gone): void;

  /**
   * A claim failed on one answer. Returns whether the exchange is wanted; only then it is built, with secrets out, and
   * given to `shown`.
   */
  broken(operation: number, claim: string, verdict: Extract<Verdict, { kind: "fail" }>): boolean;
  shown(operation: number, claim: string, exchange: Exchange): void;
  /** A play judged in full said this of one claim (a fail is told by `broken` as well). */
  judged(operation: number, claim: string, verdict: Verdict["kind"]): void;

  /**
   * A 429. `attempt` counts from 1. `retryAfterMs` is what the header asked for in milliseconds; -1 when there was no
   * header, -2 when it was no whole number of seconds. `waitMs` is what the play waits now, -1 when it gives up.
   */
  throttled(
    operation: number,
    play: number,
    at: number,
    attempt: number,
    retryAfterMs: number,
    waitMs: number,
  ): void;
  /** The try after a wait: did it get through? `waitedMs` since the refusal. */
  resumed(
    operation: number,
    play: number,
    at: number,
    attempt: number,
    waitedMs: number,
    gotThrough: boolean,
    askedMs: number,
  ): void;

  /** A step's ids are read by JSON.parse from now on, because a byte scan and JSON.parse differed. Told once a step. */
  scanGaveWay(operation: number, why: string): void;

  /** A play has ended. `why` for a person, when it was broken off. */
  ended(
    play: number,
    scenario: number,
    intendedAt: number,
    endedAt: number,
    end: PlayEnd,
    why: string | undefined,
  ): void;
}

/** Everything that plays are made of; put together by `wiring`. */
export interface PlaysSetup {
  /** The scenarios of the mix, by the index that `start` takes. */
  readonly mix: readonly Scenario[];
  readonly observer: Observer;
  /** The way to the server; `close` of the plays closes it. */
  readonly wire: Wire;
  /** Values known before the first step: inputs, limits. The crowd and the standing group come from the population. */
  readonly given: ReadonlyMap<string, Json>;
  readonly actions: readonly Action[];
  readonly checks: readonly Check[];
  readonly speak: Speak;
  readonly people: People;
  readonly runId: string;
  /** Number of the first unique name, 1 unless several shards share the run id; each needs a range of its own. */
  readonly firstNumber: number;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly documented?: DocumentedAnswers;
  /** Members that the product documents to take in one request; Okta's own largest batch unless given. */
  readonly membersPerRequest?: number;
  /** Which kind of app fills the groups of the population: by PATCH (`oin`) or by PUT (`aiw`). */
  readonly oktaApp: "aiw" | "oin";
  /** The body of a create of a person, and of a group, as Okta sends them; for the population. */
  readonly userBody: BodyTemplate;
  readonly groupBody: BodyTemplate;
  /** The monotonic scale of all times. */
  readonly now: () => number;
  /** For waits and deadlines; virtual in tests. */
  readonly clock: Clock;
  /** How long a read may take to show a write, in milliseconds. */
  readonly settleMs: number;
  /**
   * Okta's own waits (the five minutes and their doubling) are divided by this; a `Retry-After` in whole seconds is
   * obeyed as it stands, because it is the server's word about real time. 1 unless given.
   */
  readonly oktaTimeScale: number;
  readonly oktaWaits: boolean;
}
