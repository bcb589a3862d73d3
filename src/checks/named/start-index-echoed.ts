import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { NO_WALK, type WalkedPage, walksIn } from "./walks.ts";

/** RFC 7644 3.4.2 asks for `startIndex` only where the page is a part of the result; a whole one may do without. */
export const startIndexEchoed: Check = {
  name: "start-index-echoed",
  summary: "Each page of a walk that holds resources has the `startIndex` that was asked for.",
  takes: [],
  judge(evidence) {
    const pages = walksIn(evidence).flatMap((walk) => walk.pages.filter(({ got }) => got > 0));
    if (pages.length === 0) return unknown(NO_WALK);
    const odd = pages.find(
      (page) => page.echoed !== page.startIndex && !(isWhole(page) && page.echoed === undefined),
    );
    if (odd === undefined) return broken();
    return broken(
      difference(
        `startIndex of the page asked for with startIndex=${odd.startIndex}`,
        String(odd.startIndex),
        odd.echoed === undefined ? "absent" : String(odd.echoed),
      ),
    );
  },
};

const isWhole = ({ got, total }: WalkedPage) => got === total;
