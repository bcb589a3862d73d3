import { plural } from "../model/count.ts";
import type { Exchange, Request, Send } from "../model/exchange.ts";

/** Counts requests and refuses to send more than the ceiling allows. */
export interface Meter {
  readonly send: Send;
  /** Counts too, but gets through whatever the ceiling says: what was made has to be removed. */
  readonly sendAlways: Send;
  readonly count: () => number;
  /** Whether a request was held back because the ceiling was reached. */
  readonly stopped: () => boolean;
}

export function meter(send: Send, ceiling: number): Meter {
  let count = 0;
  let stopped = false;
  const sendAlways: Send = (request, signal) => {
    count++;
    return send(request, signal);
  };
  return {
    sendAlways,
    count: () => count,
    stopped: () => stopped,
    send: async (request, signal) => {
      if (count < ceiling) return sendAlways(request, signal);
      stopped = true;
      return heldBack(request, ceiling);
    },
  };
}

function heldBack(request: Request, ceiling: number): Exchange {
  return {
    request,
    url: request.path,
    outcome: {
      kind: "silence",
      reason: "aborted",
      detail: `not sent: the ceiling of ${plural(ceiling, "request")} is reached (--max-requests)`,
    },
    timing: { startedAt: 0 },
  };
}
