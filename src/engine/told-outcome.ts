import type { Outcome } from "../model/exchange.ts";

/** What came of a request, as the rest of a sentence that begins with the request. */
export function outcomeTold(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "was not sent";
  return outcome.kind === "answer" ? `was answered ${outcome.status}` : `got no answer (${outcome.reason})`;
}

/** The same of a list or a search that showed none: a success says so, since its status does not tell what is wrong. */
export function listTold(outcome: Outcome | undefined): string {
  return isSuccess(outcome) ? `${outcomeTold(outcome)} with no list that can be read` : outcomeTold(outcome);
}

/** Whether what was asked for was done, as far as a status tells. */
export const isSuccess = (outcome: Outcome | undefined): boolean =>
  outcome?.kind === "answer" && outcome.status >= 200 && outcome.status < 300;
