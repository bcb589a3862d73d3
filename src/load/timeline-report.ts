import type { LoadTimeline } from "../model/load-timeline.ts";
import { HEAT_EDGES_MS, type TimelineData } from "./timeline.ts";

/** A timeline as the report shows it. */
export function timelineReport(data: TimelineData, measuredFromMs: number): LoadTimeline {
  const { sums, peaks, heat, slotMs } = data;
  const measured = (column: readonly number[]) => column.map((value) => Math.max(0, rounded(value)));
  const percentiles = (share: number) => heat.map((counts) => percentileIn(counts, share));
  return {
    slotMs,
    measuredFromMs,
    offered: sums.offered,
    started: sums.started,
    finished: sums.finished,
    dropped: sums.dropped,
    answers: {
      "2xx": sums["2xx"],
      "3xx": sums["3xx"],
      "4xx": sums["4xx"],
      "429": sums["429"],
      "5xx": sums["5xx"],
      silence: sums.silence,
    },
    errors: sums.errors,
    p50: percentiles(0.5),
    p90: percentiles(0.9),
    p99: percentiles(0.99),
    max: data.maxMs.map((value) => (value < 0 ? null : rounded(value))),
    inFlight: measured(peaks.inFlight),
    waitingAfter429: measured(peaks.waiting),
    connections: measured(peaks.connections),
    lateStartMs: measured(peaks.lateStartMs),
    loopDelayMs: measured(peaks.loopDelayMs),
    cpuShare: peaks.cpuShare.map((value) => (value < 0 ? null : rounded(value))),
    heat: { edgesMs: HEAT_EDGES_MS.map(rounded), slots: heat },
  };
}

/** The middle of the bucket that so large a share of the counts does not go beyond. */
export function percentileIn(counts: readonly number[], share: number): number | null {
  let all = 0;
  for (let index = 1; index < counts.length; index += 2) all += counts[index] ?? 0;
  if (all === 0) return null;
  const wanted = Math.max(1, Math.ceil(all * share));
  let reached = 0;
  for (let index = 0; index + 1 < counts.length; index += 2) {
    reached += counts[index + 1] ?? 0;
    if (reached < wanted) continue;
    const bucket = counts[index] ?? 0;
    const lower = HEAT_EDGES_MS[bucket] ?? 0;
    const upper = HEAT_EDGES_MS[bucket + 1] ?? lower;
    return rounded(Math.sqrt(Math.max(lower, 0.032) * upper));
  }
  return null;
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
