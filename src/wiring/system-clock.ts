import type { Clock } from "../model/clock.ts";
import { LONGEST_MS } from "../model/duration.ts";

/** Real time. Taken from the monotonic clock, so that it never runs backwards within a run. */
export function systemClock(): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        let leftMs = ms;
        let timer: NodeJS.Timeout;
        // A server may name thirty years, and a timer waits for less than a month.
        const wait = () => {
          const nextMs = Math.min(leftMs, LONGEST_MS);
          leftMs -= nextMs;
          timer = setTimeout(leftMs > 0 ? wait : done, nextMs);
        };
        signal?.addEventListener("abort", done);
        wait();
      }),
  };
}
