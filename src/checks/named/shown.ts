import type { Evidence, StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { lastAnswer, parsedBody } from "../answer.ts";

/** The JSON object that a success shows; undefined for a refusal, an empty body or anything else. */
export function objectShown(step: Pick<StepEvidence, "exchanges"> | undefined): JsonObject | undefined {
  const answer = step === undefined ? undefined : lastAnswer(step);
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined;
  const body = parsedBody(answer);
  return body.ok && isJsonObject(body.value) ? body.value : undefined;
}

/** What an earlier step of the play, named in an argument of a check, showed. */
export function shownEarlier(evidence: Evidence, step: Json | undefined): JsonObject | undefined {
  return objectShown(evidence.earlier.get(String(step)));
}

/** The texts of an argument that is one text or an array of them. */
export function textsOf(given: Json | undefined): readonly string[] {
  if (given === undefined || given === null) return [];
  return Array.isArray(given) ? (given as readonly Json[]).map(String) : [String(given)];
}

/** The objects of an array; none where there is no array. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

/** The value under a name whose letter case does not count (RFC 7643 2.1). */
export function valueNamed(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const folded = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === folded)?.[1];
}

/** Null, `""`, `[]` and absence are one and the same (RFC 7643 2.5). */
export const isUnassigned = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** A text that says something. */
export const isText = (value: Json | undefined) => typeof value === "string" && value.trim() !== "";
