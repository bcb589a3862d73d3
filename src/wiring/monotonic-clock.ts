// Not the global of this name, which is a getter: it is asked for several times a request.
import { performance } from "node:perf_hooks";
import type { Clock } from "../model/clock.ts";
import { systemClock } from "./system-clock.ts";

/** Milliseconds since the epoch at 0 of `monotonicClock`. */
export const EPOCH = performance.timeOrigin;

/** Real time on the scale of the connections under load: milliseconds since this process began. */
export function monotonicClock(): Clock {
  return { now: () => performance.now(), sleep: systemClock().sleep };
}

/** Waits for a moment by looking at the clock again and again in its last milliseconds: exact, and dear. */
export async function preciseTick(untilMs: number): Promise<void> {
  const left = untilMs - performance.now();
  if (left > COARSE_MS) await new Promise((resolve) => setTimeout(resolve, left - COARSE_MS));
  while (performance.now() < untilMs) await new Promise((resolve) => setImmediate(resolve));
}

const COARSE_MS = 2;
