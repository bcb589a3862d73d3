import type { Evidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { lastAnswer, parsedBody } from "../answer.ts";
import { isList } from "../evidence.ts";

/**
 * The list an answer carries, if it carries one at all. Checks of what stands in a list are silent when there is
 * none: that is one failure, and belongs to the claim that asks for the list.
 */
export function listIn(evidence: Pick<Evidence, "exchanges">): JsonObject | undefined {
  const answer = lastAnswer(evidence);
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined;
  const body = parsedBody(answer);
  return body.ok && isJsonObject(body.value) && isList(body.value) ? body.value : undefined;
}

/** The resources of a list. A missing or null `Resources` counts as none, as RFC 7644 3.4.2 lets an empty list be. */
export function resourcesIn(list: JsonObject): readonly Json[] | undefined {
  const { Resources } = list;
  if (Resources === undefined || Resources === null) return [];
  return Array.isArray(Resources) ? (Resources as readonly Json[]) : undefined;
}

/** Whether an earlier look-up listed nobody, or nothing at all: what it was to be compared with shows nothing then. */
export function findsNobody(step: Pick<Evidence, "exchanges"> | undefined): boolean {
  const list = step === undefined ? undefined : listIn(step);
  return list === undefined || (resourcesIn(list) ?? []).length === 0;
}

export const NO_LIST = "the answer carries no list";
