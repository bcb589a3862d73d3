import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject } from "../../model/json.ts";
import {
  broken,
  difference,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { listResponse } from "./list-response.ts";
import { listIn, resourcesIn } from "./listed.ts";
import { leniently } from "./walks.ts";

/** Nobody was there when the run began. Whoever lists somebody now, and counts him, may just have been given him. */
export const emptyList: Check = {
  name: "empty-list",
  summary:
    "`Resources` of a directory that was empty is an empty array; with `total: true` instead, `totalResults` is 0. Open when a user is listed and counted by now.",
  takes: ["total?"],
  judge(evidence, given) {
    if (somebodyCame(evidence))
      return unknown("a user is listed who was not there when the run began: somebody else writes as well");
    return given.total === true ? totalZero(evidence) : emptyArray(evidence);
  },
};

function somebodyCame(evidence: Pick<Evidence, "exchanges">): boolean {
  const list = listIn(evidence);
  if (list === undefined) return false;
  const listed = resourcesIn(list) ?? [];
  const total = leniently(list.totalResults) ?? 0;
  return (
    listed.length > 0 && total >= listed.length && listed.every((one) => isJsonObject(one) && "id" in one)
  );
}

function emptyArray(evidence: Evidence): Judgement {
  const shape = listResponse.judge(evidence, {});
  if (shape.kind !== "holds") return shape;
  const { Resources = [] } = listIn(evidence) ?? {};
  return Array.isArray(Resources) && Resources.length > 0
    ? broken(difference("body Resources", "0 long", `${Resources.length} long`))
    : broken();
}

function totalZero(evidence: Evidence): Judgement {
  const answer = lastAnswer(evidence);
  if (answer === undefined) return broken(difference("answer", "an empty list", showOutcome(evidence)));
  const body = parsedBody(answer);
  if (!body.ok) return broken(difference("body", "a JSON body", body.problem));
  const total = valueAt(body.value, "totalResults");
  return total === 0 ? broken() : broken(difference("body totalResults", "0", show(total)));
}
