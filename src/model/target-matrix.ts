/** A claim that came out otherwise than it had to. */
export interface Amiss {
  readonly claim: string;
  readonly seen: string;
}

/** One broken fact: what a server did otherwise, and whether it was seen. */
export interface BrokenFact {
  readonly fact: string;
  readonly how: string;
  /** Whether the fact failed. */
  readonly isCaught: boolean;
  /** What the claim of the fact came to instead. */
  readonly instead?: string;
  /** Other facts that failed with it. */
  readonly others: readonly Amiss[];
}

/** What became of one profile: the server that plays it, and every fact broken in turn. */
export interface TargetMatrix {
  readonly target: string;
  readonly facts: number;
  readonly observables: number;
  /** Facts that fail or stay open on the server that plays the profile. */
  readonly soundProblems: readonly Amiss[];
  readonly broken: readonly BrokenFact[];
  readonly requests: number;
  readonly wallMs: number;
}
