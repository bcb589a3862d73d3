import type { Clock } from "../model/clock.ts";

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/**
 * Time that passes only while everybody sleeps, so that minutes of waiting take none. Two plays with the same clock
 * wake in the order of their times. A sleep takes no real time, so nobody has to be woken early by a signal.
 * @param start milliseconds since the epoch
 */
export function virtualClock(start: number): Clock {
  let now = start;
  let isDue = false;
  const sleepers: Sleeper[] = [];
  // An immediate runs after every promise that can go on has gone on: until then nobody's time may pass.
  const schedule = () => {
    if (isDue || sleepers.length === 0) return;
    isDue = true;
    setImmediate(wakeNext);
  };
  const wakeNext = () => {
    isDue = false;
    const first = sleepers.shift();
    if (first === undefined) return;
    now = Math.max(now, first.wakeAt);
    first.wake();
    while (sleepers[0] !== undefined && sleepers[0].wakeAt <= now) sleepers.shift()?.wake();
    schedule();
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wakeAt = now + ms;
        const after = sleepers.findIndex((sleeper) => sleeper.wakeAt > wakeAt);
        sleepers.splice(after === -1 ? sleepers.length : after, 0, { wakeAt, wake: resolve });
        schedule();
      }),
  };
}
