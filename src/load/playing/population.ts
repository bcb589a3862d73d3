import type { Names } from "../../engine/names.ts";
import type { Json } from "../../model/json.ts";
import type { Collection } from "../../model/scim.ts";
import { IdTable } from "./id-table.ts";

/** Bytes of members' JSON that are kept to be sent again. */
const MOST_KEPT = 32 * 1024 * 1024;
const MOST_GROUPS_KEPT = 1_000;

/**
 * The people and groups that were there before the clock started. Ids lie in one block of memory; everything else about a
 * person follows from the number of their name.
 */
export class Population {
  readonly users: IdTable = new IdTable();
  readonly groups: IdTable = new IdTable();
  /** Members that each group has from the start: the first group the first people, the second those after them. */
  membersEach = 0;
  readonly #names: Names;
  readonly #json = new Map<string, string>();
  #kept = 0;
  /** The first groups, by index: most plans have few, and every play names one. */
  readonly #toldGroups: Json[] = [];
  readonly #byId: Record<Collection, Map<string, number>> = { Users: new Map(), Groups: new Map() };

  constructor(names: Names) {
    this.#names = names;
  }

  userAt(index: number): number {
    return index % Math.max(1, this.users.length);
  }

  /**
   * Where the people begin that a play takes: the population is cut into parts of one size, and plays take turns. Groups
   * take turns too. Where the two keep step, so that a group would never meet other people, the parts move on by one in
   * each round.
   * @param isOfMembers only people who are in a group from the start
   */
  partFrom(play: number, size: number, isOfMembers: boolean): number {
    const groups = this.groups.length;
    const { length } = this.users;
    const people = isOfMembers ? Math.min(length, groups * this.membersEach) : length;
    const parts = Math.max(1, Math.floor(people / Math.max(1, size)));
    const inStep = groups === 0 ? 1 : commonDivisor(parts, groups);
    const moved = inStep === 1 ? 0 : Math.floor(play / ((parts * groups) / inStep));
    return ((play + moved) % parts) * size;
  }

  /** A member as group pushes send it. */
  member(index: number): Json | undefined {
    if (this.users.length === 0) return undefined;
    const at = this.userAt(index);
    return {
      value: this.users.idAt(at),
      display: this.#names.textOf("userName", "", this.users.numberAt(at)),
    };
  }

  members(from: number, count: number): readonly Json[] {
    return Array.from(
      { length: Math.min(count, this.users.length) },
      (_, index) => this.member(from + index) as Json,
    );
  }

  /** The same as JSON. Put together once for each part of the population, because it is sent again and again. */
  membersJson(from: number, count: number): string {
    const key = `${this.userAt(from)} ${count}`;
    const known = this.#json.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify(this.members(from, count));
    if (this.#kept + text.length > MOST_KEPT) {
      this.#json.clear();
      this.#kept = 0;
    }
    this.#json.set(key, text);
    this.#kept += text.length;
    return text;
  }

  /** The standing group a play works on; undefined when there is none. */
  group(index: number): Json | undefined {
    if (this.groups.length === 0) return undefined;
    const at = index % this.groups.length;
    const known = this.#toldGroups[at];
    if (known !== undefined) return known;
    const group = {
      id: this.groups.idAt(at),
      displayName: this.#names.textOf("groupName", "", this.groups.numberAt(at)),
    };
    if (at < MOST_GROUPS_KEPT) this.#toldGroups[at] = group;
    return group;
  }

  /** The index of the group of which the person at that index is a member from the start. */
  homeOf(index: number): number {
    return Math.floor(this.userAt(index) / Math.max(1, this.membersEach)) % Math.max(1, this.groups.length);
  }

  /**
   * Whether a number is that of somebody, or of a group, that was there before the clock started: whatever plays make
   * has a higher one.
   */
  includes(number: number): boolean {
    return number > 0 && number <= Math.max(this.users.highest, this.groups.highest);
  }

  /** The number of a person or group of the population, by the id the server gave. */
  numberOf(id: string, collection: Collection): number | undefined {
    const table = collection === "Users" ? this.users : this.groups;
    if (this.#byId[collection].size < table.length) this.#byId[collection] = new Map(table.entries());
    return this.#byId[collection].get(id);
  }
}

/** The greatest. */
function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
