import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";

/** Fewer than asked for is always permitted (RFC 7644 3.4.2.4); more never is. */
export const pageWithinCount: Check = {
  name: "page-within-count",
  summary: "The page holds at most `count` resources.",
  takes: ["count"],
  judge(evidence, given) {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (resources === undefined) return unknown(NO_LIST);
    const count = Number(given.count);
    if (resources.length <= count) return broken();
    return broken(difference("body Resources", `at most ${count} resources`, String(resources.length)));
  },
};
