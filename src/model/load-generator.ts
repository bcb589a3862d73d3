/** Whether this machine kept up with its own schedule. */
export interface GeneratorHealth {
  /** It did not: latencies and rates say more about this machine than about the server. */
  readonly limited: boolean;
  /** What held it back, one sentence each; empty when nothing did. */
  readonly why: readonly string[];
  /** Milliseconds between the intended start of plays and their start. */
  readonly lateStartP99Ms: number;
  readonly lateStartMaxMs: number;
  /** Milliseconds that timers of this process came late. */
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  /** CPU time of this process as a share of one core, over the measured part. */
  readonly cpuShare: number;
  readonly memoryPeakBytes: number;
  /** Seconds of the measured part in which it could not keep up. */
  readonly limitedSeconds: number;
}
