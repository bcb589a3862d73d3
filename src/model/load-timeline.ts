/**
 * What happened when, in equal slots of time. Slots are a second wide at first; a long run makes them wider, so that
 * there are never more than 600. All arrays have one entry a slot. Times are in milliseconds.
 */
export interface LoadTimeline {
  readonly slotMs: number;
  /** Milliseconds from the first slot to the end of the warm-up. */
  readonly measuredFromMs: number;
  /** Plays intended, started and finished in the slot. */
  readonly offered: readonly number[];
  readonly started: readonly number[];
  readonly finished: readonly number[];
  readonly dropped: readonly number[];
  /** Requests that ended in the slot, by what they came to. */
  readonly answers: {
    readonly "2xx": readonly number[];
    readonly "3xx": readonly number[];
    /** Without 429. */
    readonly "4xx": readonly number[];
    readonly "429": readonly number[];
    readonly "5xx": readonly number[];
    readonly silence: readonly number[];
  };
  /** Answers or silences that were not what the step expects. */
  readonly errors: readonly number[];
  /** Response time, from the heat map's buckets; null where nothing ended. */
  readonly p50: readonly (number | null)[];
  readonly p90: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** At most, within the slot. */
  readonly inFlight: readonly number[];
  readonly waitingAfter429: readonly number[];
  readonly connections: readonly number[];
  readonly lateStartMs: readonly number[];
  readonly loopDelayMs: readonly number[];
  /** Of one core; null where it was not measured. */
  readonly cpuShare: readonly (number | null)[];
  readonly heat: HeatMap;
}

/** Response times by slot and by bucket. Sparse, because most buckets of a slot are empty. */
export interface HeatMap {
  /** Lower edges of the buckets; a bucket ends where the next begins, and the last one has no end. */
  readonly edgesMs: readonly number[];
  /** For each slot: bucket, count, bucket, count, … in ascending order of buckets. */
  readonly slots: readonly (readonly number[])[];
}
