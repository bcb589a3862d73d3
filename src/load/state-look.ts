import type { Speak } from "../engine/request.ts";
import type { Playable } from "../model/play.ts";
import { compareMembers, membersAtMost } from "./compare-members.ts";
import {
  type Account,
  compareGroup,
  compareUser,
  type DocumentedState,
  type Seen,
  seenFirst,
} from "./compare-state.ts";
import { Findings } from "./findings.ts";
import type { GroupEntry } from "./group-entry.ts";
import { halfMade, hasSuspects, type Made } from "./half-made.ts";
import { look, memberIdsIn, nameReader, type ReadName, type Shown, walk } from "./read-back.ts";
import { ACTIVITY, PRESENCE } from "./register.ts";

/** The lists leave out who is inactive: whether somebody like that is there, they do not tell. */
export const UNLISTED_INACTIVE = Symbol("inactive people are not listed");
/** Suspects that are looked at one by one before anybody is accused of having lost them. */
const MOST_CONFIRMED = 1_000;
/** What fewer people than this show of whom a server makes active is nothing to go by. */
const FEWEST_ACTIVE = 10;

/** Whose state is looked at, and by what it is judged. */
export interface StateLookOptions {
  /** Accounts of every run whose writes are to be found: one for each shard. */
  readonly accounts: readonly Account[];
  readonly speak: Speak;
  /** Attributes that every person was created with and still has to have; see `attributesOfPeople`. */
  readonly attributes: readonly string[];
  /** What the product documents of itself; nothing unless given. */
  readonly documented?: DocumentedState;
  readonly onProgress?: (text: string) => void;
}

/** A group whose members are known from what was acknowledged. */
interface GroupToCompare {
  readonly run: number;
  readonly account: Account;
  readonly number: number;
  readonly entry: GroupEntry;
  readonly shown: Shown;
}

/** One look at the server's whole state. */
export class StateLook {
  readonly findings = new Findings();
  readonly compared = { users: 0, groups: 0, members: 0, unsure: 0 };
  requests = 0;
  /** Why nothing can be told of members, if so. */
  membersUntold: string | undefined;
  readonly #options: StateLookOptions;
  readonly #readName: ReadName;
  /** Who has an id: run and number in one. */
  readonly #owners = new Map<string, { readonly run: number; readonly number: number }>();
  readonly #users: Map<number, Seen>[];
  readonly #groups: Map<number, Shown[]>[];
  /** Who was acknowledged and is there once. */
  readonly #made: Made[] = [];
  /** Who is gone or inactive although that was refused, by run. */
  readonly #left: Set<number>[];

  constructor(options: StateLookOptions) {
    this.#options = options;
    this.#readName = nameReader(options.accounts.map(({ marker }) => marker));
    this.#users = options.accounts.map(() => new Map());
    this.#groups = options.accounts.map(() => new Map());
    this.#left = options.accounts.map(() => new Set());
  }

