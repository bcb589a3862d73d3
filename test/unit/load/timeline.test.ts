import { describe, expect, it } from "vitest";
import { HEAT_EDGES_MS, heatBucketOf, SUM, Timeline } from "../../../src/load/timeline.ts";
import { percentileIn, timelineReport } from "../../../src/load/timeline-report.ts";

const sum = (column: readonly number[]) => column.reduce((all, count) => all + count, 0);

describe("a timeline", () => {
  it("grows wider slots in a long run, and loses nothing", () => {
    const timeline = new Timeline(0);
    for (let second = 0; second < 86_400; second += 10) {
      timeline.add(SUM.started, second * 1000, 2);
      timeline.ended(SUM.finished, false, second * 1000, 5);
      timeline.peak("inFlight", second * 1000, second);
    }
    const { slotMs, sums, heat, peaks } = timeline.data();
    expect(sums.started.length).toBeLessThanOrEqual(600);
    expect(slotMs).toBe(256_000);
    expect(sum(sums.started)).toBe(17_280);
    expect(sum(heat.map((counts) => counts[1] ?? 0))).toBe(8_640);
    expect(Math.max(...peaks.inFlight)).toBe(86_390);
  });

  it("of two shards adds up what is counted and what is held open, and keeps the worst of the rest", () => {
    const parts = [1, 2].map((count) => {
      const timeline = new Timeline(0);
      timeline.add(SUM["2xx"], 500, count);
      timeline.peak("connections", 500, 10);
      timeline.peak("loopDelayMs", 500, count);
      timeline.ended(SUM.finished, false, 500, 1);
      return timeline.data();
    });
    const { sums, peaks, heat } = Timeline.merged(parts).data();
    expect(sums["2xx"]).toEqual([3]);
    expect(peaks.connections).toEqual([20]);
    expect(peaks.loopDelayMs).toEqual([2]);
    expect(heat[0]?.[1]).toBe(2);
  });

  it("of shards with slots of different widths is that of the wider", () => {
    const long = new Timeline(0);
    long.add(SUM.started, 1_000_000);
    const short = new Timeline(0);
    short.add(SUM.started, 1_500);
    short.add(SUM.started, 2_500);
    const { slotMs, sums } = Timeline.merged([long.data(), short.data()]).data();
    expect(slotMs).toBe(2_000);
    expect([sums.started[0], sums.started[1]]).toEqual([1, 1]);
    expect(sum(sums.started)).toBe(3);
  });

  it("knows a time by its bucket within a tenth", () => {
    for (const ms of [0.1, 1, 7.3, 42, 300, 12_345]) {
      const middle = percentileIn([heatBucketOf(ms), 1], 0.5) ?? 0;
      expect(Math.abs(middle / ms - 1)).toBeLessThan(0.1);
      expect(HEAT_EDGES_MS[heatBucketOf(ms)]).toBeLessThanOrEqual(ms);
    }
  });

  it("counts ten plays in each second of 10/s, whenever the load began", () => {
    for (const startAt of [0, 1_234.567_891, 98_765.432_1, 0.1]) {
      const timeline = new Timeline(startAt);
      for (let play = 0; play < 600; play += 1) timeline.add(SUM.offered, startAt + play * 100);
      expect(new Set(timeline.data().sums.offered)).toEqual(new Set([10]));
    }
  });

  it("puts every edge into the bucket that begins there, and what is just less into the one before", () => {
    for (const [bucket, edge] of HEAT_EDGES_MS.entries()) {
      expect(heatBucketOf(edge)).toBe(bucket);
      if (bucket > 0) expect(heatBucketOf(edge * (1 - 1e-9))).toBe(bucket - 1);
    }
    expect([-1, Number.NaN, 1e12, Number.POSITIVE_INFINITY].map(heatBucketOf)).toEqual([
      0,
      0,
      HEAT_EDGES_MS.length - 1,
      HEAT_EDGES_MS.length - 1,
    ]);
  });

  it("says nothing where nothing was measured", () => {
    const timeline = new Timeline(0);
    timeline.add(SUM.offered, 2_500);
    const { p99, max, cpuShare, inFlight } = timelineReport(timeline.data(), 0);
    expect([p99, max, cpuShare].map((column) => column[0])).toEqual([null, null, null]);
    expect(inFlight).toEqual([0, 0, 0]);
  });
});
