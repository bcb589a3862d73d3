import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { NO_WALK, TOTAL_CHANGED, walksIn } from "./walks.ts";

/**
 * A total that moves may be somebody else's doing. A total below the number of users we know to be there cannot.
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
    return walks.some(({ totalChanged }) => totalChanged) ? unknown(TOTAL_CHANGED) : broken();
  },
};
