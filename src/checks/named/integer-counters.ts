import type { Check } from "../../model/evidence.ts";
import { broken, difference, show, unknown } from "../answer.ts";
import { listIn, NO_LIST } from "./listed.ts";

const COUNTERS = ["totalResults", "startIndex", "itemsPerPage"] as const;

/**
 * RFC 7644 3.4.2 always asks for `totalResults`, and for the other two only where a result is paged. So an absent
 * counter is blamed only with `paged`, and a counter of the wrong type only without it.
 */
export const integerCounters: Check = {
  name: "integer-counters",
  summary:
    "Those counters of a list that are there are JSON integers; with `paged: true` instead, all three are there.",
  takes: ["paged?"],
  judge(evidence, given) {
    const list = listIn(evidence);
    if (list === undefined) return unknown(NO_LIST);
    const isWrong =
      given.paged === true
        ? (value: unknown) => value === undefined || value === null
        : (value: unknown) => value !== undefined && value !== null && !Number.isInteger(value);
    return broken(
      ...COUNTERS.filter((name) => isWrong(list[name])).map((name) =>
        difference(`body ${name}`, "an integer", show(list[name])),
      ),
    );
  },
};
