import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { NO_WALK, walksIn } from "./walks.ts";

/** RFC 7644 3.4.2 asks for `itemsPerPage` only where the page is a part of the result. */
export const honestPageSizes: Check = {
  name: "honest-page-sizes",
  summary: "On each page of a walk, `itemsPerPage` is the number of resources that are on it.",
  takes: [],
  judge(evidence) {
    const pages = walksIn(evidence).flatMap((walk) => walk.pages);
    if (pages.length === 0) return unknown(NO_WALK);
    const odd = pages.find(
      ({ itemsPerPage, got, total }) =>
        itemsPerPage !== got && !(itemsPerPage === undefined && got === total),
    );
    if (odd === undefined) return broken();
    return broken(
      difference(
        `itemsPerPage of the page asked for with startIndex=${odd.startIndex}`,
        String(odd.got),
        odd.itemsPerPage === undefined ? "absent" : String(odd.itemsPerPage),
      ),
    );
  },
};
