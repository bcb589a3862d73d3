import type { Distribution } from "../model/load.ts";
import type { Latencies } from "./latencies.ts";

/** Where the percentile curve has points: denser towards the end, where it is looked at. */
const CURVE = [
  0, 10, 20, 30, 40, 50, 55, 60, 65, 70, 75, 77.5, 80, 82.5, 85, 87.5, 90, 91, 92, 93, 94, 95, 96, 97, 97.5,
  98, 98.5, 99, 99.25, 99.5, 99.75, 99.9, 99.95, 99.97, 99.99,
];

/** Times as the report shows them. A percentile that the count does not bear is left out of the curve. */
export function distributionOf(times: Latencies): Distribution {
  const at = (percentile: number) => rounded(times.percentileMs(percentile));
  const borne = CURVE.filter(
    (percentile) => percentile <= 99 || times.count * (1 - percentile / 100) >= 1 - 1e-9,
  );
  return {
    count: times.count,
    min: rounded(times.minMs),
    mean: rounded(times.meanMs),
    max: rounded(times.maxMs),
    p50: at(50),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    p9999: at(99.99),
    curve:
      times.count === 0
        ? []
        : [...borne.map((percentile) => [percentile, at(percentile)] as const), [100, rounded(times.maxMs)]],
    histogram: times.encoded(),
  };
}

const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
