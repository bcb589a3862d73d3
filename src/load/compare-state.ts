import { plural } from "../model/count.ts";
import { FINDING_KINDS, type Finding, type FindingKind } from "../model/load-reconciliation.ts";
import { type GroupEntry, MEMBERSHIP } from "./group-entry.ts";
import type { Shown } from "./read-back.ts";
import { ACTIVITY, PRESENCE, type Register } from "./register.ts";

/** One run's account of what was acknowledged to it. */
export interface Account {
  /** What every name of the run contains. */
  readonly marker: string;
  readonly register: Register;
}

/** What a product documents of itself, and what therefore is no finding. */
export interface DocumentedState {
  /** Why a group that is read shows no members; absent where it should. */
  readonly noMembersBecause?: string;
  /** Somebody who is deactivated may be gone altogether. */
  readonly deactivatedMayBeGone?: boolean;
  /** Somebody who is deleted is only deactivated. */
  readonly deletedPeopleStay?: boolean;
}

/** Findings of each kind that are kept by name. */
const MOST_NAMED = 100;
const MOST_MEMBERS_NAMED = 20;

/** Gathers findings: all are counted, and the first of each kind are kept. */
export class Findings {
  readonly counts: Record<FindingKind, number>;
  readonly named: Finding[] = [];

  constructor() {
    this.counts = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0])) as Record<FindingKind, number>;
  }

  get isEmpty(): boolean {
    return FINDING_KINDS.every((kind) => this.counts[kind] === 0);
  }

  add(finding: Finding, count = 1): void {
    this.counts[finding.kind] += count;
    if (this.named.filter(({ kind }) => kind === finding.kind).length < MOST_NAMED) this.named.push(finding);
  }
}

/** What a walk showed of one person: usually one resource. */
export interface Seen {
  readonly ids: readonly string[];
  readonly name: string;
  readonly active?: boolean;
  /** See `Shown`. */
  readonly shows: number;
}

export const seenFirst = ({ id, name, active, shows }: Shown): Seen => ({
  ids: [id],
  name,
  shows,
  ...(active === undefined ? {} : { active }),
});

const areIs = (count: number) => (count === 1 ? "is" : "are");
const membersWere = (count: number) => plural(count, "member was", "members were");
const acknowledged = (count: number, name: string) =>
  `${plural(count, "create")} of ${name} ${count === 1 ? "was" : "were"} acknowledged`;

const quoted = (name: string) => (name === "" ? "" : `\`${name}\``);

/** Compares one person. Tells of what is wrong, and of whether nobody can say what would be right. */
export function compareUser(
  number: number,
  { marker, register }: Account,
  seen: Seen | undefined,
  findings: Findings,
  documented: DocumentedState = {},
): "sure" | "unsure" {
  const presence = register.presenceOf(number);
  const name = seen?.name ?? `${marker}${number}@example.com`;
  const id = seen?.ids[0] ?? register.ids.idOf(number);
  const tell = (kind: FindingKind, detail: string) =>
    findings.add({ kind, collection: "Users", name, detail, ...(id === undefined ? {} : { id }) });
  if (presence === PRESENCE.never) return "sure";
  if (seen !== undefined && seen.ids.length > 1) {
    tell(
      "doubled",
      `The list shows ${seen.ids.length} people named ${quoted(name)}: ${seen.ids.join(", ")}.`,
    );
  }
  if (presence === PRESENCE.unsure) return "unsure";
  if (presence === PRESENCE.there && seen === undefined) {
    const mayBeGone = documented.deactivatedMayBeGone === true && !isSurelyActive(number, register);
    if (mayBeGone) return "unsure";
    tell("lost", `The create of ${quoted(name)} was acknowledged; no list and no read shows this person.`);
  }
  if (presence === PRESENCE.gone && seen !== undefined && documented.deletedPeopleStay !== true) {
    tell("resurrected", `The delete of ${quoted(name)} was acknowledged; the list still shows this person.`);
  }
  if (presence === PRESENCE.refused && seen !== undefined) {
    tell("applied-after-refusal", `Every create of ${quoted(name)} was refused; the list shows this person.`);
  }
  if (presence === PRESENCE.there && seen?.active !== undefined) {
    const activity = register.activityOf(number);
    if (activity === ACTIVITY.inactive && seen.active) {
      tell("wrong-state", `The deactivation of ${quoted(name)} was acknowledged; the list shows active.`);
    }
    if (activity === ACTIVITY.active && !seen.active) {
      tell("wrong-state", `The reactivation of ${quoted(name)} was acknowledged; the list shows inactive.`);
    }
    if (activity === ACTIVITY.unsure || activity === ACTIVITY.neverKnown) return "unsure";
  }
  return "sure";
}

