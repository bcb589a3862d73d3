import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, difference, lastAnswer, parsedBody, showOutcome, unknown } from "../answer.ts";

/**
 * Counts by name instead of trusting `totalResults`, so that a server that ignores the filter is not blamed for
 * something else. What is special about one look-up is only blamed where a plain one (`like`) works. A look-up that finds nobody may answer 404 (Okta's reference tolerates it).
 */
export const lookUpFinds: Check = {
  name: "look-up-finds",
  summary:
    "A look-up shows exactly `count` resources of that name (letter case ignored), a single one with `id`; open if step `after` was refused, if the look-up of step `like` found nobody, (without `must-list`) if no list came, or (with `if-found`) if this one found nobody.",
  takes: ["userName?", "displayName?", "count", "id?", "after?", "like?", "must-list?", "if-found?"],
  judge(evidence, given): Judgement {
    const before = given.after === undefined ? undefined : evidence.earlier.get(String(given.after));
    if (before !== undefined && !isSuccess(lastAnswer(before))) {
      return unknown(`step ${String(given.after)} was refused`, { neutral: true });
    }
    if (given.like !== undefined && findsNobody(evidence.earlier.get(String(given.like)))) {
      return unknown(`step ${String(given.like)}, a look-up without difficulty, found nobody either`, {
        neutral: true,
      });
    }
    const list = listIn(lastAnswer(evidence));
    if (list === undefined) {
      if (given["must-list"] === true) return broken(difference("answer", "a list", showOutcome(evidence)));
      return unknown(`the look-up was not answered with a list: ${showOutcome(evidence)}`);
    }
    const attribute = given.userName === undefined ? "displayName" : "userName";
    const wanted = String(given[attribute]).toLowerCase();
    const found = list.resources.filter((resource) => String(resource[attribute]).toLowerCase() === wanted);
    if (given["if-found"] === true && found.length === 0) {
      return unknown("the look-up found nobody, so that it shows no id", { neutral: true });
    }
    return told(found, list.isPartial, Number(given.count), given.id, attribute);
  },
};

const findsNobody = (step: Pick<Evidence, "exchanges"> | undefined) =>
  step === undefined || (listIn(lastAnswer(step))?.resources ?? []).length === 0;

const isSuccess = (answer: Answer | undefined) => answer !== undefined && answer.status < 300;

interface Listed {
  readonly resources: readonly JsonObject[];
  /** More exist than are shown. */
  readonly isPartial: boolean;
}

function listIn(answer: Answer | undefined): Listed | undefined {
  if (answer?.status === 404) return { resources: [], isPartial: false };
  const body = answer?.status === 200 ? parsedBody(answer) : undefined;
  if (body?.ok !== true || !isJsonObject(body.value)) return undefined;
  const { Resources: shown, totalResults } = body.value;
  // RFC 7644 3.4.2 lets an empty list do without Resources.
  if (!Array.isArray(shown))
    return Number(totalResults) === 0 ? { resources: [], isPartial: false } : undefined;
  const resources = (shown as readonly Json[]).filter(isJsonObject);
  return { resources, isPartial: Number(totalResults) > resources.length };
}

function told(
  found: readonly JsonObject[],
  isPartial: boolean,
  count: number,
  id: Json | undefined,
  attribute: string,
): Judgement {
  if (isPartial && found.length <= count) return unknown("the list is not complete, so that more may exist");
  if (found.length !== count) {
    return broken(difference(`resources of that ${attribute}`, String(count), String(found.length)));
  }
  const [only] = found;
  if (id === undefined || only === undefined || String(only.id) === String(id)) return broken();
  return broken(difference("its id", String(id), String(only.id)));
}
