import type { LoadPlan } from "../model/load-plan.ts";
import type { Leftover } from "../model/play.ts";
import type { Stopped } from "../model/report.ts";
import type { ClaimCounts } from "./broken-claims.ts";
import type { HealthData } from "./health.ts";
import type { Latencies } from "./latencies.ts";
import type { ConnectionCounts } from "./plays.ts";
import type { Register } from "./register.ts";
import type { ThrottleCounts } from "./throttle-study.ts";
import type { TimelineData } from "./timeline.ts";

/** An operation as one shard counted it. */
export interface OperationResult {
  readonly name: string;
  readonly scenario: string;
  readonly claims: readonly string[];
  readonly requests: number;
  /** Requests of the warm-up, in which claims are judged and nothing is measured. */
  readonly warmUps: number;
  readonly errors: number;
  readonly throttled: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Of these, the errors: some steps expect a refusal. */
  readonly errorsByStatus: Readonly<Record<string, number>>;
  readonly silences: Readonly<Record<string, number>>;
  readonly response: Latencies;
  readonly service: Latencies;
  readonly lag: Latencies;
}

/** A scenario of the mix as one shard counted it. */
export interface PlaysResult {
  readonly scenario: string;
  readonly intended: number;
  readonly started: number;
  /** Of these, before the schedule was over: what the achieved rate counts. */
  readonly startedInTime: number;
  readonly finished: number;
  readonly failed: number;
  readonly dropped: number;
  readonly deferred: number;
  readonly response: Latencies;
}

/** Everything one shard found out, in a form that adds up with that of the others. */
export interface ShardResult {
  readonly fingerprint: string;
  readonly plan: LoadPlan;
  readonly url: string;
  readonly toolVersion: string;
  readonly shard: {
    /** From 1. */
    readonly index: number;
    readonly of: number;
    readonly runId: string;
    readonly startedAt: string;
    readonly startedLateMs: number;
  };
  /** Milliseconds from the end of the warm-up to the last answer. */
  readonly measuredMs: number;
  readonly interrupted: boolean;
  readonly endedEarly?: string;
  readonly stopped?: Stopped;
  readonly transport: "http1" | "undici" | "http2";
  readonly timeScale: number;
  readonly operations: readonly OperationResult[];
  readonly plays: readonly PlaysResult[];
  readonly timeline: TimelineData;
  readonly throttle: ThrottleCounts;
  readonly claims: readonly ClaimCounts[];
  readonly health: HealthData;
  readonly connections: Pick<ConnectionCounts, "opened"> & { readonly mostOpen: number };
  readonly register: Register;
  readonly usersBefore?: number;
  readonly leftovers: readonly Leftover[];
  readonly notes: readonly string[];
}
