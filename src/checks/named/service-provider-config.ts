import type { Evidence, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { lastAnswer, showOutcome, unknown, valueAt } from "../answer.ts";
import { NO_ENDPOINT } from "../status.ts";
import { shownEarlier } from "./shown.ts";

/** What `/ServiceProviderConfig`, read by an earlier step, says of a feature; undefined where it says nothing. */
export function saysOf(evidence: Evidence, step: Json | undefined, feature: string): boolean | undefined {
  const supported = valueAt(shownEarlier(evidence, step), `${feature}.supported`);
  return typeof supported === "boolean" ? supported : undefined;
}

/**
 * Why nothing can be told of what the configuration claims: it was answered with a failure, or with nothing that can be
 * read. That is another claim's matter. Undefined where it was read, or where the server has none.
 */
export function unread(evidence: Evidence, step: Json | undefined): Judgement | undefined {
  const asked = evidence.earlier.get(String(step));
  const status = asked === undefined ? undefined : lastAnswer(asked)?.status;
  if (shownEarlier(evidence, step) !== undefined || NO_ENDPOINT.includes(status ?? 0)) return undefined;
  const came = asked === undefined ? "it was not asked for" : showOutcome(asked);
  return unknown(`the service provider configuration could not be read (${came})`, { neutral: true });
}
