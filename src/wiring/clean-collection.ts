import type { Driver } from "../engine/drive.ts";
import type { Found } from "../engine/search-made.ts";
import type { Leftover } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";

/** What removing came to. Grows while it goes on. */
export interface RemovalAccount {
  removed: number;
  readonly leftovers: Leftover[];
  readonly problems: string[];
  /** The same where everything was looked for: looking again may tell no more. */
  readonly doubts: string[];
}

export interface RemovalPace {
  /** Requests that travel at the same time. */
  readonly atOnce: number;
  readonly onRemoved?: (removed: number, found: number) => void;
}

/** Ids of what may be there, for lists that do not show it. */
export interface KnownIds {
  readonly ids: Iterable<string>;
  /** Called before anything is removed that a whole list did not show, and a read by id does. */
  readonly onHidden?: () => void;
}

/** Looks again until nothing of ours is shown that was not shown before: a list may have been cut short. */
export async function cleanCollection(
  collection: Collection,
  isOurs: (name: string) => boolean,
  driver: Driver,
  account: RemovalAccount,
  { atOnce, onRemoved }: RemovalPace,
  known: KnownIds = { ids: [] },
): Promise<void> {
  const [{ drive, Interrupted }, { findById }, { findByMarker }, { removeAll }, { speak }] =
    await Promise.all([
      import("../engine/drive.ts"),
      import("../engine/find-by-id.ts"),
      import("../engine/find-by-marker.ts"),
      import("../engine/remove.ts"),
      import("../okta/headers.ts"),
    ]);
  const removal = { speak, lookAgainAfterMs: 500, deletesHold: new Set<Collection>() };
  const seen = new Set<string>();
  const kept = new Set<string>();
  const remove = async (found: readonly Found[]): Promise<void> => {
    for (const batch of batchesOf(found, atOnce)) {
      const left = await drive(removeAll(collection, batch, removal), driver);
      for (const { id } of left) if (id !== undefined) kept.add(id);
      account.leftovers.push(...left);
      account.removed += batch.length - left.length;
      onRemoved?.(account.removed, found.length);
    }
  };
  let isWhole = true;
  try {
    for (;;) {
      const { found, problem } = await drive(findByMarker(collection, isOurs, speak), driver);
      for (const { id } of found) seen.add(id);
      const fresh = found.filter(({ id }) => !kept.has(id));
      await remove(fresh);
      if (fresh.length > 0 && fresh.some(({ id }) => !kept.has(id))) continue;
      if (problem !== undefined) account.problems.push(problem);
      isWhole = problem === undefined;
      break;
    }
    let unclear = 0;
    const unlisted = [...known.ids].filter((id) => !seen.has(id));
    for (const ids of batchesOf(unlisted, atOnce)) {
      const read = await drive(findById(collection, ids, isOurs, speak), driver);
      unclear += read.unclear;
      if (isWhole && read.found.length > 0) known.onHidden?.();
      await remove(read.found);
    }
    if (unclear > 0) account.doubts.push(unproven(unclear, collection));
  } catch (problem) {
    if (!(problem instanceof Interrupted)) throw problem;
    account.problems.push(`clean-up of ${collection} was interrupted`);
  }
}

const unproven = (count: number, collection: Collection) =>
  `${count} of ${collection} may be there: a read by the id that was told shows no name, and does not say that nothing is there`;

function* batchesOf<Item>(all: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