  /** Why nothing can be told, if so. */
  *everything(): Playable<string | undefined> {
    const { speak, attributes, onProgress } = this.#options;
    onProgress?.("Reading back the people");
    const users = yield* walk("Users", this.#readName, speak, (shown) => this.#seeUser(shown), attributes);
    this.requests += users.requests;
    if (users.problem !== undefined) return users.problem;
    if (this.#hasGroups()) {
      onProgress?.("Reading back the groups");
      const groups = yield* walk("Groups", this.#readName, speak, (shown) => this.#seeGroup(shown));
      this.requests += groups.requests;
      if (groups.problem !== undefined) return groups.problem;
    }
    this.#compareUsers();
    return yield* this.#compareGroups();
  }

  /**
   * A list may skip somebody. Whoever seems lost is read by id where the id is known: found, it is the list that cannot
   * be trusted, and then nothing is told of the others either; unless it only leaves out who is inactive, as lists may.
   */
  *confirmLost(): Playable<string | typeof UNLISTED_INACTIVE | undefined> {
    const mayBeGone = this.#options.documented?.deactivatedMayBeGone === true;
    const suspects = this.findings.absent.filter(({ id }) => id !== undefined);
    for (const { collection, id, name } of suspects.slice(0, MOST_CONFIRMED)) {
      const looked = yield* look(collection, id ?? "", this.#options.speak);
      this.requests += 1;
      if (looked.kind === "there" && collection === "Users" && looked.body.active === false && !mayBeGone) {
        return UNLISTED_INACTIVE;
      }
      if (looked.kind === "there") {
        return `the list of ${collection} does not show ${name}, and a read of ${id} does: the lists cannot be compared with what was acknowledged`;
      }
      if (looked.kind === "unclear") return looked.why;
    }
    return undefined;
  }

  get hasHalfMade(): boolean {
    return hasSuspects(this.#made, this.#options.attributes);
  }

  *confirmHalfMade(): Playable<void> {
    const { attributes, speak } = this.#options;
    const { found, requests } = yield* halfMade(this.#made, attributes, speak);
    this.requests += requests;
    for (const person of found) this.findings.add({ kind: "half-made", collection: "Users", ...person });
  }

  #hasGroups(): boolean {
    return this.#options.accounts.some(({ register }) => register.groups.size > 0);
  }

  #seeUser(shown: Shown): void {
    const { run, number, id } = shown;
    this.#owners.set(id, { run, number });
    const users = this.#users[run];
    const before = users?.get(number);
    if (before === undefined) users?.set(number, seenFirst(shown));
    // The same resource on two pages is a matter of paging, not two people.
    else if (!before.ids.includes(id)) users?.set(number, { ...before, ids: [...before.ids, id] });
  }

  #seeGroup(shown: Shown): void {
    const groups = this.#groups[shown.run];
    const before = groups?.get(shown.number) ?? [];
    if (!before.some(({ id }) => id === shown.id)) groups?.set(shown.number, [...before, shown]);
  }

  #compareUsers(): void {
    const { accounts, documented } = this.#options;
    const known = { ...documented, makesActive: this.#makesActive() };
    for (const [run, account] of accounts.entries()) {
      for (let number = 0; number < account.register.userNumbers; number++) {
        if (account.register.presenceOf(number) === PRESENCE.never) continue;
        const renamed = this.#renamedUser(run, number, account);
        const seen = renamed ?? this.#users[run]?.get(number);
        // Who was refused and is not there is nobody, as it should be.
        if (seen !== undefined || account.register.presenceOf(number) !== PRESENCE.refused) {
          this.compared.users += 1;
        }
        const isRenamed = renamed !== undefined;
        const compared = compareUser(number, account, seen, this.findings, { ...known, isRenamed });
        if (compared === "unsure") this.compared.unsure += 1;
        else this.#noteMade(account.register.presenceOf(number), seen);
        if (compared === "left") this.#left[run]?.add(number);
      }
    }
  }

  /** Somebody who is shown by no name but one that a rename was refused. */
  #renamedUser(run: number, number: number, { register }: Account): Seen | undefined {
    const users = this.#users[run];
    if (users?.has(number) !== false || register.presenceOf(number) !== PRESENCE.there) return undefined;
    for (const other of register.refused.namesOf(number)) {
      const seen = register.presenceOf(other) === PRESENCE.never ? users.get(other) : undefined;
      for (const id of seen?.ids ?? []) this.#owners.set(id, { run, number });
      if (seen !== undefined) return seen;
    }
    return undefined;
  }

  /**
   * Whether everybody who was made, and whom no write was to deactivate, is active. A server may make people inactive,
   * and then nothing is known of whose deactivation was refused.
   */
  #makesActive(): boolean {
    let active = 0;
    for (const [run, { register }] of this.#options.accounts.entries()) {
      for (const [number, seen] of this.#users[run] ?? []) {
        if (register.presenceOf(number) !== PRESENCE.there || seen.active === undefined) continue;
        if (register.activityOf(number) !== ACTIVITY.unsaid) continue;
        if (register.refused.has("deactivated", number)) continue;
        if (!seen.active) return false;
        active += 1;
      }
    }
    return active >= FEWEST_ACTIVE;
  }