/** Compares whether a group is there, and how often. */
export function compareGroup(
  number: number,
  entry: GroupEntry,
  marker: string,
  shown: readonly Shown[],
  findings: Findings,
): "sure" | "unsure" {
  const name = shown[0]?.name ?? `${marker}${number}`;
  const id = shown[0]?.id ?? entry.id;
  const tell = (kind: FindingKind, detail: string, count = 1) =>
    findings.add({ kind, collection: "Groups", name, detail, ...(id === undefined ? {} : { id }) }, count);
  const { presence, created, mayBeMore } = entry;
  if (presence === PRESENCE.never) return "sure";
  if (presence === PRESENCE.unsure) return "unsure";
  const missing = created - shown.length;
  if (presence === PRESENCE.there && missing > 0) {
    tell(
      "lost",
      `${acknowledged(created, quoted(name))}; ${shown.length} ${areIs(shown.length)} there.`,
      missing,
    );
  }
  if (presence === PRESENCE.there && missing < 0 && !mayBeMore) {
    const ids = shown.map((one) => one.id).join(", ");
    tell(
      "doubled",
      `${acknowledged(created, quoted(name))}; ${shown.length} ${areIs(shown.length)} there: ${ids}.`,
    );
  }
  if (presence === PRESENCE.gone && shown.length > 0) {
    tell("resurrected", `The delete of ${quoted(name)} was acknowledged; the list still shows the group.`);
  }
  if (presence === PRESENCE.refused && shown.length > 0) {
    tell("applied-after-refusal", `Every create of ${quoted(name)} was refused; the list shows the group.`);
  }
  return mayBeMore ? "unsure" : "sure";
}

/** How a group's members compare. */
export interface MembersCompared {
  readonly compared: number;
  readonly unsure: number;
}

/**
 * Compares the members of one group that is there once.
 * @param read numbers of those of our people whom the group shows
 */
export function compareMembers(
  group: Pick<Shown, "id" | "name">,
  entry: GroupEntry,
  { marker, register }: Account,
  read: ReadonlySet<number>,
  findings: Findings,
): MembersCompared {
  const sides = { missing: [] as number[], extra: [] as number[], refused: [] as number[] };
  let compared = 0;
  let unsure = 0;
  let wanted = 0;
  const known = new Set<number>();
  for (const [user, state] of entry.members.entries()) {
    known.add(user);
    if (!mustBeJudged(user, state, register)) continue;
    compared += 1;
    const isRead = read.has(user);
    if (state === MEMBERSHIP.member) wanted += 1;
    if (state === MEMBERSHIP.unsure || state === MEMBERSHIP.neverKnown) unsure += 1;
    else if (state === MEMBERSHIP.member && !isRead) sides.missing.push(user);
    else if (state === MEMBERSHIP.removed && isRead) sides.extra.push(user);
    else if (state === MEMBERSHIP.refused && isRead) sides.refused.push(user);
  }
  for (const user of read) if (!known.has(user)) sides.extra.push(user);
  const tell = (kind: FindingKind, users: readonly number[], detail: string, count = users.length) => {
    if (users.length === 0) return;
    const members = users.slice(0, MOST_MEMBERS_NAMED).map((user) => `${marker}${user}@example.com`);
    const { id, name } = group;
    findings.add({ kind, collection: "Groups", name, id, members, detail }, count);
  };
  const { missing, extra, refused } = sides;
  const isHalfMade = wanted > 0 && missing.length === wanted && read.size === 0;
  if (isHalfMade) {
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
    refused,
    `Adding ${plural(refused.length, "person", "people")} was refused, and ${refused.length === 1 ? "that one is" : "they are"} in the group.`,
  );
  return { compared, unsure };
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
function mustBeJudged(user: number, membership: number, register: Register): boolean {
  const isThere = register.presenceOf(user) === PRESENCE.there;
  return isThere && (membership === MEMBERSHIP.removed || isSurelyActive(user, register));
}

function isSurelyActive(user: number, register: Register): boolean {
  const activity = register.activityOf(user);
  return activity === ACTIVITY.unsaid || activity === ACTIVITY.active;
}
