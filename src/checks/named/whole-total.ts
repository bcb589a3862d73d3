import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { NO_WALK, TOTAL_CHANGED, type Walk, walksIn } from "./walks.ts";

/**
 * A total that moves may be somebody else's doing, unless every walk saw the same moves. A total below the number of users we know to be there cannot.
 */
export const wholeTotal: Check = {
  name: "whole-total",
  summary:
    "totalResults stays the same over the pages of a walk, and is no less than the number of `people`.",
  takes: ["people"],
  judge(evidence, given) {
    const walks = walksIn(evidence);
    const pages = walks.flatMap((walk) => walk.pages);
    if (pages.length === 0) return unknown(NO_WALK);
    const known = idsIn(given.people).length;
    const low = pages.find(({ total }) => total !== undefined && total < known);
    if (low !== undefined) {
      return broken(
        difference(
          `totalResults of the page asked for with startIndex=${low.startIndex}`,
          `at least ${known}, the users known to be there`,
          String(low.total),
        ),
      );
    }
    if (!walks.some(({ totalChanged }) => totalChanged)) return broken();
    return toldAlike(walks)
      ? broken(difference("totalResults of the pages", "one number", totalsOf(walks[0]).join(", then ")))
      : unknown(TOTAL_CHANGED);
  },
};

const totalsOf = (walk: Walk | undefined) => walk?.pages.map(({ total }) => String(total)) ?? [];

/** Writes of others move a total once, and not there and back again in the same steps in every walk. */
function toldAlike(walks: readonly Walk[]): boolean {
  const [first = "", ...others] = walks.map((walk) => totalsOf(walk).join());
  return others.length > 0 && others.every((totals) => totals === first);
}