  #noteMade(presence: number, seen: Seen | undefined): void {
    const [id, ...others] = seen?.ids ?? [];
    if (presence !== PRESENCE.there || seen === undefined || id === undefined || others.length > 0) return;
    this.#made.push({ id, name: seen.name, shows: seen.shows });
  }

  *#compareGroups(): Playable<string | undefined> {
    const silent: GroupToCompare[] = [];
    let mostShown: number | undefined;
    for (const group of this.#groupsToCompare()) {
      if (this.#options.documented?.noMembersBecause !== undefined) {
        silent.push(group);
        continue;
      }
      const read = yield* this.#membersOf(group.shown);
      if (read.kind === "problem") return read.why;
      if (read.kind === "gone") this.#tellHalfMade(group.shown);
      else if (read.members === undefined) silent.push(group);
      else {
        mostShown = Math.max(mostShown ?? 0, read.members.length);
        this.#compareMembers(group, read.members);
      }
    }
    this.#compareSilent(silent, mostShown);
    return undefined;
  }

  /**
   * Where others show theirs, a group that shows none has none; unless it is larger than they are: a server may leave
   * out the members of large groups.
   */
  #compareSilent(silent: readonly GroupToCompare[], mostShown: number | undefined): void {
    const largest = mostShown ?? -1;
    const isLarger = ({ entry }: GroupToCompare) => membersAtMost(entry) > largest;
    for (const group of silent) if (!isLarger(group)) this.#compareMembers(group, []);
    const untold = silent.find(isLarger);
    if (untold === undefined) return;
    const { name } = untold.shown;
    const seen =
      mostShown === undefined
        ? `the server shows no members of any group, ${name} for one`
        : `the server shows no members of ${name}, nor of any other group of more than ${mostShown}`;
    this.membersUntold = this.#options.documented?.noMembersBecause ?? seen;
  }

  /** Groups that are there once and have members by what was acknowledged; the others are compared on the way. */
  *#groupsToCompare(): Generator<GroupToCompare> {
    for (const [run, account] of this.#options.accounts.entries()) {
      for (const [number, entry] of account.register.groups) {
        const shown = this.#shownGroups(run, number, account);
        this.compared.groups += 1;
        const certainty = compareGroup(number, account, shown, this.findings);
        if (certainty === "unsure") this.compared.unsure += 1;
        const [only] = shown;
        if (only === undefined || shown.length > 1 || entry.presence !== PRESENCE.there) continue;
        if (!entry.members.isEmpty) yield { run, account, number, entry, shown: only };
      }
    }
  }

  /** What has the group's name, or else one that a rename was refused. */
  #shownGroups(run: number, number: number, { register }: Account): readonly Shown[] {
    const groups = this.#groups[run];
    const shown = groups?.get(number);
    if (shown !== undefined || register.groups.get(number)?.presence !== PRESENCE.there) return shown ?? [];
    const others = [...register.refused.namesOf(number)].filter((other) => !register.groups.has(other));
    return others.flatMap((other) => groups?.get(other) ?? []);
  }

  #tellHalfMade({ name, id }: Shown): void {
    const detail = "The list shows the group, and a read of it does not.";
    this.findings.add({ kind: "half-made", collection: "Groups", name, id, detail });
  }

  #compareMembers({ run, account, ...group }: GroupToCompare, ids: readonly string[]): void {
    const ours = new Set<number>();
    for (const id of ids) {
      const owner = this.#owners.get(id);
      if (owner?.run === run) ours.add(owner.number);
    }
    const left = this.#left[run] ?? new Set();
    const members = compareMembers({ ...group, read: ours, left }, account, this.findings);
    this.compared.members += members.compared;
    this.compared.unsure += members.unsure;
  }

  *#membersOf(
    group: Shown,
  ): Playable<
    | { readonly kind: "read"; readonly members: readonly string[] | undefined }
    | { readonly kind: "gone" }
    | { readonly kind: "problem"; readonly why: string }
  > {
    // Some servers show members only when asked for them.
    for (const query of ["", "?attributes=members"]) {
      const looked = yield* look("Groups", group.id, this.#options.speak, query);
      this.requests += 1;
      if (looked.kind === "unclear") return { kind: "problem", why: looked.why };
      if (looked.kind === "not-there") return { kind: "gone" };
      const members = memberIdsIn(looked.body);
      if (members !== undefined) return { kind: "read", members };
    }
    return { kind: "read", members: undefined };
  }
}
