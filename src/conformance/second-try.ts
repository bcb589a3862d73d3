import type { Clock } from "../model/clock.ts";
import type { Outcome, Send } from "../model/exchange.ts";

/** Milliseconds before what failed for now is asked again. */
const PAUSES_MS = [500, 2_000];
const FOR_NOW: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/**
 * Asks again what may be asked twice, a read or a delete, where the server was silent or broken: after a load, one answer
 * that went wrong must neither hide what it kept nor leave anything behind. Once that was in vain, requests are sent
 * once each until one gets through: a server that is gone must not hold anybody for long.
 */
export function withSecondTries(send: Send, clock: Clock): Send {
  let isVain = false;
  return async (request, signal) => {
    let exchange = await send(request, signal);
    const maySendTwice = request.method === "GET" || request.method === "DELETE";
    for (const pause of PAUSES_MS) {
      const { outcome } = exchange;
      if (!maySendTwice || isVain || !failedForNow(outcome) || signal.aborted) break;
      await clock.sleep(pause, signal);
      if (signal.aborted) break;
      exchange = await send(
        outcome.kind === "silence" ? { ...request, freshConnection: true } : request,
        signal,
      );
      // It has cost as long as was allowed already.
      if (isTimedOut(outcome) && isTimedOut(exchange.outcome)) break;
    }
    isVain = maySendTwice && !signal.aborted && failedForNow(exchange.outcome);
    return exchange;
  };
}

function failedForNow(outcome: Outcome): boolean {
  if (outcome.kind === "answer") return FOR_NOW.has(outcome.status);
  return outcome.reason !== "aborted" && outcome.reason !== "no-token";
}

const isTimedOut = (outcome: Outcome) => outcome.kind === "silence" && outcome.reason === "timed-out";
