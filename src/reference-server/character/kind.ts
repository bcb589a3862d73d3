import type { Answers, Observable, ObservableKind, ObservableOf } from "../../model/observable.ts";
import { type Make, together } from "../quirks/make.ts";

/**
 * How the server comes to do what facts of one kind say. It is handed all facts of that kind at once, and every
 * other one of the profile, and makes one variation of the sound server. A fact that is `contrary` is not kept.
 */
export type Playing<Kind extends ObservableKind> = (
  facts: readonly ObservableOf<Kind>[],
  all: readonly Observable[],
) => Make;

/** Plays the facts that the server keeps; what a contrary one says the sound server does without. */
export const whereKept = <Fact extends Observable>(
  facts: readonly Fact[],
  play: (fact: Fact) => Make,
): Make => together(...facts.filter(({ contrary }) => contrary !== true).map(play));

/** Plays the facts that the server does not keep; the others the sound server keeps as it is. */
export const whereBroken = <Fact extends Observable>(
  facts: readonly Fact[],
  play: (fact: Fact) => Make,
): Make => together(...facts.filter(({ contrary }) => contrary === true).map(play));

/** The first of the answers that a fact permits; any refusal is played as a 400. */
export function firstOf([first = 200]: Answers): number {
  return first === "refused" ? 400 : first;
}

/** The first of the answers that a fact permits; one that it does not permit when it is contrary. */
export function answerOf(answer: Answers, contrary: true | undefined): number {
  const first = firstOf(answer);
  if (contrary !== true) return first;
  return first >= 400 ? 200 : 501;
}

/** The first refusal among them. */
export const refusalOf = (answers: Answers): number =>
  firstOf(answers.filter((answer) => answer === "refused" || answer >= 400).concat(400));

/** The collection of a resource type of the server. */
export const isOf = (type: { readonly collection: string }, resource: string | undefined) =>
  resource === undefined || type.collection === resource;
