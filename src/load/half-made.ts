import { isUnassigned } from "../checks/named/shown.ts";
import type { Speak } from "../engine/request.ts";
import type { Playable } from "../model/play.ts";
import { look } from "./read-back.ts";

/** A person who was acknowledged, and is there. */
export interface Made {
  readonly id: string;
  readonly name: string;
  /** Which of the attributes the list showed, a bit for each in their order. */
  readonly shows: number;
}

/** Somebody who lacks what others have. */
export interface HalfMade {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/** What fewer people than this show is nothing to go by. */
const FEWEST = 20;
/** A server that shows an attribute of nine people in ten keeps it; one that shows it of fewer may not. */
const SHOWN_OF = 0.9;
/** So many are read one by one before they are named. */
const MOST_READ = 100;

/**
 * People who lack an attribute that all were created with. A server may leave out what it does not keep, and then it
 * does so for everybody: only who lacks what nine in ten of the others show is looked at, and only who lacks it in a read
 * of their own as well is named.
 * @param attributes what everybody was created with
 */
export function* halfMade(
  people: readonly Made[],
  attributes: readonly string[],
  speak: Speak,
): Playable<{ readonly found: readonly HalfMade[]; readonly requests: number }> {
  const found: HalfMade[] = [];
  let requests = 0;
  const kept = keptOf(people, attributes);
  for (const person of people) {
    if ((person.shows & kept) === kept || requests === MOST_READ) continue;
    const looked = yield* look("Users", person.id, speak);
    requests += 1;
    if (looked.kind !== "there") continue;
    const lacks = attributes.filter(
      (name, at) => (kept & (1 << at)) !== 0 && isUnassigned(looked.body[name]),
    );
    if (lacks.length === 0) continue;
    const detail = `The create of \`${person.name}\` was acknowledged; this person is there without ${lacks.join(" and ")}, which the others have.`;
    found.push({ id: person.id, name: person.name, detail });
  }
  return { found, requests };
}

/** Whether anybody lacks what the others show. */
export function hasSuspects(people: readonly Made[], attributes: readonly string[]): boolean {
  const kept = keptOf(people, attributes);
  return people.some(({ shows }) => (shows & kept) !== kept);
}

/** The attributes that the server keeps of people, a bit for each. */
function keptOf(people: readonly Made[], attributes: readonly string[]): number {
  if (people.length < FEWEST) return 0;
  return attributes.reduce((bits, _name, at) => {
    const showing = people.filter(({ shows }) => (shows & (1 << at)) !== 0).length;
    return showing >= people.length * SHOWN_OF ? bits | (1 << at) : bits;
  }, 0);
}
