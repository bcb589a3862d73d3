import type { Clock, Random } from "../../model/clock.ts";
import { MemberChanges } from "../member-changes.ts";
import type { Attributes, Resource } from "../resource.ts";
import { groupType, type ResourceType, userType } from "../schemas.ts";
import { Store } from "../store.ts";

/** A resource as it was right after a write; without attributes it had been removed. */
interface Change {
  readonly at: number;
  readonly type: ResourceType;
  readonly id: string;
  readonly state?: { readonly attributes: Attributes; readonly members: readonly string[] };
}

/** A copy of a store that follows it at a distance, as a database for reading does. */
export class Replica {
  readonly #clock: Clock;
  readonly #waiting: Change[] = [];
  readonly #copy: Store;
  #now = 0;
  #nextId = "";
  #isStarted = false;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    // The copy gets the ids and the dates of the original.
    const then: Clock = { now: () => this.#now, sleep: async () => {} };
    this.#copy = new Store({ clock: then, random, makeId: () => this.#nextId });
  }

  /** To be called before the first write: takes over what is there. */
  start(original: Store): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const type of [userType, groupType]) {
      for (const resource of original.all(type)) this.#apply(changeOf(resource, resource.created));
    }
  }

  /** To be called after a write. */
  wrote(original: Store, type: ResourceType, id: string): void {
    const resource = original.get(type, id);
    const at = this.#clock.now();
    this.#waiting.push(resource === undefined ? { at, type, id } : changeOf(resource, at));
  }

  /** The store as it was `lag` milliseconds ago. */
  asOf(lag: number): Store {
    const until = this.#clock.now() - lag;
    while (this.#waiting[0] !== undefined && this.#waiting[0].at <= until) {
      const change = this.#waiting.shift();
      if (change !== undefined) this.#apply(change);
    }
    return this.#copy;
  }

  #apply({ at, type, id, state }: Change): void {
    this.#now = at;
    this.#nextId = id;
    const known = this.#copy.get(type, id);
    if (state === undefined) {
      if (known !== undefined) this.#copy.remove(known);
      return;
    }
    if (known === undefined) {
      this.#copy.insert(type, state.attributes, state.members);
      return;
    }
    const members = new MemberChanges(known.members);
    members.clear();
    for (const member of state.members) members.add(member);
    this.#copy.update(known, state.attributes, members);
  }
}

const changeOf = ({ type, id, attributes, members }: Resource, at: number): Change => ({
  at,
  type,
  id,
  state: { attributes, members: [...members] },
});
