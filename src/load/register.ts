import type { Collection } from "../model/scim.ts";
import { type Certainty, type Effect, takesAway } from "./effects.ts";
import { type GroupEntry, MEMBERSHIP, newGroupEntry, overlapsInGroup } from "./group-entry.ts";
import { IdStore } from "./id-store.ts";
import { inUnits, NumberMap } from "./number-map.ts";
import { RefusedWrites } from "./refused-writes.ts";
import type { EffectBook } from "./tally.ts";

/** Whether a person or a group has to be there. */
export const PRESENCE = {
  never: 0,
  /** A create was acknowledged. */
  there: 1,
  /** A delete was acknowledged, or it has another name by now. */
  gone: 2,
  /** Every try to create it was refused. */
  refused: 3,
  /** The last write got no answer, or overlapped with another: both is right. */
  unsure: 4,
} as const;
export type Presence = (typeof PRESENCE)[keyof typeof PRESENCE];

/** Whether a person has to be active, where a write said so. */
export const ACTIVITY = { unsaid: 0, active: 1, inactive: 2, unsure: 3, neverKnown: 4 } as const;

export interface AcknowledgedCounts {
  created: number;
  changed: number;
  deleted: number;
  membersAdded: number;
  membersRemoved: number;
}

type Known = Exclude<Certainty, "found-nothing">;

/**
 * What the server acknowledged, by the numbers in our names: a byte for each person, five bytes for each membership.
 * What nobody can know is kept as unsure, so that it never becomes an accusation.
 */
export class Register implements EffectBook {
  readonly ids = new IdStore();
  readonly refused = new RefusedWrites();
  readonly groups = new Map<number, GroupEntry>();
  readonly counts: AcknowledgedCounts = {
    created: 0,
    changed: 0,
    deleted: 0,
    membersAdded: 0,
    membersRemoved: 0,
  };
  #users = new Uint8Array(4_096);
  /** One more than the highest number of a person. */
  userNumbers = 0;
  readonly #activity = new NumberMap();
  #startAt: number | undefined;

  took(
    effect: Effect,
    certainty: Certainty,
    number: number,
    other: number,
    id: string,
    sentAt: number,
    endedAt: number,
  ): void {
    this.#startAt ??= sentAt;
    const sent = inUnits(sentAt - this.#startAt);
    const ended = inUnits(endedAt - this.#startAt);
    if (certainty === "acknowledged") {
      this.#count(effect);
      this.refused.overtaken(effect, number, other);
    }
    // A refusal because there was nothing to take away says that something else took it.
    if (certainty === "found-nothing" && takesAway(effect)) return;
    const told = certainty === "found-nothing" ? "refused" : certainty;
    if (told === "refused")
      this.refused.refused(effect, number, other, (group) => this.groups.get(group), sent);
    this.#change(effect, told, number, other, id, sent, ended);
  }

  #change(
    effect: Effect,
    certainty: Known,
    number: number,
    other: number,
    id: string,
    sent: number,
    ended: number,
  ): void {
    switch (effect) {
      case "user-created":
        this.#userCreated(number, certainty);
        this.ids.keep(number, id);
        break;
      case "user-deleted":
        this.#userGone(number, certainty);
        break;
      case "user-renamed":
        this.#userRenamed(number, other, certainty);
        break;
      case "user-deactivated":
      case "user-reactivated":
        this.#activated(number, effect === "user-reactivated", certainty, sent, ended);
        break;
      case "group-created":
        this.#groupCreated(number, certainty, id);
        break;
      case "group-deleted":
        this.#groupGone(number, certainty);
        break;
      case "group-renamed":
        this.#groupRenamed(number, other, certainty);
        break;
      case "member-added":
      case "member-removed":
        this.#membership(number, other, effect === "member-added", certainty, sent, ended);
        break;
      case "members-cleared":
        this.#cleared(number, certainty, sent, ended);
    }
  }

  presenceOf(user: number): Presence {
    return (this.#users[user] ?? 0) as Presence;
  }

  activityOf(user: number): number {
    return this.#activity.stateOf(user);
  }

  /** Whether everything told so far leaves that person, or that group, there without a doubt. */
  isThere(number: number): boolean {
    const presence = this.groups.get(number)?.presence ?? this.presenceOf(number);
    return presence === PRESENCE.there;
  }

  /** The same of a membership, and of both who are in it. */
  isMember(group: number, user: number): boolean {
    const state = this.groups.get(group)?.members.stateOf(user);
    return state === MEMBERSHIP.member && this.isThere(group) && this.isThere(user);
  }

  /** Whether anything of that kind was sent that may have made or changed one, whatever came of it. */
  knows(collection: Collection): boolean {
    return collection === "Groups" ? this.groups.size > 0 : this.userNumbers > 0;
  }

  /** Ids that answers to creates told of what may still be there. */
  *idsOf(collection: Collection): Generator<string> {
    const mayBe = (presence: Presence) => presence === PRESENCE.there || presence === PRESENCE.unsure;
    if (collection === "Groups") {
      for (const { id, presence } of this.groups.values()) if (id !== undefined && mayBe(presence)) yield id;
      return;
    }
    for (let user = 0; user < this.userNumbers; user++) {
      const id = mayBe(this.presenceOf(user)) ? this.ids.idOf(user) : undefined;
      if (id !== undefined) yield id;
    }
  }

  setUser(user: number, presence: Presence, activity: number): void {
    this.#write(user, presence);
    if (activity !== ACTIVITY.unsaid) this.#activity.set(user, activity, 0);
  }

  group(number: number): GroupEntry {
    const known = this.groups.get(number);
    if (known !== undefined) return known;
    const entry = newGroupEntry();
    this.groups.set(number, entry);
    return entry;
  }

  #userCreated(user: number, certainty: Known): void {
    const before = this.presenceOf(user);
    if (certainty === "acknowledged") this.#write(user, PRESENCE.there);
    else if (certainty === "unsure") {
      if (before !== PRESENCE.there) this.#write(user, PRESENCE.unsure);
    } else if (before === PRESENCE.never) this.#write(user, PRESENCE.refused);
  }

  #userGone(user: number, certainty: Known): void {
    if (certainty !== "refused") {
      this.#write(user, certainty === "acknowledged" ? PRESENCE.gone : PRESENCE.unsure);
    }
  }

