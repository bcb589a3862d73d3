import type { Effect } from "./effects.ts";
import type { GroupEntry } from "./group-entry.ts";
import { NumberMap } from "./number-map.ts";

const DELETE = 1;
const DEACTIVATE = 2;
const REACTIVATE = 4;
const ADD = 1;
const REMOVE = 2;

/** As `RegisterText` has states: in runs. */
export interface RefusedEntries {
  readonly subjects: Iterable<readonly [number: number, state: number]>;
  readonly names: Iterable<readonly [number: number, other: number]>;
  readonly members: Iterable<readonly [group: number, Iterable<readonly [user: number, state: number]>]>;
}

/**
 * Writes that were refused and that nothing acknowledged has overtaken since, by the number of whom or what they were
 * about. Where the state is as one of them wanted it and not as the register has it, the refused write was carried out.
 * Creates, and adds of who never was a member, are in the register itself.
 */
export class RefusedWrites {
  readonly #subjects = new NumberMap();
  readonly #names = new Map<number, Set<number>>();
  readonly #members = new Map<number, NumberMap>();
  /** When the latest refused replacement of all members was sent, by group. */
  readonly #clearedSentAt = new Map<number, number>();
  #isEmpty = true;

  refused(
    effect: Effect,
    number: number,
    other: number,
    group: (number: number) => GroupEntry | undefined,
    sent: number,
  ): void {
    this.#isEmpty = false;
    switch (effect) {
      case "user-deleted":
      case "group-deleted":
        this.#note(number, DELETE);
        break;
      case "user-deactivated":
        this.#note(number, DEACTIVATE);
        break;
      case "user-reactivated":
        this.#note(number, REACTIVATE);
        break;
      case "user-renamed":
      case "group-renamed":
        if (number !== other) this.#names.set(number, (this.#names.get(number) ?? new Set()).add(other));
        break;
      case "member-added":
        // Who is in a refused replacement would have stayed in the group with it.
        if (this.#clearedSentAt.get(number) === sent) this.#noteMember(number, other, ADD, REMOVE);
        else this.#noteMember(number, other, ADD);
        break;
      case "member-removed":
        this.#noteMember(number, other, REMOVE);
        break;
      case "members-cleared":
        for (const [user] of group(number)?.members.entries() ?? []) this.#noteMember(number, user, REMOVE);
        this.#clearedSentAt.set(number, sent);
    }
  }

  /** What was acknowledged is the last word on what it changed. */
  overtaken(effect: Effect, number: number, other: number): void {
    if (this.#isEmpty) return;
    switch (effect) {
      case "user-created":
      case "group-created":
        this.#note(number, 0, DELETE);
        break;
      case "user-deactivated":
      case "user-reactivated":
        this.#note(number, 0, DEACTIVATE | REACTIVATE);
        break;
      case "user-renamed":
      case "group-renamed":
        this.#renamed(number, other);
        break;
      case "member-added":
      case "member-removed":
        if (this.#members.has(number)) this.#noteMember(number, other, 0, ADD | REMOVE);
        break;
      case "members-cleared":
        this.#members.delete(number);
    }
  }

  /** Whether a write of this kind about that person or group was refused. */
  has(effect: "deleted" | "deactivated" | "reactivated", number: number): boolean {
    const bit = effect === "deleted" ? DELETE : effect === "deactivated" ? DEACTIVATE : REACTIVATE;
    return (this.#subjects.stateOf(number) & bit) !== 0;
  }

  /** Numbers of the names that it was to have and was refused. */
  namesOf(number: number): Iterable<number> {
    return this.#names.get(number) ?? [];
  }

  /** Whether that person's add to the group, or removal from it, was refused. */
  hasMember(effect: "added" | "removed", group: number, user: number): boolean {
    const state = this.#members.get(group)?.stateOf(user) ?? 0;
    return (state & (effect === "added" ? ADD : REMOVE)) !== 0;
  }

  entries(): RefusedEntries {
    const names = [...this.#names].flatMap(([number, others]) =>
      [...others].map((other) => [number, other] as const),
    );
    const members = [...this.#members].map(([group, states]) => [group, states.entries()] as const);
    return { subjects: this.#subjects.entries(), names, members };
  }

  take({ subjects, names, members }: RefusedEntries): void {
    this.#isEmpty = false;
    for (const [number, state] of subjects) this.#note(number, state);
    for (const [number, other] of names) this.refused("user-renamed", number, other, () => undefined, 0);
    for (const [group, states] of members) {
      for (const [user, state] of states) this.#noteMember(group, user, state);
    }
  }

  #note(number: number, set: number, unset = 0): void {
    const before = this.#subjects.stateOf(number);
    const after = (before & ~unset) | set;
    if (after !== before) this.#subjects.set(number, after, 0);
  }

  #noteMember(group: number, user: number, set: number, unset = 0): void {
    const members = this.#members.get(group) ?? new NumberMap();
    this.#members.set(group, members);
    members.set(user, (members.stateOf(user) & ~unset) | set, 0);
  }

  /** What was refused of it under its old name is still about it. */
  #renamed(number: number, other: number): void {
    if (number === other) return;
    this.#names.delete(number);
    this.#note(other, this.#subjects.stateOf(number));
    const members = this.#members.get(number);
    if (members === undefined) return;
    this.#members.set(other, members);
    this.#members.delete(number);
  }
}
