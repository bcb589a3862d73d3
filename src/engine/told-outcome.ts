import type { Outcome } from "../model/exchange.ts";

/** What came of a request, as the rest of a sentence that begins with the request. */
export function outcomeTold(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "was not sent";
  return outcome.kind === "answer" ? `was answered ${outcome.status}` : `got no answer (${outcome.reason})`;
}
