import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { broken, difference, lastAnswer, showOutcome, unknown } from "../answer.ts";
import { listIn, resourcesIn } from "./listed.ts";
import { leniently } from "./walks.ts";

/**
 * Counts by name, so that a server that ignores the filter is not blamed for something else. A look-up that finds
 * nothing may answer 404. `displayName` of a group is not case-exact (RFC 7643 8.7.1).
 */
export const groupsNamed: Check = {
  name: "groups-named",
  summary:
    "A look-up shows exactly `count` groups with this displayName, the first with `id`; open where the same look-up of step `like` found none.",
  takes: ["displayName", "count", "id?", "like?"],
  judge(evidence, given): Judgement {
    const missed = lastAnswer(evidence)?.status === 404;
    const list = listIn(evidence);
    const listed = missed ? [] : list === undefined ? undefined : resourcesIn(list);
    if (listed === undefined) return unknown(`the look-up showed no list: ${showOutcome(evidence)}`);
    const wanted = String(given.displayName).toLowerCase();
    if (given.like !== undefined && !finds(wanted, evidence.earlier.get(String(given.like)))) {
      return unknown(`step ${String(given.like)}, the same look-up, found no group when there was one`);
    }
    const found = listed.filter(isJsonObject).filter((group) => nameOf(group) === wanted);
    const count = Number(given.count);
    if (found.length < count && (leniently(list?.totalResults) ?? 0) > listed.length) {
      return unknown("the list is not complete");
    }
    if (found.length !== count) {
      return broken(difference("groups of that name", String(count), String(found.length)));
    }
    const id = found[0]?.id;
    if (given.id === undefined || count === 0 || String(id) === String(given.id)) return broken();
    return broken(difference("id of that group", String(given.id), String(id)));
  },
};

function finds(name: string, step: Pick<Evidence, "exchanges"> | undefined): boolean {
  const list = step === undefined ? undefined : listIn(step);
  const listed = list === undefined ? undefined : resourcesIn(list);
  return listed?.some((group) => isJsonObject(group) && nameOf(group) === name) === true;
}

const nameOf = (group: JsonObject) =>
  typeof group.displayName === "string" ? group.displayName.toLowerCase() : undefined;
