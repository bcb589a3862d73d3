import type { Leftover } from "./play.ts";

/**
 * What we made on the server, reserved on disk before it is sent.
 * A lease of names is written with one fsync; a run that dies leaves the leases behind for `cleanup`.
 */
export interface Ledger {
  /** Promise, durably, that names numbered `from` to `to` (inclusive) may exist on the server from now on. */
  lease(from: number, to: number): void;
  /** The run cleaned up; what could not be removed stays on record. */
  close(leftovers: readonly Leftover[]): void;
}
