import type { Names } from "../../engine/names.ts";
import type { Json } from "../../model/json.ts";
import { IdTable } from "./id-table.ts";

/** Bytes of members' JSON that are kept to be sent again. */
const MOST_KEPT = 32 * 1024 * 1024;

/**
 * The people and groups that were there before the clock started. Ids lie in one block of memory; everything else about a
 * person follows from the number of their name.
 */
export class Population {
  readonly users: IdTable = new IdTable();
  readonly groups: IdTable = new IdTable();
  readonly #names: Names;
  readonly #json = new Map<string, string>();
  #kept = 0;
  #byId: Map<string, number> | undefined;

  constructor(names: Names) {
    this.#names = names;
  }

  userAt(index: number): number {
    return index % Math.max(1, this.users.length);
  }

  /** Where the people begin that a play takes: the population is cut into parts of one size, and plays take turns. */
  partFrom(play: number, size: number): number {
    const parts = Math.max(1, Math.floor(this.users.length / Math.max(1, size)));
    return (play % parts) * size;
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
    return {
      id: this.groups.idAt(at),
      displayName: this.#names.textOf("groupName", "", this.groups.numberAt(at)),
    };
  }

  /** The number of a person or group of the population, by the id the server gave. */
  numberOf(id: string): number | undefined {
    if (this.#byId === undefined || this.#byId.size < this.users.length + this.groups.length) {
      this.#byId = new Map([...this.groups.entries(), ...this.users.entries()]);
    }
    return this.#byId.get(id);
  }
}
