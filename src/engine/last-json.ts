import { legibleBody } from "../checks/answer.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";

/** The JSON body of the last exchange, if it was a success with one. */
export function lastJson(exchanges: readonly Exchange[]): Json | undefined {
  const outcome = exchanges.at(-1)?.outcome;
  if (outcome?.kind !== "answer" || outcome.status >= 300) return undefined;
  const body = legibleBody(outcome);
  return body.ok ? body.value : undefined;
}
