import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";

/** RFC 7644 3.4.2 defines `itemsPerPage` as what the page holds, not as what was asked for. */
export const itemsPerPage: Check = {
  name: "items-per-page",
  summary: "`itemsPerPage` is the number of resources on the page.",
  takes: [],
  judge(evidence) {
    const list = listIn(evidence);
    const resources = list === undefined ? undefined : resourcesIn(list);
    if (list === undefined || resources === undefined) return unknown(NO_LIST);
    const said = list.itemsPerPage;
    if (typeof said !== "number") return unknown("`itemsPerPage` is not there as a number");
    if (said === resources.length) return broken();
    return broken(difference("body itemsPerPage", `${resources.length}, as many as there are`, String(said)));
  },
};
