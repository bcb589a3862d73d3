import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { due, NO_WALK, TOTAL_CHANGED, walksIn } from "./walks.ts";

/** A smaller page is permitted by RFC 7644 3.4.2.4; Okta's reference does not say what follows it. */
export const fullPages: Check = {
  name: "full-pages",
  summary: "Each page of a walk holds as many resources as were asked for, or as are left.",
  takes: [],
  judge(evidence) {
    const walks = walksIn(evidence);
    const pages = walks.flatMap((walk) => walk.pages);
    if (pages.length === 0) return unknown(NO_WALK);
    const short = pages.find((page) => page.got < (due(page) ?? 0));
    if (short !== undefined) {
      if (walks.some(({ totalChanged }) => totalChanged)) return unknown(TOTAL_CHANGED);
      if (walks.every(({ cappedAt }) => cappedAt === undefined)) {
        return unknown("somebody is lost from the pages, rather than left for another one");
      }
      return broken(
        difference(
          `resources on the page asked for with startIndex=${short.startIndex}`,
          String(due(short)),
          String(short.got),
        ),
      );
    }
    if (pages.some(({ got, asked }) => got >= asked)) return broken();
    return unknown("there are fewer resources than fit on one page", { neutral: true });
  },
};
