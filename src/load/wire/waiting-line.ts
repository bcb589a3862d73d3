import type { Asker, Sendable } from "./wire.ts";

/** Requests that wait for a connection, in the order they were asked. Grows as needed and never shifts. */
export class WaitingLine {
  #sendables: (Sendable | undefined)[] = new Array(64).fill(undefined);
  #askers: (Asker | undefined)[] = new Array(64).fill(undefined);
  #first = 0;
  length = 0;

  push(sendable: Sendable, asker: Asker): void {
    if (this.length === this.#askers.length) this.#grow();
    const at = (this.#first + this.length) & (this.#askers.length - 1);
    this.#sendables[at] = sendable;
    this.#askers[at] = asker;
    this.length += 1;
  }

  /** Hands the first one over; false when nobody waits. */
  shift(take: (sendable: Sendable, asker: Asker) => void): boolean {
    if (this.length === 0) return false;
    const at = this.#first;
    const [sendable, asker] = [this.#sendables[at], this.#askers[at]];
    this.#sendables[at] = undefined;
    this.#askers[at] = undefined;
    this.#first = (at + 1) & (this.#askers.length - 1);
    this.length -= 1;
    if (sendable !== undefined && asker !== undefined) take(sendable, asker);
    return true;
  }

  #grow(): void {
    const { length } = this;
    const turned = <Item>(items: (Item | undefined)[]) => [
      ...items.slice(this.#first),
      ...items.slice(0, this.#first),
      ...new Array<undefined>(length).fill(undefined),
    ];
    this.#sendables = turned(this.#sendables);
    this.#askers = turned(this.#askers);
    this.#first = 0;
  }
}
