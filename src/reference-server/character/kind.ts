import type { Observable, ObservableKind, ObservableOf } from "../../model/observable.ts";
import type { Make } from "../quirks/make.ts";

/**
 * How the server comes to do what facts of one kind say. It is handed all facts of that kind at once, and every
 * other one of the profile, and makes one variation of the sound server. A fact that is `contrary` is not kept.
 */
export type Playing<Kind extends ObservableKind> = (
  facts: readonly ObservableOf<Kind>[],
  all: readonly Observable[],
) => Make;

/** The collection of a resource type of the server. */
export const isOf = (type: { readonly collection: string }, resource: string | undefined) =>
  resource === undefined || type.collection === resource;
