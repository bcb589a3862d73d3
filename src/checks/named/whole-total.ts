import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { NO_WALK, TOTAL_CHANGED, type Walk, type WalkedPage, walksIn } from "./walks.ts";

/**
 * A total that moves may be somebody else's doing, even if it moves alike in every walk: others work in rounds too. A
 * total below the number of users known to be there cannot. Known are ours, and strangers that a page before has shown
 * and the last walk shows again: who was deleted does not come back under the same id.
 */
export const wholeTotal: Check = {
  name: "whole-total",
  summary:
    "totalResults stays the same over the pages of a walk, and is no less than the number of users known to be there.",
  takes: ["people"],
  judge(evidence, given) {
    const walks = walksIn(evidence);
    if (walks.every(({ pages }) => pages.length === 0)) return unknown(NO_WALK);
    const people = idsIn(given.people);
    const last = walks.at(-1);
    for (const walk of walks) {
      // Nothing comes after the last walk to show that they were still there.
      const lasting = new Set(walk === last ? [] : last?.ids);
      for (const { page, known } of knownAt(walk, people, lasting)) {
        if (page.total === undefined || page.total >= known) continue;
        return broken(
          difference(
            `totalResults of the page asked for with startIndex=${page.startIndex}`,
            `at least ${known}, the users known to be there`,
            String(page.total),
          ),
        );
      }
    }
    return walks.some(({ totalChanged }) => totalChanged) ? unknown(TOTAL_CHANGED) : broken();
  },
};

/** Each page of a walk, and how many users are known to have been there when it was read. */
function* knownAt(
  { ids, pages }: Walk,
  people: readonly string[],
  lasting: ReadonlySet<string>,
): Generator<{ readonly page: WalkedPage; readonly known: number }> {
  const known = new Set(people);
  let read = 0;
  for (const page of pages) {
    for (const id of ids.slice(read, read + page.got)) if (lasting.has(id)) known.add(id);
    read += page.got;
    yield { page, known: known.size };
  }
}
