import type { Check, Judgement } from "../../model/evidence.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { broken, difference, lastAnswer, show, showOutcome, unknown } from "../answer.ts";
import { listIn, NO_LIST, resourcesIn } from "./listed.ts";
import { idsIn } from "./members-exactly.ts";
import { leniently } from "./walks.ts";

type Part = (list: JsonObject, given: Readonly<Record<string, Json>>) => Judgement;

/**
 * Judges one part of the page, so that each claim is about one thing. Users that somebody else added since the
 * walk may fill the page; totalResults gives that away.
 */
export const pagePastEnd: Check = {
  name: "page-past-end",
  summary:
    "A page asked for past the end: its `part` (`users`, `items-per-page`, `total` or `start-index`) is right, going by the walk's `startIndex` and `total` and by the `people` known to be there.",
  takes: ["part", "startIndex", "total", "people?"],
  judge(evidence, given): Judgement {
    if (Number(given.total) < idsIn(given.people).length) {
      return unknown("the walk's totalResults was too low to know where the end is");
    }
    const part = PARTS[String(given.part)];
    if (part === undefined) return unknown(`page-past-end knows no part ${show(given.part)}`);
    const status = lastAnswer(evidence)?.status;
    if (given.part === "users" && status !== 200) {
      return broken(difference("status", "200", showOutcome(evidence)));
    }
    const list = listIn(evidence);
    if (list === undefined) return unknown(NO_LIST);
    const total = leniently(list.totalResults);
    if (total !== undefined && total > Number(given.total) && total >= Number(given.startIndex)) {
      return unknown("users were added since the walk, so the page may not be past the end any more");
    }
    return part(list, given);
  },
};

const PARTS: Readonly<Record<string, Part>> = {
  users: (list) => {
    const resources = resourcesIn(list);
    return resources?.length === 0
      ? broken()
      : broken(
          difference(
            "body Resources",
            "an empty array",
            resources === undefined ? "no array" : `${resources.length} long`,
          ),
        );
  },
  "items-per-page": (list) => same("body itemsPerPage", 0, list.itemsPerPage),
  "start-index": (list, given) => same("body startIndex", Number(given.startIndex), list.startIndex),
  total: (list, given) => {
    const known = idsIn(given.people).length;
    const total = leniently(list.totalResults);
    if (total === undefined || total < known) {
      const wanted = `${show(given.total)}, as on the other pages`;
      return broken(difference("body totalResults", wanted, show(list.totalResults)));
    }
    return total === Number(given.total) ? broken() : unknown("totalResults changed since the walk");
  },
};

function same(where: string, wanted: number, actual: Json | undefined): Judgement {
  return leniently(actual) === wanted ? broken() : broken(difference(where, String(wanted), show(actual)));
}
