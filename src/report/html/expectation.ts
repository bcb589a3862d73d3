import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { parsePath, valueAt } from "../../model/path.ts";
import type { Finding } from "../../model/verdict.ts";

/** The value the server should have shown at the place of the finding, given the one it did show. */
type Change = (actual: Json | undefined) => { readonly value: Json | undefined } | undefined;

/**
 * The answer's body as the findings ask for it: the body itself, with every finding put right that says exactly
 * what it wants. Undefined where none does: "an integer" can be shown, but not as the difference of two texts.
 */
export function expectedBody(body: Json, findings: readonly Finding[]): Json | undefined {
  let wanted: Json | undefined = body;
  // From the end, so that what is taken out of a list does not move what stands before it.
  for (const finding of findings.toReversed()) {
    const path = pathIn(finding);
    const change = path === undefined || path.length === 0 ? undefined : changeOf(finding);
    if (path === undefined || change === undefined || !isAbout(finding, body)) continue;
    const corrected: Json | undefined = changedAt(wanted, path, change);
    if (corrected !== undefined) wanted = corrected;
  }
  return wanted === body ? undefined : wanted;
}

/** The path of a finding inside the body of the answer; undefined when it is about something else. */
export function pathIn({ where }: Finding): readonly (string | number)[] | undefined {
  const path = /^body[ .]?(.*)$/.exec(where)?.[1];
  return path === undefined ? undefined : parsePath(path);
}

/** Whether this body is the one the finding quotes: a step may have several answers, and a report masks some. */
function isAbout(finding: Finding, body: Json): boolean {
  const value = valueAt(body, finding.where.replace(/^body[ .]?/, ""));
  if (finding.actual === "absent") return value === undefined;
  const quoted = parsed(finding.actual);
  return quoted === undefined ? value !== undefined : sameText(quoted, value);
}

function changeOf(finding: Finding): Change | undefined {
  const { expected } = finding;
  if (/^absent\b/.test(expected)) return () => ({ value: undefined });
  const without = parsed(/^not to contain (.+)$/s.exec(expected)?.[1]);
  if (without !== undefined) return withoutElement(without);
  const containing = parsed(/^to contain (.+)$/s.exec(expected)?.[1]);
  if (containing !== undefined) return (actual) => ({ value: [...elements(actual), containing] });
  const exactly =
    parsed(expected) ?? parsed(/^(.+?)(?: in any letter case|, as [^"]*)$/s.exec(expected)?.[1]);
  if (exactly !== undefined) return () => ({ value: exactly });
  return membershipChange(finding);
}

const withoutElement =
  (unwanted: Json): Change =>
  (actual) =>
    Array.isArray(actual) ? { value: actual.filter((one: Json) => !includes(one, unwanted)) } : undefined;

/** `3 members` against `2 unexpected: a, b`, the words of the checks that compare whole groups. */
function membershipChange({ expected, actual }: Finding): Change | undefined {
  if (expected === "0 members") return () => ({ value: [] });
  const [, kind, names = ""] = /^\d+ (unexpected|missing): (.+)$/s.exec(actual) ?? [];
  if (kind === undefined || names.endsWith(" and others")) return undefined;
  const ids = names.split(", ");
  return (members) => {
    if (!Array.isArray(members)) return undefined;
    const list = members as readonly Json[];
    return kind === "missing"
      ? { value: [...list, ...ids.map((value) => ({ value }))] }
      : { value: list.filter((member) => !ids.some((value) => includes(member, { value }))) };
  };
}

function changedAt(
  holder: Json | undefined,
  [segment, ...rest]: readonly (string | number)[],
  change: Change,
): Json | undefined {
  if (segment === undefined) return change(holder)?.value;
  const isList = Array.isArray(holder);
  if (isList !== (typeof segment === "number") || (!isList && !isJsonObject(holder))) return undefined;
  const inner = isList ? (holder as readonly Json[])[Number(segment)] : own(holder as JsonObject, segment);
  let value: Json | undefined;
  if (rest.length > 0) {
    value = inner === undefined ? undefined : changedAt(inner, rest, change);
    if (value === undefined) return undefined;
  } else {
    const changed = change(inner);
    if (changed === undefined) return undefined;
    value = changed.value;
  }
  if (isList) return withElement(holder as readonly Json[], Number(segment), value);
  return withKey(holder as JsonObject, String(segment), value);
}

function withElement(list: readonly Json[], index: number, value: Json | undefined): Json | undefined {
  if (index > list.length) return undefined;
  return value === undefined ? list.filter((_, at) => at !== index) : list.toSpliced(index, 1, value);
}

function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const entries = Object.entries(object).filter(([name]) => name !== key || value !== undefined);
  if (value === undefined) return Object.fromEntries(entries);
  const changed = entries.map(([name, old]) => [name, name === key ? value : old] as const);
  return Object.fromEntries(Object.hasOwn(object, key) ? changed : [...changed, [key, value] as const]);
}

const own = (object: JsonObject, key: string | number) =>
  Object.hasOwn(object, key) ? (object[key] as Json) : undefined;

const elements = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined || value === null ? [] : [value];

/** Whether an element has at least what is named; the meaning that `contain` has in a scenario. */
function includes(element: Json, wanted: Json): boolean {
  if (!isJsonObject(wanted) || !isJsonObject(element)) return sameText(element, wanted);
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(element, key) && includes(element[key] as Json, value),
  );
}

function sameText(one: Json, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function parsed(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
