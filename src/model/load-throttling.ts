/** How the server refused what was too much, and what came after. */
export interface Throttling {
  /** Requests answered 429, and their share of all requests. */
  readonly refused: number;
  readonly share: number;
  /** By operation, most refused first. */
  readonly byOperation: readonly {
    readonly operation: string;
    readonly refused: number;
    readonly requests: number;
  }[];
  /** What `Retry-After` was. */
  readonly retryAfter: {
    readonly whole: number;
    /** A date, a fraction, or not readable at all: Okta waits five minutes then, as where there was none. */
    readonly notWhole: number;
    readonly absent: number;
    /** The seconds it named, least and most. */
    readonly leastSeconds?: number;
    readonly mostSeconds?: number;
  };
  /**
   * The first try after the wait that `Retry-After` asked for: let through; refused while others were let through, so
   * that the limit was merely shared; or refused like everything else, so that the promise was broken. `notJudged`: no
   * whole number of seconds, or the wait was cut short by the run's end or its time scale.
   */
  readonly promises: {
    readonly kept: number;
    readonly shared: number;
    readonly broken: number;
    readonly notJudged: number;
  };
  /** How many requests were let through at which try; the first try after a refusal is 2. */
  readonly letThroughAtTry: readonly (readonly [attempt: number, requests: number])[];
  /** Requests that Okta would have given up on, after ten tries. */
  readonly givenUp: number;
  /** Plays still waiting when the run ended. */
  readonly deferred: number;
  /** Stretches of time in which something was refused, the longest first; at most 100. */
  readonly episodes: readonly {
    /** From the start of the timeline, in milliseconds. */
    readonly fromMs: number;
    readonly toMs: number;
    readonly refused: number;
    /** From the first refusal to the first second without one, in which something was let through; absent if none came. */
    readonly recoveredAfterMs?: number;
  }[];
  /** Highest number of requests a second that were let through in a second in which others were refused. */
  readonly letThroughPerSecond?: number;
  /** How much faster than Okta the waits were played: 60 means that five minutes took five seconds. */
  readonly timeScale: number;
  /** Refused writes that had an effect all the same, by the state read back; unknown without reconciling. */
  readonly appliedAllTheSame?: number;
  /** People or groups that are there twice after a retry. */
  readonly doubledByRetry?: number;
}
