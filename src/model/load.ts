import type { Exchange, SilenceReason } from "./exchange.ts";
import type { GeneratorHealth } from "./load-generator.ts";
import type { LoadPlan, Threshold } from "./load-plan.ts";
import type { Reconciliation } from "./load-reconciliation.ts";
import type { Throttling } from "./load-throttling.ts";
import type { LoadTimeline } from "./load-timeline.ts";
import type { Leftover } from "./play.ts";
import type { ExitCode, RunReport, Stopped } from "./report.ts";

/** Milliseconds of many measurements, to three digits. Mergeable through `histogram`. */
export interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly p9999: number;
  /** Points of the percentile curve, from 0 to 99.99 (or to where the count bears it) and 100. */
  readonly curve: readonly (readonly [percentile: number, ms: number])[];
  /** Microseconds, as HdrHistogram V2 in base64, for any tool that reads it. */
  readonly histogram: string;
}

/** What a request came to: a status, or why there was no answer. */
export type ErrorKind = SilenceReason | `${number}`;

/** One step of one scenario, over all plays. Only what was intended after the warm-up is counted. */
export interface OperationReport {
  /** `scenario/step`, for example `okta/users/create/create`. */
  readonly id: string;
  readonly scenario: string;
  readonly step: string;
  readonly method: string;
  /** The path with the slots of the scenario: `/Users/${user}`. */
  readonly path: string;
  /** Retries included. */
  readonly requests: number;
  /** Answers whose status the step does not expect, and silences; a 429 that was waited out is none. */
  readonly errors: number;
  readonly throttled: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly silences: Readonly<Partial<Record<SilenceReason, number>>>;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** From the intended start for the first step of a play, from the end of the step before for the others. */
  readonly response: Distribution;
  /** From the send to the last byte. */
  readonly service: Distribution;
  /** From when it could have been sent to when it was. */
  readonly lag: Distribution;
}

/** One scenario of the mix, over all plays. */
export interface PlayReport {
  readonly scenario: string;
  readonly intended: number;
  readonly started: number;
  readonly finished: number;
  /** Finished, with an unexpected answer or a silence on the way. */
  readonly failed: number;
  /** Never started, because too many were under way or waiting to start. */
  readonly dropped: number;
  /** Waiting after a 429 when the run ended, or still without an answer a while later. */
  readonly deferred: number;
  /** Whole plays, from the intended start to the last answer, waits after a 429 included. */
  readonly response: Distribution;
}

/** One claim that was seen broken under load. */
export interface BrokenUnderLoad {
  readonly claim: string;
  readonly operation: string;
  /** How often it was looked at, and how often it was broken. */
  readonly judged: number;
  readonly broken: number;
  /** One of the exchanges that broke it. */
  readonly example?: Exchange;
  readonly expected?: string;
  readonly actual?: string;
}

export interface ThresholdResult extends Threshold {
  readonly verdict: "met" | "breached" | "unknown";
  /** In the unit of `limit`; absent when nothing was measured. */
  readonly observed?: number;
  readonly why: string;
}

/** One part of a load that was split over processes or machines. */
export interface ShardReport {
  /** From 1 to `of`. */
  readonly index: number;
  readonly of: number;
  readonly runId: string;
  readonly startedAt: string;
  /** Milliseconds by which the first play started later than was agreed. */
  readonly startedLateMs: number;
  readonly generator: GeneratorHealth;
}

/** One rate that was tried in search of the highest that holds. */
export interface CapacityTrial {
  readonly phase: "step-up" | "bisect" | "confirm";
  /** Plays a second. */
  readonly rate: number;
  readonly achievedRate: number;
  readonly verdict: "met" | "breached" | "unknown";
  /** The thresholds that did not hold, as they were written, with what was observed. */
  readonly why: readonly string[];
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly errorShare: number;
}

/** How much this server takes before a threshold breaks. */
export interface Capacity {
  /** Plays a second that held when they were tried once more; absent when not even the lowest did. */
  readonly rate?: number;
  /** People created an hour at that rate, where the plan creates people. */
  readonly peoplePerHour?: number;
  /** The lowest rate at which something gave way; absent when nothing did. */
  readonly brokeAt?: number;
  /** What gave way first, as one sentence. */
  readonly gaveWay: string;
  /** True when the search ended because this machine could not send more. */
  readonly limitedByGenerator: boolean;
  readonly trials: readonly CapacityTrial[];
}

/** Everything one load run found out, as plain JSON, bounded in size however long the run. */
export interface LoadReport {
  readonly format: "scim-check/load@1";
  readonly tool: RunReport["tool"];
  readonly target: RunReport["target"];
  readonly plan: LoadPlan & {
    /** Of everything that decides what is sent; shards with another one do not belong together. */
    readonly fingerprint: string;
    /** Milliseconds the schedule takes, warm-up included. */
    readonly scheduleMs: number;
    /** Plays that the schedule intends, warm-up included. */
    readonly plays: number;
  };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    /** Of the measured part and what was still under way at its end. */
    readonly durationMs: number;
    readonly interrupted: boolean;
    /** Why it ended before its schedule did: a breach under `--abort-on-breach`, say. */
    readonly endedEarly?: string;
    /** How requests travelled: our own HTTP/1.1, undici (a proxy), or node:http2. */
    readonly transport: "http1" | "undici" | "http2";
    readonly shards: readonly ShardReport[];
  };
  readonly stopped?: Stopped;
  readonly totals: {
    readonly intended: number;
    readonly started: number;
    readonly finished: number;
    readonly failed: number;
    readonly dropped: number;
    readonly deferred: number;
    readonly requests: number;
    readonly errors: number;
    readonly errorsByKind: Readonly<Record<string, number>>;
    readonly bytesSent: number;
    readonly bytesReceived: number;
    readonly connectionsOpened: number;
    readonly connectionsOpenAtMost: number;
  };
  readonly rate: {
    /** Plays a second over the measured schedule: as intended, and as started. */
    readonly offered: number;
    readonly achieved: number;
    readonly requests: number;
  };
  /** All requests together. */
  readonly requests: Pick<OperationReport, "response" | "service" | "lag">;
  readonly plays: readonly PlayReport[];
  readonly operations: readonly OperationReport[];
  readonly timeline: LoadTimeline;
  readonly throttling: Throttling;
  readonly broken: readonly BrokenUnderLoad[];
  /** Resources the server acknowledged, population included. */
  readonly acknowledged: {
    readonly created: number;
    readonly changed: number;
    readonly deleted: number;
    readonly membersAdded: number;
    readonly membersRemoved: number;
  };
  readonly reconciled: Reconciliation;
  readonly thresholds: readonly ThresholdResult[];
  readonly generator: GeneratorHealth;
  readonly capacity?: Capacity;
  readonly outcome: { readonly exitCode: ExitCode; readonly why: string };
  readonly leftovers: readonly Leftover[];
  readonly notes: readonly string[];
}
