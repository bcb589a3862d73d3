/**
 * What a run may make on a host other than this machine before somebody has to say that more is meant.
 * They stop a slip of the finger, not a decision: every one is raised by its own flag.
 */
export interface Ceilings {
  readonly users: number;
  readonly groups: number;
  /** Members of any one group. */
  readonly members: number;
  readonly requests: number;
  /** Requests a second, bursts apart. */
  readonly rate: number;
}

export const DEFAULT_CEILINGS: Ceilings = {
  users: 1_000,
  groups: 100,
  members: 1_000,
  requests: 10_000,
  rate: 50,
};

/** No run makes a group larger than this, on any host: beyond it a load plan is the right tool. */
export const LARGEST_GROUP = 50_000;
export const LARGEST_BURST = 1_000;
