import type { Exchange, Request, Send } from "../model/exchange.ts";

/** Counts requests and refuses to send more than the ceiling allows. */
export interface Meter {
  readonly send: Send;
  readonly count: () => number;
  /** Whether a request was held back because the ceiling was reached. */
  readonly stopped: () => boolean;
}

export function meter(send: Send, ceiling: number): Meter {
  let count = 0;
  let stopped = false;
  return {
    count: () => count,
    stopped: () => stopped,
    send: async (request, signal) => {
      // Clean-up has to get through, whatever the ceiling says.
      if (count >= ceiling && request.method !== "DELETE") {
        stopped = true;
        return heldBack(request, ceiling);
      }
      count++;
      return send(request, signal);
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
      detail: `not sent: the ceiling of ${ceiling} requests is reached (--max-requests)`,
    },
    timing: { startedAt: 0 },
  };
}
