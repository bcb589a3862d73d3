import type { Clock } from "../model/clock.ts";
import { type Exchange, headerValue, type Request, type Send } from "../model/exchange.ts";

const TRIES = 8;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface PatienceOptions {
  readonly clock: Clock;
  /** Milliseconds beyond which a `Retry-After` is not obeyed; a minute when absent. */
  readonly longestMs?: number;
  /** Told of every request that is sent again: the refused one may have been carried out all the same. */
  readonly onRepeat?: (request: Request) => void;
}

/**
 * Waits out every 429 that is not itself the matter of a request, so that throttling fails nothing else.
 * An integer `Retry-After` is obeyed up to `longestMs`; anything else means a doubling pause, far below Okta's five
 * minutes, because the wait is ours and not a verdict. Once a server has outlasted this patience, requests are sent
 * once each until one gets through again: a quota that is used up must not hold the run for hours.
 */
export function waitOutThrottling(send: Send, options: PatienceOptions): Send {
  const { clock, longestMs = 60_000, onRepeat } = options;
  let isExhausted = false;
  return async (request, signal) => {
    let exchange = await send(request, signal);
    if (request.showThrottling === true) return exchange;
    for (let tries = 1; isThrottled(exchange); tries++) {
      if (isExhausted || tries === TRIES || signal.aborted) {
        isExhausted ||= tries === TRIES;
        return exchange;
      }
      const asked = retryAfterMs(exchange);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
      await clock.sleep(asked === undefined ? pause : Math.min(asked, longestMs), signal);
      if (signal.aborted) return exchange;
      onRepeat?.(request);
      exchange = await send(request, signal);
    }
    isExhausted = false;
    return exchange;
  };
}

const isThrottled = ({ outcome }: Exchange) => outcome.kind === "answer" && outcome.status === 429;

function retryAfterMs({ outcome }: Exchange): number | undefined {
  if (outcome.kind !== "answer") return undefined;
  const text = headerValue(outcome.headers, "Retry-After") ?? "";
  const seconds = Number(/^[ \t]*(\d+)[ \t]*$/.exec(text)?.[1] ?? 0);
  // A wait of nothing would spend all tries at once.
  return seconds > 0 ? seconds * 1000 : undefined;
}
