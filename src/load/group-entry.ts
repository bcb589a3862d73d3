import { NumberMap } from "./number-map.ts";
import type { Presence } from "./register.ts";

/**
 * What a write without an answer leaves is never known again, because the server may still carry it out; what two
 * overlapping writes leave is known again after the next one.
 */
export const MEMBERSHIP = {
  never: 0,
  member: 1,
  removed: 2,
  unsure: 3,
  refused: 4,
  neverKnown: 5,
} as const;

/** What a group has to look like. */
export interface GroupEntry {
  presence: Presence;
  /** The first that an answer told. */
  id?: string;
  /** Creates that were acknowledged: names of groups need not be unique. */
  created: number;
  /** A create of it got no answer, so there may be one more. */
  mayBeMore: boolean;
  readonly members: NumberMap;
  /** Of the latest replacement of all members. */
  clearedSentAt: number;
  clearedAt: number;
  /** It overlapped with another one, so that nobody can say whose members are left. */
  clearOverlaps: boolean;
  /** A replacement got no answer: the server may still carry it out, and remove whoever was added since. */
  mayBeCleared: boolean;
}

/** One of which nothing was told yet. */
export const newGroupEntry = (): GroupEntry => ({
  presence: 0,
  created: 0,
  mayBeMore: false,
  members: new NumberMap(),
  clearedSentAt: 0,
  clearedAt: 0,
  clearOverlaps: false,
  mayBeCleared: false,
});

/** Whether nobody can say if a change of one membership or something that travelled beside it came last. */
export function overlapsInGroup(
  { clearedSentAt, clearedAt, clearOverlaps }: GroupEntry,
  before: number,
  wanted: number,
  changedAt: number,
  sent: number,
  ended: number,
): boolean {
  const isMember = wanted === MEMBERSHIP.member;
  // A replacement of all members is told as clearing them and adding each, with one time of sending: what else
  // travelled beside it was found while they were cleared.
  if (isMember && clearedSentAt === sent && clearedAt === ended) {
    return clearOverlaps || before === MEMBERSHIP.unsure;
  }
  const opposes = before !== MEMBERSHIP.never && before !== MEMBERSHIP.refused && before !== wanted;
  return (opposes && changedAt > sent) || (isMember && clearedAt > sent);
}
