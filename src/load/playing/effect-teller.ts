import type { Ledger } from "../../model/ledger.ts";
import type { Certainty, Effect } from "../effects.ts";
import type { Observer } from "../plays.ts";
import type { Population } from "./population.ts";

/** A batch of people of the population that a standing group took, told once. */
interface Told {
  readonly from: number;
  readonly size: number;
  /** Of the latest acknowledgement, which may not have been told. */
  sentAt: number;
  endedAt: number;
  isOwed: boolean;
}

/**
 * Tells effects on. The same thousand people pushed into the same group again change nothing, and telling them one by
 * one would cost more than sending them: a repeated batch is noted, and told as soon as something else happens to its
 * group, because then it matters when it was sent.
 */
export class EffectTeller {
  readonly #observer: Observer;
  readonly #population: Population;
  readonly #ledger: Ledger;
  /** Batches that every acknowledged write since has left in place, by group. */
  readonly #batches = new Map<number, Map<number, Told>>();

  constructor(observer: Observer, population: Population, ledger: Ledger) {
    this.#observer = observer;
    this.#population = population;
    this.#ledger = ledger;
  }

  one(
    effect: Effect,
    certainty: Certainty,
    number: number,
    other: number,
    id: string,
    sentAt: number,
    endedAt: number,
  ): void {
    // Only creates tell one.
    if (id !== "") this.#ledger.made?.(effect === "group-created" ? "Groups" : "Users", id);
    // A rename to the same name changes nothing.
    if (number === other && effect.endsWith("-renamed")) return;
    if (this.#batches.size > 0 && effect !== "user-created" && effect !== "member-added") {
      if (effect.startsWith("user-")) for (const group of [...this.#batches.keys()]) this.#settle(group);
      else this.#settle(number);
    }
    this.#observer.effect(effect, certainty, number, other, id, sentAt, endedAt);
  }

  /** `size` people from `from` on, added to a group or removed from it. */
  batch(
    effect: Effect,
    certainty: Certainty,
    group: number,
    from: number,
    size: number,
    sentAt: number,
    endedAt: number,
  ): void {
    if (effect !== "member-added" || certainty !== "acknowledged") {
      this.#settle(group);
      this.#each(effect, certainty, group, from, size, sentAt, endedAt);
      return;
    }
    const start = this.#population.userAt(from);
    const known = this.#batches.get(group) ?? new Map<number, Told>();
    this.#batches.set(group, known);
    const told = known.get(start);
    if (told !== undefined && told.size === size) {
      told.sentAt = sentAt;
      told.endedAt = endedAt;
      told.isOwed = true;
      return;
    }
    this.#each(effect, certainty, group, from, size, sentAt, endedAt);
    known.set(start, { from, size, sentAt, endedAt, isOwed: false });
  }

  /** What was only noted is told, and nothing is taken for granted about this group any more. */
  #settle(group: number): void {
    const known = this.#batches.get(group);
    if (known === undefined) return;
    this.#batches.delete(group);
    for (const { from, size, sentAt, endedAt, isOwed } of known.values()) {
      if (isOwed) this.#each("member-added", "acknowledged", group, from, size, sentAt, endedAt);
    }
  }

  #each(
    effect: Effect,
    certainty: Certainty,
    group: number,
    from: number,
    size: number,
    sentAt: number,
    endedAt: number,
  ): void {
    const { users } = this.#population;
    for (let at = 0; at < Math.min(size, users.length); at += 1) {
      const member = users.numberAt(this.#population.userAt(from + at));
      this.#observer.effect(effect, certainty, group, member, "", sentAt, endedAt);
    }
  }
}
