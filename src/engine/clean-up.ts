import type { Leftover, Playable } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";
import type { Recorded } from "./made.ts";
import { removeAll } from "./remove.ts";
import type { Speak } from "./request.ts";
import { type Found, type Searched, searchAll } from "./search-made.ts";

export interface CleanUpContext {
  readonly speak: Speak;
  /** Whether a name carries the marker of this run. A server may ignore a filter and show somebody else. */
  readonly isOurs: (name: string) => boolean;
  /** How many requests may travel at the same time. */
  readonly atOnce: number;
  /** Milliseconds after which a look that showed too much or too little is repeated. */
  readonly lookAgainAfterMs: number;
  /** Collections whose DELETE was seen to remove something; shared by all clean-ups of a run. */
  readonly deletesHold: Set<Collection>;
}

/** What clean-up did. */
export interface CleanedUp {
  readonly removed: number;
  readonly leftovers: readonly Leftover[];
}

/**
 * Removes what a run made, newest first and groups before users. What has no known id is searched by its name.
 * A server that does not delete users is asked to deactivate them, and they are listed as left behind.
 */
export function* cleanUp(made: readonly Recorded[], context: CleanUpContext): Playable<CleanedUp> {
  const leftovers: Leftover[] = [];
  let removed = 0;
  for (const collection of ["Groups", "Users"] as const) {
    const entries = made.filter((entry) => entry.collection === collection).toReversed();
    const seen = new Set<string>();
    const unseen = (found: readonly Found[]) =>
      found.filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
    const remove = function* (found: readonly Found[]): Playable<void> {
      const left = yield* removeAll(collection, found, context);
      leftovers.push(...left);
      removed += found.length - left.length;
    };
    const unanswered: Recorded[] = [];
    for (let start = 0; start < entries.length; start += context.atOnce) {
      const taken = entries.slice(start, start + context.atOnce);
      const batch = yield* locate(taken, context);
      yield* remove(unseen(batch.found));
      leftovers.push(...batch.unclear);
      unanswered.push(...batch.missing.filter((entry) => entry.unanswered === true));
      yield* remove(unseen((yield* locate(taken.flatMap(whereItMayBe), context)).found));
    }
    if (unanswered.length === 0) continue;
    // A request whose answer nobody waited for may have been carried out after the search.
    yield { kind: "wait", ms: context.lookAgainAfterMs };
    yield* remove(unseen((yield* locate(unanswered, context)).found));
  }
  return { removed, leftovers };
}

/** What a PATCH may have given another id is looked for by its name as well. */
const whereItMayBe = ({ collection, name, mayHaveMoved }: Recorded): readonly Recorded[] =>
  mayHaveMoved === true && name !== "" ? [{ collection, name }] : [];

function* locate(entries: readonly Recorded[], context: CleanUpContext): Playable<Searched> {
  const known = entries.filter((entry): entry is Found => entry.id !== undefined);
  const searched = yield* searchAll(
    entries.filter((entry) => entry.id === undefined),
    context,
  );
  return { ...searched, found: [...known, ...searched.found] };
}
