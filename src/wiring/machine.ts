import { monitorEventLoopDelay } from "node:perf_hooks";
import { cpuUsage, memoryUsage } from "node:process";
import { isMainThread } from "node:worker_threads";
import type { Machine } from "../load/health.ts";

/** Milliseconds between two looks at the event loop. */
const RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;

/**
 * What plays, as a load watches it: this process, or one of its threads. Call `close` when the load is over.
 * @param isAlone whether nothing else of this process does work that is not the load's
 */
export function thisMachine(isAlone: boolean): Machine & { close(): void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    // Of one thread Node tells no CPU time, but how long its loop was busy; the process's is that of all threads.
    cpuMs: isMainThread && isAlone ? cpuOfProcess : () => performance.eventLoopUtilization().active,
    loopDelay: () => {
      // What is measured is the whole interval; what came on top of it is the delay.
      const late = (ns: number) => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS);
      const seen = { p99Ms: late(delay.percentile(99)), maxMs: late(delay.max) };
      delay.reset();
      return seen;
    },
    memoryBytes: () => memoryUsage.rss(),
    close: () => void delay.disable(),
  };
}

function cpuOfProcess(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
