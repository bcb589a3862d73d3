import type { Difference, Evidence, Judgement } from "../model/evidence.ts";
import type { Answer } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";

/** The answer a step is judged by: the last exchange's, if anything came back at all. */
export function lastAnswer(evidence: Pick<Evidence, "exchanges">): Answer | undefined {
  const outcome = evidence.exchanges.at(-1)?.outcome;
  return outcome?.kind === "answer" ? outcome : undefined;
}

export type ParsedBody =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

const parsedBodies = new WeakMap<Answer, ParsedBody>();

/** The answer's body as JSON, parsed once however many claims look at it. */
export function parsedBody(answer: Answer): ParsedBody {
  const known = parsedBodies.get(answer);
  if (known !== undefined) return known;
  const parsed: ParsedBody = answer.notUtf8 === true ? NOT_UTF_8 : parse(answer.body);
  parsedBodies.set(answer, parsed);
  return parsed;
}

const NOT_UTF_8: ParsedBody = { ok: false, problem: "the body is not UTF-8, as JSON on the wire must be" };

/**
 * What can be made out of a body all the same: one that is no JSON to Okta may still tell the id of something that has
 * to be removed, or that later steps ask about.
 */
export function legibleBody(answer: Answer): ParsedBody {
  return answer.notUtf8 === true ? parse(answer.body) : parsedBody(answer);
}

function parse(text: string): ParsedBody {
  if (text.trim() === "") return { ok: false, problem: "the body is empty" };
  try {
    const value = JSON.parse(text) as Json;
    return isTooDeep(text)
      ? { ok: false, problem: `the body is JSON nested more than ${DEEPEST} levels deep` }
      : { ok: true, value };
  } catch {
    const start = text.trimStart().slice(0, 40).replaceAll(/\s+/g, " ");
    return { ok: false, problem: `the body is not JSON; it begins with ${JSON.stringify(start)}` };
  }
}

// No SCIM resource comes near it. What is deeper would overflow the stack of whoever copies, compares or prints it.
const DEEPEST = 1_000;

/** Whether JSON is nested deeper than can be handled, told from its text without recursion. */
function isTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') inText = !inText;
    else if (inText && character === "\\") at += 1;
    else if (!inText && (character === "[" || character === "{")) depth += 1;
    else if (!inText && (character === "]" || character === "}")) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

export const holds: Judgement = { kind: "holds" };

export function broken(...differences: readonly Difference[]): Judgement {
  return differences.length === 0 ? holds : { kind: "broken", differences };
}

export function difference(where: string, expected: string, actual: string): Difference {
  return { where, expected, actual };
}

export function unknown(why: string, options: { readonly neutral?: boolean } = {}): Judgement {
  return options.neutral === true ? { kind: "unknown", why, neutral: true } : { kind: "unknown", why };
}

export function notOffered(why: string): Judgement {
  return { kind: "not-offered", why };
}

const SHOWN_LENGTH = 200;

/** A value as short text for `expected` and `actual`. Never throws, however deep the value is. */
export function show(value: Json | undefined): string {
  if (value === undefined) return "absent";
  const text = shallowText(value, 6);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

// JSON.stringify overflows the stack on a value 100,000 levels deep, and a hostile server may send one.
function shallowText(value: Json, depth: number): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (depth === 0) return "…";
  const budget = 12;
  if (Array.isArray(value)) {
    const shown = value.slice(0, budget).map((item) => shallowText(item, depth - 1));
    if (value.length > budget) shown.push(`… ${value.length} in all`);
    return `[${shown.join(",")}]`;
  }
  const entries = Object.entries(value);
  const shown = entries
    .slice(0, budget)
    .map(([key, item]) => `${JSON.stringify(key)}:${shallowText(item, depth - 1)}`);
  if (entries.length > budget) shown.push("…");
  return `{${shown.join(",")}}`;
}

/** The status, or the reason of the silence, for `actual`. */
export function showOutcome(evidence: Pick<Evidence, "exchanges">): string {
  const outcome = evidence.exchanges.at(-1)?.outcome;
  if (outcome === undefined) return "nothing was sent";
  return outcome.kind === "answer"
    ? String(outcome.status)
    : `no answer (${outcome.reason}): ${outcome.detail}`;
}

export { valueAt } from "../model/path.ts";
