import { readFileSync } from "node:fs";
import fc from "fast-check";
import { build, decodeFromCompressedBase64 } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { Latencies } from "../../../src/load/latencies.ts";

const PERCENTILES = [0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100];
const times = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
  { minLength: 1, maxLength: 300 },
);

function ofMicroseconds(values: readonly number[]): Latencies {
  const latencies = new Latencies();
  for (const value of values) latencies.record(value / 1000);
  return latencies;
}

function byLibrary(values: readonly number[]) {
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 32 - 1,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}

describe("latencies", () => {
  it("agree with hdr-histogram-js on every percentile, whatever was recorded", () => {
    fc.assert(
      fc.property(times, (values) => {
        const ours = ofMicroseconds(values);
        const theirs = byLibrary(values);
        for (const percentile of PERCENTILES.slice(1, -1)) {
          expect(ours.percentileMs(percentile) * 1000).toBeCloseTo(
            Math.min(theirs.getValueAtPercentile(percentile), Math.max(...values)),
            3,
          );
        }
        expect(ours.maxMs * 1000).toBeCloseTo(Math.max(...values), 3);
        expect(ours.minMs * 1000).toBeCloseTo(Math.min(...values), 3);
      }),
      { numRuns: 60 },
    );
  });

  it("are written so that hdr-histogram-js reads the same counts", () => {
    fc.assert(
      fc.property(times, (values) => {
        const read = decodeFromCompressedBase64(ofMicroseconds(values).encoded());
        const theirs = byLibrary(values);
        expect(read.totalCount).toBe(values.length);
        for (const percentile of PERCENTILES) {
          expect(read.getValueAtPercentile(percentile)).toBe(theirs.getValueAtPercentile(percentile));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("come back from their text with every count", () => {
    const values = [0, 1, 999, 2_047, 2_048, 2_049, 1_000_000, 4_294_967_295];
    const before = ofMicroseconds(values);
    const after = Latencies.decode(before.encoded(), {
      min: before.minMs,
      max: before.maxMs,
      mean: before.meanMs,
    });
    expect([...after.counts]).toEqual([...before.counts]);
    expect(after.maxMs).toBe(before.maxMs);
    expect(after.meanMs).toBeCloseTo(before.meanMs, 6);
  });

  it("are read from a histogram that another tool wrote, to the same percentiles", () => {
    // Written by the Python package hdrhistogram 0.10.8 (see interop/README.md): 1 to 100,000 µs, each once.
    const text = readFileSync(new URL("./interop/hdrh.txt", import.meta.url), "utf8").trim();
    const read = Latencies.decode(text);
    expect(read.count).toBe(100_000);
    expect(read.percentileMs(50)).toBeCloseTo(50, 0);
    expect(read.percentileMs(99)).toBeCloseTo(99, 0);
  });

  it("of two parts merge to those of the whole", () => {
    const whole = ofMicroseconds([5, 50, 500, 5_000, 50_000, 500_000]);
    const part = ofMicroseconds([5, 500, 50_000]);
    part.add(ofMicroseconds([50, 5_000, 500_000]));
    expect([...part.counts]).toEqual([...whole.counts]);
    expect([part.minMs, part.maxMs, part.meanMs]).toEqual([whole.minMs, whole.maxMs, whole.meanMs]);
  });

  it("refuse a foreign text that is none, or that inflates to more than a histogram can be", async () => {
    const { deflateSync } = await import("node:zlib");
    const bomb = deflateSync(Buffer.alloc(20_000_000));
    const head = Buffer.alloc(8);
    head.writeInt32BE(0x1c849304, 0);
    head.writeInt32BE(bomb.length, 4);
    expect(() => Latencies.decode(Buffer.concat([head, bomb]).toString("base64"))).toThrow();
    expect(() => Latencies.decode("aGVsbG8=")).toThrow("no HdrHistogram V2");
  });

  it("take more than 71 minutes, or less than nothing, as the nearest they hold", () => {
    const latencies = new Latencies();
    latencies.record(10_000_000);
    latencies.record(-3);
    expect(latencies.count).toBe(2);
    expect(latencies.maxMs).toBeCloseTo(4_294_967, 0);
    expect(latencies.minMs).toBe(0);
  });
});
