/**
 * A group's members as they will be once a request has succeeded. The difference is kept beside the stored set and
 * merged at the end: a request that fails has touched nothing, and one that succeeds costs only what it changed,
 * in a group of any size.
 */
export class MemberChanges {
  readonly #stored: ReadonlySet<string>;
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();
  #looks = 0;

  constructor(stored: ReadonlySet<string>) {
    this.#stored = stored;
  }

  get added(): ReadonlySet<string> {
    return this.#added;
  }

  get removed(): ReadonlySet<string> {
    return this.#removed;
  }

  get size(): number {
    return this.#stored.size - this.#removed.size + this.#added.size;
  }

  has(id: string): boolean {
    return this.#added.has(id) || (this.#stored.has(id) && !this.#removed.has(id));
  }

  add(id: string): void {
    if (this.#stored.has(id)) this.#removed.delete(id);
    else this.#added.add(id);
  }

  remove(id: string): void {
    if (this.#stored.has(id)) this.#removed.add(id);
    else this.#added.delete(id);
  }

  /** Counts one look at every member. Returns how many members were looked at so far. */
  countLook(): number {
    this.#looks += this.size;
    return this.#looks;
  }

  clear(): void {
    this.#added.clear();
    for (const id of this.#stored) this.#removed.add(id);
  }

  *[Symbol.iterator](): Generator<string> {
    for (const id of this.#stored) if (!this.#removed.has(id)) yield id;
    yield* this.#added;
  }
}
