import type { Clock } from "../model/clock.ts";
import { type Exchange, headerValue, type Send } from "../model/exchange.ts";

const TRIES = 8;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Waits out every 429 that is not itself the matter of a request, so that throttling fails nothing else.
 * An integer `Retry-After` is obeyed up to `longestMs`; anything else means a doubling pause, far below Okta's five
 * minutes, because the wait is ours and not a verdict.
 */
export function waitOutThrottling(send: Send, clock: Clock, longestMs = 60_000): Send {
  return async (request, signal) => {
    let exchange = await send(request, signal);
    if (request.showThrottling === true) return exchange;
    for (let tries = 1; tries < TRIES && isThrottled(exchange) && !signal.aborted; tries++) {
      const asked = retryAfterMs(exchange);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
      await clock.sleep(asked === undefined ? pause : Math.min(asked, longestMs), signal);
      exchange = await send(request, signal);
    }
    return exchange;
  };
}

const isThrottled = ({ outcome }: Exchange) => outcome.kind === "answer" && outcome.status === 429;

function retryAfterMs({ outcome }: Exchange): number | undefined {
  if (outcome.kind !== "answer") return undefined;
  const text = headerValue(outcome.headers, "Retry-After")?.trim() ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;
}
