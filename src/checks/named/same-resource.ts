import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { brokenBy, difference, lastAnswer, parsedBody, show, unknown, valueAt } from "../answer.ts";

/**
 * Compares the resource in this answer with the one an earlier step showed. Arrays are compared without order
 * and their objects by `value`, the sub-attribute that matters (RFC 7643 2.4); null, `[]`, `""` and absence are
 * one and the same (RFC 7643 2.5).
 */
export const sameResource: Check = {
  name: "same-resource",
  summary:
    "The resource equals the one of an earlier step, at the paths of `only` or everywhere but `except`.",
  takes: ["as", "except?", "only?"],
  judge(evidence, given): Judgement {
    const now = resourceIn(evidence);
    const earlier = evidence.earlier.get(String(given.as));
    const before = earlier === undefined ? undefined : resourceIn(earlier);
    if (before === undefined) return unknown(`step ${String(given.as)} showed no resource to compare with`);
    if (now === undefined) return unknown("the answer shows no resource");
    const paths = given.only === undefined ? keysOf(before, now, texts(given.except)) : texts(given.only);
    if (paths.every((path) => isUnassigned(valueAt(before, path)))) {
      return unknown(`step ${String(given.as)} showed nothing that could be kept`, { neutral: true });
    }
    return brokenBy(paths.flatMap((path) => changeAt(path, before, now)));
  },
};

function resourceIn(evidence: Pick<Evidence, "exchanges">): JsonObject | undefined {
  const answer = lastAnswer(evidence);
  if (answer === undefined || answer.status >= 300) return undefined;
  const body = parsedBody(answer);
  return body.ok && isJsonObject(body.value) ? body.value : undefined;
}

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)];

function keysOf(before: JsonObject, now: JsonObject, except: readonly string[]): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].filter((key) => !except.includes(key)).map((key) => `[${JSON.stringify(key)}]`);
}

function changeAt(path: string, before: JsonObject, now: JsonObject): readonly Difference[] {
  const [old, present] = [valueAt(before, path), valueAt(now, path)];
  if (same(old, present)) return [];
  return [difference(`body ${path}`, `${show(old)}, as before`, show(present))];
}

const isUnassigned = (value: Json | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

// No user is nested this deep; a hostile answer may be, and would overflow the stack.
const DEEPEST = 50;

function same(one: Json | undefined, other: Json | undefined, depth = 0): boolean {
  if (isUnassigned(one) || isUnassigned(other)) return isUnassigned(one) && isUnassigned(other);
  if (depth > DEEPEST) return true;
  if (Array.isArray(one) && Array.isArray(other)) return sameElements(one, other, depth + 1);
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(one[key], other[key], depth + 1));
}

function sameElements(some: readonly Json[], others: readonly Json[], depth: number): boolean {
  if (some.length !== others.length) return false;
  const left = [...others];
  return some.every((element) => {
    const index = left.findIndex((other) => same(significant(element), significant(other), depth));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
}

const significant = (element: Json): Json =>
  isJsonObject(element) && element.value !== undefined ? element.value : element;
