import type { Check, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, difference, lastAnswer, parsedBody, showOutcome, unknown } from "../answer.ts";

/**
 * Counts by name instead of trusting `totalResults`, so that a server that ignores the filter is not blamed for
 * something else. A look-up that finds nobody may answer 404 (Okta's reference tolerates it).
 */
export const usersNamed: Check = {
  name: "users-named",
  summary:
    "A look-up shows exactly `count` users with this userName (letter case ignored), the first with `id`.",
  takes: ["userName", "count", "id?"],
  judge(evidence, given): Judgement {
    const answer = lastAnswer(evidence);
    const count = Number(given.count);
    const listed =
      answer?.status === 404 ? [] : answer?.status === 200 ? listIn(parsedBody(answer)) : undefined;
    if (answer === undefined || listed === undefined) {
      return unknown(`the look-up was not answered with a list: ${showOutcome(evidence)}`);
    }
    const wanted = String(given.userName).toLowerCase();
    const found = listed.filter((user) => nameOf(user) === wanted);
    if (found.length !== count) {
      if (found.length < count && isPartial(answer, listed)) return unknown("the list is not complete");
      return broken(difference("users of that userName", String(count), String(found.length)));
    }
    if (isPartial(answer, listed)) return unknown("the list is not complete, so that more may exist");
    const id = found[0]?.id;
    if (given.id === undefined || count === 0 || String(id) === String(given.id)) return broken();
    return broken(difference("id of that user", String(given.id), String(id)));
  },
};

function listIn(body: ReturnType<typeof parsedBody>): readonly JsonObject[] | undefined {
  if (!body.ok || !isJsonObject(body.value)) return undefined;
  const { Resources: resources, totalResults } = body.value;
  if (Array.isArray(resources)) return (resources as readonly Json[]).filter(isJsonObject);
  // RFC 7644 3.4.2 lets an empty list do without Resources.
  return (resources === undefined || resources === null) && Number(totalResults) === 0 ? [] : undefined;
}

const nameOf = (user: JsonObject) =>
  typeof user.userName === "string" ? user.userName.toLowerCase() : undefined;

function isPartial(answer: NonNullable<ReturnType<typeof lastAnswer>>, listed: readonly Json[]): boolean {
  const body = parsedBody(answer);
  return body.ok && isJsonObject(body.value) && Number(body.value.totalResults) > listed.length;
}
