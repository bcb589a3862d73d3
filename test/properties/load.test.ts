import fc from "fast-check";
import { describe, expect } from "vitest";
import { parseThreshold } from "../../src/config/threshold.ts";
import { arrivalsOf } from "../../src/load/arrivals.ts";
import { Latencies } from "../../src/load/latencies.ts";
import { addedUp } from "../../src/load/merge.ts";
import { durationMs } from "../../src/model/duration.ts";
import { COUNTED_METRICS, type LoadStage } from "../../src/model/load-plan.ts";
import { holds } from "./property.ts";

const time = fc.oneof(
  fc.double({ min: 0, max: 10, noNaN: true }),
  fc.double({ min: 0, max: 5_000_000, noNaN: true }),
  fc.constantFrom(0, 0.0005, 1, 2.047, 2.048, 4_294_967.295, 1e12, -1),
);
const times = fc.array(time, { maxLength: 30 });
const histogram = (all: readonly number[]) => {
  const one = new Latencies();
  for (const ms of all) one.record(ms);
  return one;
};
/** All that a report is made of. The mean is a sum of rounded microseconds, so it is exact whatever the order. */
const facts = (one: Latencies) => ({
  counts: [...one.counts.entries()].filter(([, count]) => count > 0),
  count: one.count,
  minMs: one.minMs,
  maxMs: one.maxMs,
  meanMs: one.meanMs,
  percentiles: [0, 50, 90, 99, 99.9, 100].map((percentile) => one.percentileMs(percentile)),
});

describe("histograms", () => {
  holds(
    "histogram-merge",
    "added in any order and any grouping are the histogram of all the times at once",
    fc.record({ a: times, b: times, c: times }),
    ({ a, b, c }) => {
      const whole = facts(histogram([...a, ...b, ...c]));
      const [one, two, three] = [a, b, c].map(histogram);
      if (one === undefined || two === undefined || three === undefined) throw new Error("three are wanted");
      expect(facts(addedUp([one, two, three]))).toEqual(whole);
      expect(facts(addedUp([addedUp([one, two]), three]))).toEqual(whole);
      expect(facts(addedUp([one, addedUp([three, two])]))).toEqual(whole);
      expect(facts(addedUp([three, one, two]))).toEqual(whole);
      expect(facts(one)).toEqual(facts(histogram(a)));
    },
    { runs: 60 },
  );

  holds(
    "histogram-percentiles",
    "tell percentiles that are, to three digits, those of the sorted times",
    fc.record({
      all: fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 60 }),
      percentile: fc.double({ min: 0, max: 100, noNaN: true }),
    }),
    ({ all, percentile }) => {
      const sorted = all.map((ms) => Math.round(ms * 1000) / 1000).toSorted((one, other) => one - other);
      const rank = Math.max(1, Math.ceil((percentile / 100) * sorted.length - 1e-9));
      const exact = sorted[rank - 1] ?? 0;
      const told = histogram(all).percentileMs(percentile);
      expect(told).toBeGreaterThanOrEqual(exact - 1e-9);
      expect(told).toBeLessThanOrEqual(exact * 1.001 + 0.001);
    },
    { runs: 100 },
  );

  holds(
    "histogram-encoding",
    "come back from their encoding with the same counts",
    times,
    (all) => {
      const one = histogram(all);
      const { minMs: min, maxMs: max, meanMs: mean } = one;
      const read = facts(Latencies.decode(one.encoded(), { min, max, mean }));
      const { meanMs, ...exact } = facts(one);
      expect(read).toMatchObject(exact);
      expect(read.meanMs).toBeCloseTo(meanMs, 6);
    },
    { runs: 60 },
  );
});

const rate = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.double({ min: 0, max: 50, noNaN: true }));
const forMs = fc.integer({ min: 1, max: 20_000 });
const stage: fc.Arbitrary<LoadStage> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), rate, forMs }),
  fc.record({ kind: fc.constant("ramp" as const), from: rate, to: rate, forMs }),
  fc.record({
    kind: fc.constant("step" as const),
    from: rate,
    to: rate,
    steps: fc.integer({ min: 1, max: 5 }),
    forMs,
  }),
  fc.record({ kind: fc.constant("burst" as const), plays: fc.integer({ min: 1, max: 50 }), forMs }),
  fc.record({ kind: fc.constant("pause" as const), forMs }),
);

/** Plays meant until a time: the area under the rate, added up in small slices, and the bursts. */
function area(stages: readonly LoadStage[], until: number): number {
  let [plays, from] = [0, 0];
  for (const one of stages) {
    const inside = Math.min(Math.max(0, until - from), one.forMs);
    if (one.kind === "burst" && until > from) plays += one.plays;
    const SLICES = 2_000;
    for (let slice = 0; slice < SLICES; slice += 1) {
      const middle = ((slice + 0.5) / SLICES) * inside;
      plays += (rateAt(one, middle) / 1000) * (inside / SLICES);
    }
    from += one.forMs;
  }
  return plays;
}

