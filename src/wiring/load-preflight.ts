import type { Exchange, Send } from "../model/exchange.ts";
import { REFUSED_AT_FIRST } from "../model/load-stop.ts";
import type { Stopped } from "../model/report.ts";
import type { OpenTarget } from "./target.ts";

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
 * Asks once before anything is made, over a connection such as the load's own: the way of a conformance run would hold
 * 30 MB from then on. A server that fails, throttles or does not answer is put under load all the same: what it does then
 * is what a load is about.
 */
export async function firstLook(
  open: Pick<OpenTarget, "wire">,
  http2: boolean,
  signal: AbortSignal,
): Promise<FirstLook> {
  const [{ wire }, { sendOver }, { diagnose }] = await Promise.all([
    open.wire(1, http2),
    import("../load/wire/send-over.ts"),
    import("../conformance/preflight.ts"),
  ]);
  const exchange = await askForUsers(sendOver(wire), signal);
  await wire.close();
  const seen = diagnose(exchange);
  if (seen.kind === "ready") return seen;
  const { cause, why, remedy } = seen.stopped;
  const hasFailed = exchange.outcome.kind === "silence" || exchange.outcome.status >= 500;
  return hasFailed || !REFUSED_AT_FIRST.includes(cause) ? {} : { refused: { cause, why, remedy } };
}
