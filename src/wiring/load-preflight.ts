import type { Exchange, Send } from "../model/exchange.ts";
import { REFUSED_AT_FIRST } from "../model/load-stop.ts";
import type { Stopped } from "../model/report.ts";

/** What the first answer of a server tells a load. */
export interface FirstLook {
  /** How many people the server says it has; absent where it does not say. */
  readonly usersBefore?: number;
  /** Why nothing is played: it is no SCIM server, or does not let us in. */
  readonly refused?: Stopped;
}

/** The least that can be asked of a SCIM server. */
export async function askForUsers(send: Send, signal: AbortSignal): Promise<Exchange> {
  const [{ speak }, { buildRequest }] = await Promise.all([
    import("../okta/headers.ts"),
    import("../engine/request.ts"),
  ]);
  return send(buildRequest(speak, "GET", "/Users?startIndex=1&count=1"), signal);
}

/**
 * Asks once before anything is made. A server that fails, throttles or does not answer is put under load all the same:
 * what it does then is what a load is about.
 */
export async function firstLook(send: Send, signal: AbortSignal): Promise<FirstLook> {
  const exchange = await askForUsers(send, signal);
  const { diagnose } = await import("../conformance/preflight.ts");
  const seen = diagnose(exchange);
  if (seen.kind === "ready") return seen;
  const { cause, why, remedy } = seen.stopped;
  const hasFailed = exchange.outcome.kind === "silence" || exchange.outcome.status >= 500;
  return hasFailed || !REFUSED_AT_FIRST.includes(cause) ? {} : { refused: { cause, why, remedy } };
}
