import type { Clock } from "../model/clock.ts";

/** Milliseconds; a timer of Node.js that is set for longer goes off at once. A server may name thirty years. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

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
        const wait = () => {
          const nextMs = Math.min(leftMs, LONGEST_TIMER_MS);
          leftMs -= nextMs;
          timer = setTimeout(leftMs > 0 ? wait : done, nextMs);
        };
        signal?.addEventListener("abort", done);
        wait();
      }),
  };
}
