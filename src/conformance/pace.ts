import type { Clock } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";

/**
 * Spaces requests so that no more than `perSecond` start in a second, whichever of the senders they are given to;
 * bursts (`showThrottling`) are let through.
 */
export function pace(clock: Clock, perSecond: number): (send: Send) => Send {
  const gapMs = 1000 / perSecond;
  let nextStart = 0;
  return (send) => async (request, signal) => {
    if (request.showThrottling !== true) {
      const now = clock.now();
      const start = Math.max(now, nextStart);
      nextStart = start + gapMs;
      if (start > now) await clock.sleep(start - now, signal);
    }
    return send(request, signal);
  };
}
