import type { Request } from "./exchange.ts";
import type { Leftover } from "./play.ts";
import type { Collection } from "./scim.ts";

/** A request that undoes something that is no resource of ours, such as a pause of provisioning. It carries no secret. */
export interface Owed {
  readonly id: string;
  readonly request: Request;
}

/**
 * What we made on the server, reserved on disk before it is sent.
 * A lease of names is written with one fsync; a run that dies leaves the leases behind for `cleanup`.
 */
export interface Ledger {
  /** Promise, durably, that names numbered `from` to `to` (inclusive) may exist on the server from now on. */
  lease(from: number, to: number): void;
  /** Promise, durably, that this request is still to be sent: it undoes what is about to be done. Again: with what is known since. */
  readonly owe?: (owed: Owed) => void;
  /** It was sent, and nothing is owed any more. */
  readonly paid?: (id: string) => void;
  /** An answer told the id of something that may be ours; not every list shows it. Soon on record, and never waited for. */
  readonly made?: (collection: Collection, id: string) => void;
  /** Nothing more is made for now: what was told is put on record at once. */
  readonly settle?: () => void;
  /**
   * The run cleaned up; what could not be removed stays on record.
   * @returns a sentence for the report where something is left, and the record of it is not whole
   */
  close(leftovers: readonly Leftover[]): string | undefined;
}
