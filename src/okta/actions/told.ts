import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json, jsonIn } from "../../model/json.ts";

/** The status of an exchange, or 0 where no answer came. */
export const statusOf = ({ outcome }: Exchange): number => (outcome.kind === "answer" ? outcome.status : 0);

export function isSuccess(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status >= 200 && status < 300;
}

/** The JSON an exchange was answered with, whatever the status; undefined when it is none. */
export function jsonOf({ outcome }: Exchange): Json | undefined {
  return outcome.kind === "answer" ? jsonIn(outcome.body) : undefined;
}

/** The id in a successful answer, as text; null when it tells none. */
export function idOf(exchange: Exchange): string | null {
  const body = isSuccess(exchange) ? jsonOf(exchange) : undefined;
  const id = isJsonObject(body) ? body.id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : null;
}
