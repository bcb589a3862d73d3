import type { Answers, Observable, ObservableKind, ObservableOf } from "../../model/observable.ts";
import type { Make } from "../quirks/make.ts";

/**
 * How the server comes to do what facts of one kind say. It is handed all facts of that kind at once, and every
 * other one of the profile, and makes one variation of the sound server. A fact that is `contrary` is not kept.
 */
export type Playing<Kind extends ObservableKind> = (
  facts: readonly ObservableOf<Kind>[],
  all: readonly Observable[],
) => Make;

/** The first of the answers that a fact permits; any refusal is played as a 400. */
export function firstOf([first = 200]: Answers): number {
  return first === "refused" ? 400 : first;
}

/** The first refusal among them. */
export const refusalOf = (answers: Answers): number =>
  firstOf(answers.filter((answer) => answer === "refused" || answer >= 400).concat(400));

/** The collection of a resource type of the server. */
export const isOf = (type: { readonly collection: string }, resource: string | undefined) =>
  resource === undefined || type.collection === resource;
