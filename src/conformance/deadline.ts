import type { Clock } from "../model/clock.ts";

const SHORTEST_GRACE_MS = 5_000;
const LONGEST_GRACE_MS = 60_000;

/** Milliseconds that clean-up may take beyond the deadline: a quarter of it, between 5 seconds and a minute. */
export const graceMs = (deadlineMs: number) =>
  Math.min(LONGEST_GRACE_MS, Math.max(SHORTEST_GRACE_MS, deadlineMs / 4));

/** When a run has to stop by itself. Both signals stay silent where there is no deadline. */
export interface Deadline {
  /** Nothing new is played, and what is under way is given up. */
  readonly plays: AbortSignal;
  /** Even clean-up is given up. */
  readonly cleansUp: AbortSignal;
  /** To be called when the run is over. */
  stop(): void;
}

/** Starts to count. */
export function deadlineAfter(ms: number | undefined, clock: Clock): Deadline {
  const [plays, cleansUp, over] = [new AbortController(), new AbortController(), new AbortController()];
  const passing = async (left: number) => {
    await clock.sleep(left, over.signal);
    if (over.signal.aborted) return;
    plays.abort();
    await clock.sleep(graceMs(left), over.signal);
    if (!over.signal.aborted) cleansUp.abort();
  };
  if (ms !== undefined) void passing(ms);
  return { plays: plays.signal, cleansUp: cleansUp.signal, stop: () => over.abort() };
}
