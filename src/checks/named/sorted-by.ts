import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { broken, difference, lastAnswer, notOffered, show, unknown, valueAt } from "../answer.ts";
import { listIn, NO_LIST } from "./listed.ts";
import { saysOf, unread } from "./service-provider-config.ts";
import { objectsIn } from "./shown.ts";

/**
 * RFC 7644 3.4.2.3. How letters beyond ASCII, signs and digits follow one another is up to the server, so only
 * values given in the order expected are looked for.
 */
export const sortedBy: Check = {
  name: "sorted-by",
  summary:
    "Of the resources on the page, those whose value at `path` is one of `expected` (letter case ignored) stand in that order; not offered where the configuration of step `config` does not claim sorting, or where step `like`, the same without sorting, is declined.",
  takes: ["config", "path", "expected", "like?"],
  judge(evidence, given): Judgement {
    if (saysOf(evidence, given.config, "sort") !== true) {
      return (
        unread(evidence, given.config) ??
        notOffered("the service provider configuration does not claim sorting")
      );
    }
    const unsorted = given.like === undefined ? undefined : evidence.earlier.get(String(given.like));
    const declined = unsorted === undefined ? undefined : lastAnswer(unsorted)?.status;
    if (declined !== undefined && [400, 403, 501].includes(declined)) {
      return notOffered(`the server declines the same filter without sorting with ${declined}`);
    }
    const list = listIn(evidence);
    if (list === undefined) return unknown(NO_LIST);
    const wanted = Array.isArray(given.expected) ? (given.expected as readonly Json[]).map(folded) : [];
    const shown = objectsIn(list.Resources)
      .map((resource) => folded(valueAt(resource, String(given.path))))
      .filter((value) => wanted.includes(value));
    if (shown.length < wanted.length) return unknown("the page does not show all that were made for it");
    return wanted.every((value, index) => shown[index] === value)
      ? broken()
      : broken(difference(`order by ${String(given.path)}`, show(wanted), show(shown)));
  },
};

const folded = (value: Json | undefined) => String(value).toLowerCase();
