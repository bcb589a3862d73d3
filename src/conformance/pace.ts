import type { Clock } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";

/** Spaces requests so that no more than `perSecond` start in a second; bursts (`showThrottling`) are let through. */
export function pace(send: Send, clock: Clock, perSecond: number): Send {
  const gapMs = 1000 / perSecond;
  let nextStart = 0;
  return async (request, signal) => {
    if (request.showThrottling !== true) {
      const now = clock.now();
      const start = Math.max(now, nextStart);
      nextStart = start + gapMs;
      if (start > now) await clock.sleep(start - now, signal);
    }
    return send(request, signal);
  };
}
