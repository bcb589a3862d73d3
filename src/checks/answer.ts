import type { Difference, Evidence, Judgement } from "../model/evidence.ts";
import type { Answer } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { jsonBody } from "../model/json-body.ts";
import { jsonFault } from "./json-fault.ts";

/** The answer a step is judged by: the last exchange's, if anything came back at all. */
export function lastAnswer(evidence: Pick<Evidence, "exchanges">): Answer | undefined {
  const outcome = evidence.exchanges.at(-1)?.outcome;
  return outcome?.kind === "answer" ? outcome : undefined;
}

export type ParsedBody =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

/** The answer's body as JSON, parsed once however many claims look at it. */
export function parsedBody(answer: Answer): ParsedBody {
  return answer.notUtf8 === true ? NOT_UTF_8 : legibleBody(answer);
}

const NOT_UTF_8: ParsedBody = { ok: false, problem: "the body is not UTF-8, as JSON on the wire must be" };

/** What is wrong with a body, told once, because a long text takes its time; empty where nothing is. */
const problems = new WeakMap<Answer, string>();

/**
 * What can be made out of a body all the same: one that is no JSON to Okta may still tell the id of something that has
 * to be removed, or that later steps ask about.
 */
export function legibleBody(answer: Answer): ParsedBody {
  const value = jsonBody(answer);
  const problem = problems.get(answer) ?? problemOf(answer, value);
  problems.set(answer, problem);
  return value === undefined || problem !== "" ? { ok: false, problem } : { ok: true, value };
}

function problemOf({ body }: Answer, value: Json | undefined): string {
  if (value !== undefined) {
    return isTooDeep(body) ? `the body is JSON nested more than ${DEEPEST} levels deep` : "";
  }
  if (body.trim() === "") return "the body is empty";
  const start = body.trimStart().slice(0, 40).replaceAll(/\s+/g, " ");
  return `the body is not JSON; it begins with ${JSON.stringify(start)}${whereItGoesWrong(body)}`;
}

/** Of what sets out as JSON; names of attributes are told, values are somebody's. */
function whereItGoesWrong(body: string): string {
  const fault = /^\s*[{[]/.test(body) ? jsonFault(body) : undefined;
  if (fault === undefined) return "";
  const where = fault.name === undefined ? "" : `, at ${JSON.stringify(fault.name.slice(0, 60))}`;
  return body.slice(fault.at).trim() === ""
    ? `, and ends after ${fault.at} characters${where}`
    : `, and goes wrong after ${fault.at} characters${where}`;
}

// No SCIM resource comes near it. What is deeper would overflow the stack of whoever copies, compares or prints it.
const DEEPEST = 1_000;

/** Whether JSON is nested deeper than can be handled, told from its text without recursion. */
function isTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // A text, to its end.
        for (at += 1; at < text.length && text.charCodeAt(at) !== 0x22; at += 1) {
          if (text.charCodeAt(at) === 0x5c) at += 1;
        }
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > DEEPEST) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
    }
  }
  return false;
}

export const holds: Judgement = { kind: "holds" };

export function broken(...differences: readonly Difference[]): Judgement {
  return differences.length === 0 ? holds : { kind: "broken", differences };
}

/** Differences of one claim that are told one by one. */
const MOST_DIFFERENCES = 100;

/** Broken by a list of differences, which may have as many elements as an answer has; sound where it is empty. */
export function brokenBy(differences: readonly Difference[]): Judgement {
  const more = differences.length - MOST_DIFFERENCES;
  if (more <= 0) return broken(...differences);
  const rest = difference("elsewhere", "no difference", `${more} more like these`);
  return broken(...differences.slice(0, MOST_DIFFERENCES), rest);
}

export function difference(where: string, expected: string, actual: string): Difference {
  return { where, expected, actual };
}

/** A difference that another exchange of the step shows than the last one. */
export const shownBy = (exchange: number, found: Difference): Difference => ({ ...found, exchange });

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
