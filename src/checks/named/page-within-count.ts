import { plural } from "../../model/count.ts";
import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { findsNobody, listIn, NO_LIST, resourcesIn } from "./listed.ts";

/** Fewer than asked for is always permitted (RFC 7644 3.4.2.4); more never is. */
export const pageWithinCount: Check = {
  name: "page-within-count",
  summary:
    "The page holds at most `count` resources. Open where step `like` found nobody, or this page has fewer than `least`.",
  takes: ["count", "like?", "least?"],
  judge(evidence, given) {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (resources === undefined) return unknown(NO_LIST);
    if (given.like !== undefined && findsNobody(evidence.earlier.get(String(given.like)))) {
      return unknown(`step ${String(given.like)} found nobody to count`, { neutral: true });
    }
    if (resources.length < Number(given.least ?? 0)) {
      return unknown(`${resources.length} are on the page, which shows nothing of its size`, {
        neutral: true,
      });
    }
    const count = Number(given.count);
    if (resources.length <= count) return broken();
    return broken(
      difference("body Resources", `at most ${plural(count, "resource")}`, String(resources.length)),
    );
  },
};
