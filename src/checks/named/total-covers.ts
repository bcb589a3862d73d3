import type { Check } from "../../model/evidence.ts";
import { broken, difference, unknown } from "../answer.ts";
import { listIn, NO_LIST } from "./listed.ts";

/**
 * Counts only what this play is known to have made: others may write at the same time, and a create that was
 * refused is no reason to expect its user in the total.
 */
export const totalCovers: Check = {
  name: "total-covers",
  summary:
    "`totalResults` is no less than the number of resources made by this play (`made`: remembered names).",
  takes: ["made"],
  judge(evidence, given) {
    const names = Array.isArray(given.made) ? given.made.map(String) : [];
    const made = names.filter((name) => evidence.values.has(name)).length;
    if (made < names.length) return unknown("not everybody this play wanted to make was made");
    const total = listIn(evidence)?.totalResults;
    if (typeof total !== "number") return unknown(NO_LIST);
    if (total >= made) return broken();
    return broken(difference("body totalResults", `at least ${made}`, String(total)));
  },
};
