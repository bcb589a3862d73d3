import type { Collection } from "./scim.ts";

/**
 * In what way the server's state differs from what it acknowledged.
 * - `lost`: a create was acknowledged, and the resource is not there.
 * - `doubled`: it is there more than once.
 * - `half-made`: it is there, without what it was acknowledged with (a group that has none of its members, a person
 *   without a name).
 * - `resurrected`: a delete was acknowledged, and it is there.
 * - `wrong-state`: an acknowledged deactivation or reactivation does not hold.
 * - `missing-members`, `extra-members`: a group lacks people whose add was acknowledged, or has some whose removal was.
 * - `applied-after-refusal`: a write was refused, and it was carried out all the same: a create, a rename, a
 *   deactivation, a reactivation, a delete, or a change of who is in a group.
 */
export const FINDING_KINDS = [
  "lost",
  "doubled",
  "half-made",
  "resurrected",
  "wrong-state",
  "missing-members",
  "extra-members",
  "applied-after-refusal",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly collection: Collection;
  /** userName or displayName. */
  readonly name: string;
  readonly id?: string;
  /** Members of a group that are missing or too many, by name; at most 20. */
  readonly members?: readonly string[];
  /** What was acknowledged and what was read, as one sentence. */
  readonly detail: string;
}

/** The server's state after the load, read back in full and compared with what it acknowledged. */
export type Reconciliation =
  | {
      readonly kind: "done";
      /** How many things each kind of finding is about; members are counted one by one. */
      readonly counts: Readonly<Record<FindingKind, number>>;
      /** At most 100 of each kind, by name. */
      readonly findings: readonly Finding[];
      /** What was compared. */
      readonly users: number;
      readonly groups: number;
      readonly members: number;
      /** Why nothing can be said of memberships, although some were acknowledged; absent where they were compared. */
      readonly membersUntold?: string;
      /**
       * Resources whose last write got no answer, or travelled with another to the same place, and people who are
       * inactive where lists leave those out: either state is right.
       */
      readonly unsure: number;
      /** Milliseconds until the state read back agreed; absent when it did at once, or never. */
      readonly settledAfterMs?: number;
      readonly requests: number;
      readonly durationMs: number;
    }
  | { readonly kind: "unknown"; readonly why: string };