  #userRenamed(user: number, other: number, certainty: Known): void {
    if (certainty === "refused" || user === other) return;
    this.#userGone(user, certainty);
    this.#write(other, certainty === "acknowledged" ? PRESENCE.there : PRESENCE.unsure);
    this.ids.keep(other, this.ids.idOf(user) ?? "");
    this.#activity.set(other, this.#activity.stateOf(user), this.#activity.changedAt(user));
  }

  #activated(user: number, isActive: boolean, certainty: Known, sent: number, ended: number): void {
    if (certainty === "refused") return;
    const before = this.#activity.stateOf(user);
    if (before === ACTIVITY.neverKnown) return;
    const wanted = isActive ? ACTIVITY.active : ACTIVITY.inactive;
    const overlaps = before !== ACTIVITY.unsaid && before !== wanted && this.#activity.changedAt(user) > sent;
    const state = certainty === "unsure" ? ACTIVITY.neverKnown : overlaps ? ACTIVITY.unsure : wanted;
    this.#activity.set(user, state, Math.max(ended, this.#activity.changedAt(user)));
  }

  #groupCreated(number: number, certainty: Known, id: string): void {
    const group = this.group(number);
    if (id !== "") group.id ??= id;
    if (certainty === "acknowledged") {
      group.presence = PRESENCE.there;
      group.created += 1;
    } else if (certainty === "unsure") {
      group.mayBeMore = true;
      if (group.presence !== PRESENCE.there) group.presence = PRESENCE.unsure;
    } else if (group.presence === PRESENCE.never) group.presence = PRESENCE.refused;
  }

  #groupGone(number: number, certainty: Known): void {
    if (certainty === "refused") return;
    const group = this.group(number);
    // One of several of the same name: nobody can say by name which of them is left.
    const isOneOfMany = group.created > 1 || group.mayBeMore;
    group.created = Math.max(0, group.created - 1);
    if (isOneOfMany) group.mayBeMore = true;
    group.presence = certainty === "acknowledged" && !isOneOfMany ? PRESENCE.gone : PRESENCE.unsure;
  }

  #groupRenamed(number: number, other: number, certainty: Known): void {
    if (certainty === "refused" || number === other) return;
    const before = this.group(number);
    const isSure = certainty === "acknowledged" && before.created <= 1 && !before.mayBeMore;
    this.groups.set(other, { ...before, presence: isSure ? before.presence : PRESENCE.unsure });
    before.presence = isSure ? PRESENCE.gone : PRESENCE.unsure;
  }

  #membership(
    number: number,
    user: number,
    isMember: boolean,
    certainty: Known,
    sent: number,
    ended: number,
  ): void {
    const group = this.group(number);
    const before = group.members.stateOf(user);
    if (before === MEMBERSHIP.neverKnown) return;
    if (certainty === "refused") {
      if (before === MEMBERSHIP.never && isMember) group.members.set(user, MEMBERSHIP.refused, ended);
      return;
    }
    const wanted = isMember ? MEMBERSHIP.member : MEMBERSHIP.removed;
    const changedAt = group.members.changedAt(user);
    const overlaps = overlapsInGroup(group, before, wanted, changedAt, sent, ended);
    const isUnknowable = certainty === "unsure" || (isMember && group.mayBeCleared);
    const state = isUnknowable ? MEMBERSHIP.neverKnown : overlaps ? MEMBERSHIP.unsure : wanted;
    group.members.set(user, state, Math.max(ended, changedAt));
  }

  #cleared(number: number, certainty: Known, sent: number, ended: number): void {
    if (certainty === "refused") return;
    const group = this.group(number);
    for (const [user, before] of [...group.members.entries()]) {
      if (before === MEMBERSHIP.neverKnown) continue;
      const overlaps = group.members.changedAt(user) > sent;
      const state =
        certainty === "unsure" ? MEMBERSHIP.neverKnown : overlaps ? MEMBERSHIP.unsure : MEMBERSHIP.removed;
      group.members.set(user, state, Math.max(ended, group.members.changedAt(user)));
    }
    group.clearOverlaps = group.clearedAt > sent;
    group.mayBeCleared ||= certainty === "unsure";
    group.clearedSentAt = sent;
    group.clearedAt = Math.max(ended, group.clearedAt);
  }

  #write(user: number, value: number): void {
    if (user >= this.#users.length) {
      const grown = new Uint8Array(Math.max(user + 1, this.#users.length * 2));
      grown.set(this.#users);
      this.#users = grown;
    }
    this.#users[user] = value;
    if (user >= this.userNumbers) this.userNumbers = user + 1;
  }

  #count(effect: Effect): void {
    if (effect === "user-created" || effect === "group-created") this.counts.created += 1;
    else if (effect === "user-deleted" || effect === "group-deleted") this.counts.deleted += 1;
    else if (effect === "member-added") this.counts.membersAdded += 1;
    else if (effect === "member-removed") this.counts.membersRemoved += 1;
    else this.counts.changed += 1;
  }
}
