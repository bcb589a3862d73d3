import { plural } from "../model/count.ts";
import type { FindingKind } from "../model/load-reconciliation.ts";
import { type Account, areIs, isSurelyActive } from "./compare-state.ts";
import type { Findings } from "./findings.ts";
import { type GroupEntry, MEMBERSHIP } from "./group-entry.ts";
import type { Shown } from "./read-back.ts";
import { PRESENCE, type Register } from "./register.ts";

const MOST_MEMBERS_NAMED = 20;

const membersWere = (count: number) => plural(count, "member was", "members were");
const people = (count: number) => plural(count, "person", "people");

/** How many of a group's memberships were compared. */
export interface MembersCompared {
  readonly compared: number;
  readonly unsure: number;
}

/** A group that is there once, and what was acknowledged of it. */
export interface GroupRead {
  readonly shown: Pick<Shown, "id" | "name">;
  readonly number: number;
  readonly entry: GroupEntry;
  /** Numbers of those of our people whom it shows. */
  readonly read: ReadonlySet<number>;
  /** People who are gone or inactive although that was refused: their memberships may have gone with it. */
  readonly left?: ReadonlySet<number>;
}

/** Compares the members of one group. */
export function compareMembers(group: GroupRead, account: Account, findings: Findings): MembersCompared {
  const { read } = group;
  const sides = sidesOf(group, account);
  const { missing, extra, putIn, takenOut } = sides;
  const tell = (kind: FindingKind, users: readonly number[], detail: string, count = users.length) => {
    if (users.length === 0) return;
    const members = users.slice(0, MOST_MEMBERS_NAMED).map((user) => `${account.marker}${user}@example.com`);
    const { id, name } = group.shown;
    findings.add({ kind, collection: "Groups", name, id, members, detail }, count);
  };
  if (sides.wanted > 0 && missing.length === sides.wanted && read.size === 0) {
    tell(
      "half-made",
      missing,
      `${membersWere(missing.length)} acknowledged, and the group has none of them.`,
      1,
    );
  }
  tell(
    "missing-members",
    missing,
    `${membersWere(missing.length)} acknowledged and ${areIs(missing.length)} not in the group.`,
  );
  tell(
    "extra-members",
    extra,
    `${plural(extra.length, "person is", "people are")} in the group who ${extra.length === 1 ? "was" : "were"} removed or never added.`,
  );
  tell(
    "applied-after-refusal",
    putIn,
    `Adding ${people(putIn.length)} was refused, and ${putIn.length === 1 ? "that one is" : "they are"} in the group.`,
  );
  tell(
    "applied-after-refusal",
    takenOut,
    `Removing ${people(takenOut.length)} was refused, and ${takenOut.length === 1 ? "that one is" : "they are"} no longer in the group.`,
  );
  return { compared: sides.compared, unsure: sides.unsure };
}

/** Who is on which side of what was acknowledged. */
function sidesOf({ number, entry, read, left }: GroupRead, { register }: Account) {
  const sides = {
    missing: [] as number[],
    extra: [] as number[],
    putIn: [] as number[],
    takenOut: [] as number[],
    ...{ compared: 0, unsure: 0, wanted: 0 },
  };
  const { refused } = register;
  const known = new Set<number>();
  for (const [user, state] of entry.members.entries()) {
    known.add(user);
    if (!mustBeJudged(user, state, register, left)) continue;
    const isRead = read.has(user);
    sides.compared += 1;
    if (state === MEMBERSHIP.member) sides.wanted += 1;
    if (state === MEMBERSHIP.unsure || state === MEMBERSHIP.neverKnown) sides.unsure += 1;
    else if (state === MEMBERSHIP.refused && isRead) sides.putIn.push(user);
    else if (state === MEMBERSHIP.member && !isRead) {
      (refused.hasMember("removed", number, user) ? sides.takenOut : sides.missing).push(user);
    } else if (state === MEMBERSHIP.removed && isRead) {
      (refused.hasMember("added", number, user) ? sides.putIn : sides.extra).push(user);
    }
  }
  for (const user of read) if (!known.has(user)) sides.extra.push(user);
  return sides;
}

/** How many of our people may be in a group, by what was acknowledged. */
export function membersAtMost({ members }: GroupEntry): number {
  let count = 0;
  for (const [, state] of members.entries()) {
    if (state !== MEMBERSHIP.removed && state !== MEMBERSHIP.refused) count += 1;
  }
  return count;
}

// Whoever was deleted or deactivated may have lost the membership with it; nobody documents that they may not. One that
// was removed does not come back by that.
function mustBeJudged(
  user: number,
  membership: number,
  register: Register,
  left: ReadonlySet<number> | undefined,
): boolean {
  const isThere = register.presenceOf(user) === PRESENCE.there;
  const isActive = isSurelyActive(user, register) && left?.has(user) !== true;
  return isThere && (membership === MEMBERSHIP.removed || isActive);
}