function rateAt(one: LoadStage, ms: number): number {
  switch (one.kind) {
    case "constant":
      return one.rate;
    case "ramp":
      return one.from + (one.to - one.from) * (ms / one.forMs);
    case "step": {
      const step = Math.min(one.steps - 1, Math.floor(ms / (one.forMs / one.steps)));
      return one.from + (one.to - one.from) * (one.steps === 1 ? 0 : step / (one.steps - 1));
    }
    default:
      return 0;
  }
}

describe("arrivals", () => {
  holds(
    "arrivals-area",
    "are as many as the area under the rate, never run backwards, and stay inside their stages",
    fc.record({
      stages: fc.array(stage, { minLength: 1, maxLength: 4 }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    ({ stages, at }) => {
      const arrivals = arrivalsOf(stages);
      const whole = area(stages, Number.POSITIVE_INFINITY);
      expect(Math.abs(arrivals.plays - whole)).toBeLessThan(1 + whole * 0.01);
      expect(arrivals.durationMs).toBeCloseTo(
        stages.reduce((sum, one) => sum + one.forMs, 0),
        6,
      );
      let before = 0;
      for (let play = 0; play < arrivals.plays; play += Math.max(1, Math.floor(arrivals.plays / 200))) {
        const start = arrivals.timeOf(play);
        expect(start).toBeGreaterThanOrEqual(before);
        expect(start).toBeLessThanOrEqual(arrivals.durationMs);
        before = start;
      }
      const moment = at * arrivals.durationMs;
      expect(Math.abs(arrivals.before(moment) - area(stages, moment))).toBeLessThan(1.01 + whole * 0.01);
      if (arrivals.plays > 0) {
        const play = Math.floor(at * (arrivals.plays - 1));
        // `before` is the inverse of `timeOf`, give or take the play itself.
        expect(arrivals.before(arrivals.timeOf(play) + 1)).toBeGreaterThanOrEqual(play);
        expect(arrivals.before(arrivals.timeOf(play))).toBeLessThanOrEqual(play + 1);
      }
    },
    { runs: 80 },
  );
});

const percentile = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(99.9, 99.99, 0.5));
const comparison = fc.constantFrom("<", "<=", ">", ">=", "==");
const space = fc.constantFrom("", " ", "  ");
const operation = fc.option(fc.constantFrom("create", "onboarding/create", "play", "a.b"), {
  nil: undefined,
});
const threshold = fc.oneof(
  fc.record({
    kind: fc.constant("time" as const),
    operation,
    of: fc.constantFrom("response", "service"),
    percentile,
    // In minutes too it is less than the 24 days that a duration may last.
    value: fc.integer({ min: 0, max: 30_000 }),
    unit: fc.constantFrom("ms", "s", "m"),
  }),
  fc.record({
    kind: fc.constant("share" as const),
    operation,
    of: fc.constantFrom("errors", "429", "broken"),
    value: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({
    kind: fc.constant("count" as const),
    of: fc.constantFrom(...COUNTED_METRICS),
    value: fc.integer({ min: 0, max: 1_000_000 }),
  }),
);

describe("a threshold", () => {
  holds(
    "threshold-print",
    "is read as what was meant, however it is spaced",
    fc.record({ threshold, comparison, gaps: fc.tuple(space, space, space, space) }),
    ({ threshold: meant, comparison: compared, gaps }) => {
      const of = meant.kind === "count" || meant.operation === undefined ? "" : `${meant.operation}.`;
      const [left, right, limit] =
        meant.kind === "time"
          ? [
              `${of}${meant.of}.p${meant.percentile}`,
              `${meant.value}${meant.unit}`,
              durationMs(`${meant.value}${meant.unit}`),
            ]
          : meant.kind === "share"
            ? [`${of}${meant.of}.rate`, `${meant.value}%`, meant.value / 100]
            : [meant.of, String(meant.value), meant.value];
      const text = `${gaps[0]}${left}${gaps[1]}${compared}${gaps[2]}${right}${gaps[3]}`;
      const parsed = parseThreshold(text);
      // Nothing is less than none, and no share more than all.
      const isSlip =
        compared === "<" ? limit === 0 : compared === ">" && meant.kind === "share" && limit === 1;
      if (isSlip) {
        expect(parsed).toMatchObject({ ok: false, what: `\`${text.trim()}\` can hold for no server.` });
        return;
      }
      if (!parsed.ok) throw new Error(`${text}: ${parsed.what}`);
      expect(parsed.threshold).toMatchObject({ text: text.trim(), comparison: compared, limit });
      expect(parsed.threshold.operation).toBe(of === "" ? undefined : of.slice(0, -1));
      expect(parsed.threshold.metric.kind).toBe(meant.kind);
    },
  );

  const piece = fc.constantFrom(
    "response",
    ".",
    "p99",
    "<",
    "==",
    "=",
    "1%",
    "300ms",
    "lost",
    " ",
    "errors.rate",
    "-1",
    "1e9",
    "NaN",
  );
  holds(
    "threshold-hostile",
    "of any text is read, or refused with a place inside it",
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((all) => all.join("")),
    ),
    (text) => {
      const parsed = parseThreshold(text);
      if (parsed.ok) {
        expect(Number.isFinite(parsed.threshold.limit)).toBe(true);
        return;
      }
      expect(parsed.offset).toBeGreaterThanOrEqual(0);
      expect(parsed.offset).toBeLessThanOrEqual(text.length);
    },
  );
});
