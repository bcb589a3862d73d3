import type { Request } from "../../model/exchange.ts";
import type { Collection } from "../../model/scim.ts";
import type { DocumentedAnswers, Gone } from "../documented-answers.ts";
import type { Effect } from "../effects.ts";
import type { Observer } from "../plays.ts";
import type { Population } from "./population.ts";
import { effectsOf, subjectsOf } from "./sent-effects.ts";

/** What several plays may take away: one membership, one person or one group, and requests under way that do. */
interface Taken {
  requests: number;
  /** It may have been gone when one of them was sent, or another of them may have been first. */
  inDoubt: boolean;
}

/** So far apart are the groups of memberships. */
const PER_GROUP = 2 ** 32;

/**
 * Whether what a request takes away was there to be taken. Plays share the population: one that lasts longer than its
 * people comes round to them again, and some meet. Whoever takes somebody out of a group who has left it may be refused
 * (RFC 7644, 3.12: `noTarget`; or 404), and the server is right. What a play made itself it knows, and is judged by.
 */
export class Takings {
  readonly #observer: Pick<Observer, "isMember" | "isThere">;
  readonly #population: Population;
  readonly #underWay = new Map<number, Taken>();
  /** Requests under way that take every member out of a group. */
  readonly #clearing = new Map<number, number>();
  #hasDeleted = false;
  /** Ids of people who are deactivated, or are about to be, where the product documents that they may be gone by it. */
  readonly #deactivated: Set<string> | undefined;

  constructor(
    observer: Pick<Observer, "isMember" | "isThere">,
    population: Population,
    documented?: Pick<DocumentedAnswers, "deactivatedMayBeGone">,
  ) {
    this.#observer = observer;
    this.#population = population;
    if (documented?.deactivatedMayBeGone === true) this.#deactivated = new Set();
  }

  /** Told of every request before it is sent. */
  sends(sent: { request(): Request }): void {
    if (this.#deactivated === undefined) return;
    for (const { effect, subject } of effectsOf(sent.request())) {
      if (effect === "user-deactivated") this.#deactivated.add(subject);
    }
  }

  /** Told before a request is sent, of each of its effects that takes something away. */
  begin(effect: Effect, number: number, other: number): void {
    if (!this.#population.includes(number)) return;
    if (effect === "members-cleared") {
      this.#clearing.set(number, (this.#clearing.get(number) ?? 0) + 1);
      for (const [key, taken] of this.#underWay) taken.inDoubt ||= groupIn(key) === number;
      return;
    }
    if (effect !== "member-removed") this.#hasDeleted = true;
    const key = keyOf(effect, number, other);
    const taken = this.#underWay.get(key) ?? { requests: 0, inDoubt: false };
    taken.inDoubt ||= taken.requests > 0 || this.#clearing.has(number) || !this.#isThere(number, other);
    taken.requests += 1;
    this.#underWay.set(key, taken);
  }

  /**
   * Told when the request is answered, or is not, before its effects are. Returns whether it may have found nothing to
   * take.
   */
  end(effect: Effect, number: number, other: number): boolean {
    if (!this.#population.includes(number)) return false;
    if (effect === "members-cleared") {
      const left = (this.#clearing.get(number) ?? 1) - 1;
      if (left > 0) this.#clearing.set(number, left);
      else this.#clearing.delete(number);
      return false;
    }
    const key = keyOf(effect, number, other);
    const taken = this.#underWay.get(key);
    if (taken === undefined) return false;
    taken.requests -= 1;
    if (taken.requests === 0) this.#underWay.delete(key);
    return taken.inDoubt || !this.#isThere(number, other);
  }

  /**
   * Why whom a request was about may be gone: somebody of the population, or one of its groups, that plays have deleted,
   * or are about to; or somebody who is deactivated, where that may be the end of a person.
   */
  whyGone(sent: { request(): Request }): Gone | undefined {
    if (!this.#hasDeleted && (this.#deactivated?.size ?? 0) === 0) return undefined;
    const request = sent.request();
    const concerned = [
      inPath(request.path),
      ...effectsOf(request).flatMap(({ effect, subject, other, others }) => [
        [subject, subjectsOf(effect)] as const,
        [other, others] as const,
      ]),
    ];
    if (this.#hasDeleted && concerned.some(([id, collection]) => this.#isDeleted(id, collection)))
      return "taken";
    const isDeactivated = concerned.some(([id, of]) => of === "Users" && this.#deactivated?.has(id) === true);
    return isDeactivated ? "deactivated" : undefined;
  }

  #isDeleted(id: string, collection: Collection): boolean {
    const number = this.#population.numberOf(id, collection);
    return number !== undefined && (!this.#observer.isThere(number) || this.#isBeingDeleted(number));
  }

  #isThere(number: number, other: number): boolean {
    return other === 0 ? this.#observer.isThere(number) : this.#observer.isMember(number, other);
  }

  #isBeingDeleted(number: number): boolean {
    return this.#underWay.has(keyOf("user-deleted", number, 0));
  }
}

/** A person or a group has a number of its own, and a membership the group's in front of the person's. */
function keyOf(effect: Effect, number: number, other: number): number {
  return effect === "member-removed" ? number * PER_GROUP + other : number;
}

const groupIn = (key: number) => Math.floor(key / PER_GROUP);

function inPath(path: string): readonly [id: string, collection: Collection] {
  const [, collection, id = ""] = /^\/(Users|Groups)\/([^/?]+)/.exec(path) ?? [];
  return [id, collection === "Groups" ? "Groups" : "Users"];
}
