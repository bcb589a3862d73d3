import { plural } from "../model/count.ts";
import type { FindingKind } from "../model/load-reconciliation.ts";
import type { Findings } from "./findings.ts";
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

export const areIs = (count: number) => (count === 1 ? "is" : "are");
const acknowledged = (count: number, name: string) =>
  `${plural(count, "create")} of ${name} ${count === 1 ? "was" : "were"} acknowledged`;

const quoted = (name: string) => (name === "" ? "" : `\`${name}\``);
const renamed = (from: string, to: string) =>
  `A rename of ${quoted(from)} to ${quoted(to)} was refused; the list shows the new name.`;

/**
 * How a comparison ended. `unsure`: nobody can say what would be right; `left`: a refused delete or deactivation was
 * carried out, and memberships may have gone with it.
 */
export type Compared = "sure" | "unsure" | "left";

/** What is known besides of whom is compared. */
export interface UserKnown extends DocumentedState {
  /** The list shows this person by the name that a refused rename would have given. */
  readonly isRenamed?: boolean;
  /** Whom nobody deactivated the server shows active, everyone. */
  readonly makesActive?: boolean;
}

/** Compares one person, and tells of what is wrong. */
export function compareUser(
  number: number,
  { marker, register }: Account,
  seen: Seen | undefined,
  findings: Findings,
  known: UserKnown = {},
): Compared {
  const presence = register.presenceOf(number);
  const name = seen?.name ?? `${marker}${number}@example.com`;
  const id = seen?.ids[0] ?? register.ids.idOf(number);
  const tell = (kind: FindingKind, detail: string, isAbsent = false) =>
    findings.add(
      { kind, collection: "Users", name, detail, ...(id === undefined ? {} : { id }) },
      1,
      isAbsent,
    );
  if (presence === PRESENCE.never) return "sure";
  if (seen !== undefined && seen.ids.length > 1) {
    tell(
      "doubled",
      `The list shows ${seen.ids.length} people named ${quoted(name)}: ${seen.ids.join(", ")}.`,
    );
  }
  if (presence === PRESENCE.unsure) return "unsure";
  if (presence === PRESENCE.there && seen === undefined) {
    if (known.deactivatedMayBeGone === true && mayBeInactive(number, register)) return "unsure";
    if (register.refused.has("deleted", number)) {
      tell(APPLIED, `A delete of ${quoted(name)} was refused; no list and no read shows this person.`, true);
      return "left";
    }
    tell(
      "lost",
      `The create of ${quoted(name)} was acknowledged; no list and no read shows this person.`,
      true,
    );
  }
  if (presence === PRESENCE.gone && seen !== undefined && known.deletedPeopleStay !== true) {
    tell("resurrected", `The delete of ${quoted(name)} was acknowledged; the list still shows this person.`);
  }
  if (presence === PRESENCE.refused && seen !== undefined) {
    tell(APPLIED, `Every create of ${quoted(name)} was refused; the list shows this person.`);
  }
  if (presence !== PRESENCE.there || seen === undefined) return "sure";
  if (known.isRenamed === true) tell(APPLIED, renamed(`${marker}${number}@example.com`, name));
  return compareActivity(number, register, seen, known.makesActive === true, tell);
}

function compareActivity(
  number: number,
  register: Register,
  { name, active }: Seen,
  makesActive: boolean,
  tell: (kind: FindingKind, detail: string) => void,
): Compared {
  const activity = register.activityOf(number);
  const isUnsaid = activity === ACTIVITY.unsaid;
  if (active === undefined) return "sure";
  if (activity === ACTIVITY.inactive && active) {
    if (register.refused.has("reactivated", number)) {
      tell(APPLIED, `A reactivation of ${quoted(name)} was refused; the list shows active.`);
    } else
      tell("wrong-state", `The deactivation of ${quoted(name)} was acknowledged; the list shows active.`);
  }
  if (!active && (activity === ACTIVITY.active || (isUnsaid && makesActive))) {
    if (register.refused.has("deactivated", number)) {
      tell(APPLIED, `A deactivation of ${quoted(name)} was refused; the list shows inactive.`);
      return "left";
    }
    if (!isUnsaid) {
      tell("wrong-state", `The reactivation of ${quoted(name)} was acknowledged; the list shows inactive.`);
    }
  }
  return activity === ACTIVITY.unsure || activity === ACTIVITY.neverKnown ? "unsure" : "sure";
}

/**
 * Compares whether a group is there, and how often.
 * @param shown what has its name, or the name of a refused rename
 */
export function compareGroup(
  number: number,
  { marker, register }: Account,
  shown: readonly Shown[],
  findings: Findings,
): "sure" | "unsure" {
  const { id: knownId, presence, created, mayBeMore } = register.group(number);
  const name = shown[0]?.name ?? `${marker}${number}`;
  const id = shown[0]?.id ?? knownId;
  const tell = (kind: FindingKind, detail: string, count = 1, isAbsent = false) =>
    findings.add(
      { kind, collection: "Groups", name, detail, ...(id === undefined ? {} : { id }) },
      count,
      isAbsent,
    );
  if (presence === PRESENCE.never) return "sure";
  if (presence === PRESENCE.unsure) return "unsure";
  const isDeleted = presence === PRESENCE.there && register.refused.has("deleted", number);
  const missing = created - shown.length - (isDeleted && shown.length < created ? 1 : 0);
  if (isDeleted && shown.length < created) {
    tell(APPLIED, `A delete of ${quoted(name)} was refused; no list and no read shows the group.`, 1, true);
  }
  if (presence === PRESENCE.there && missing > 0) {
    tell(
      "lost",
      `${acknowledged(created, quoted(name))}; ${shown.length} ${areIs(shown.length)} there.`,
      missing,
      true,
    );
  }
  for (const one of shown) {
    if (one.number !== number) tell(APPLIED, renamed(`${marker}${number}`, one.name));
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
    tell(APPLIED, `Every create of ${quoted(name)} was refused; the list shows the group.`);
  }
  return mayBeMore ? "unsure" : "sure";
}

const APPLIED = "applied-after-refusal";

const mayBeInactive = (user: number, register: Register) =>
  !isSurelyActive(user, register) || register.refused.has("deactivated", user);

export function isSurelyActive(user: number, register: Register): boolean {
  const activity = register.activityOf(user);
  return activity === ACTIVITY.unsaid || activity === ACTIVITY.active;
}
