import type { Evidence, Judgement } from "../model/evidence.ts";
import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Matcher } from "../model/scenario.ts";
import { lastAnswer, parsedBody, showOutcome, unknown } from "./answer.ts";
import { statusFits } from "./status.ts";

/**
 * Why a claim cannot be told from this step at all: the answer has another status than the one that would show it,
 * or an earlier step that it builds on was refused. That something went wrong there is another claim's matter, so
 * it weighs nothing here. Undefined where it can be told.
 */
export function leftOpen(
  { ifStatus, ifAccepted }: Pick<Matcher, "ifStatus" | "ifAccepted">,
  evidence: Evidence,
): Judgement | undefined {
  for (const step of ifAccepted ?? []) {
    const before = evidence.earlier.get(step);
    const status = before === undefined ? undefined : lastAnswer(before)?.status;
    if (status === undefined || !statusFits(status, "2xx")) {
      const wasSent = before !== undefined && before.exchanges.length > 0;
      const what = wasSent ? `was not accepted (${showOutcome(before)})` : "was not sent";
      return unknown(`step ${step} ${what}`, { neutral: true });
    }
  }
  if (ifStatus === undefined) return undefined;
  const status = lastAnswer(evidence)?.status;
  if (status !== undefined && ifStatus.some((pattern) => statusFits(status, pattern))) return undefined;
  return unknown(`the answer (${showOutcome(evidence)}) shows nothing of it`, { neutral: true });
}

/**
 * Whether a successful read shows what was asked for. `{}`, an error with status 200 or an empty list in place of a
 * user lack everything, so that whatever ought to be absent is; that proves nothing. True of everything that is no
 * read of a resource or of a list of them.
 */
export function showsItsSubject({ exchanges, facts }: Pick<Evidence, "exchanges" | "facts">): boolean {
  const exchange = exchanges.at(-1);
  if (exchange === undefined || Object.keys(facts).length > 0) return true;
  const subject = subjectOf(exchange);
  if (subject === undefined) return true;
  const body = exchange.outcome.kind === "answer" ? parsedBody(exchange.outcome) : undefined;
  return body?.ok === true && isJsonObject(body.value) && subject(body.value);
}

export const SHOWS_NOTHING = "the answer does not show what was asked for, so what it lacks proves nothing";

function subjectOf({ request, outcome }: Exchange): ((body: JsonObject) => boolean) | undefined {
  if (request.method !== "GET" || outcome.kind !== "answer" || !statusFits(outcome.status, "2xx")) {
    return undefined;
  }
  const path = request.path.split("?")[0] ?? "";
  if (/^\/(Users|Groups)\/[^/]+$/.test(path)) return isResource;
  // A tenant may well be empty; a server without any schema or resource type is none.
  if (/^\/(Schemas|ResourceTypes)$/.test(path))
    return ({ Resources }) => Array.isArray(Resources) && Resources.length > 0;
  return /^\/(Users|Groups)$/.test(path) ? isList : undefined;
}

const isResource = ({ id }: JsonObject) => id !== undefined && id !== null && id !== "";

/** RFC 7644 3.4.2 lets an empty list do without `Resources`, but not without `totalResults`. */
export const isList = ({ Resources, totalResults }: JsonObject): boolean =>
  Array.isArray(Resources) || (totalResults !== undefined && totalResults !== null);
