import type { Distribution, LoadReport } from "../../../model/load.ts";
import { msText } from "../../load/figures.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { chart, type Ink, type Line, type Point, shortMs, ticksOf } from "./chart.ts";
import { logarithmic, PERCENTILES, type Scale } from "./scale.ts";

/** How long the slowest took: the whole distribution, to 99.99 % or as far as so many requests bear. */
export function percentileCurve({ requests }: LoadReport, baseline?: LoadReport): Markup {
  if (requests.response.count === 0) return NOTHING;
  const drawn = [
    requests.response,
    requests.service,
    ...(baseline === undefined ? [] : [baseline.requests.response]),
  ];
  const times = drawn.flatMap(({ curve }) => curve.map(([, ms]) => ms)).filter((ms) => ms > 0);
  const y = logarithmic(Math.min(...times), Math.max(...times));
  const { p50, p99, p9999 } = requests.response;
  return chart({
    title: "Response time by percentile",
    said: `Half within ${msText(p50)}, 99 of 100 within ${msText(p99)}, 9,999 of 10,000 within ${msText(p9999)}.`,
    x: ticksOf(PERCENTILES, String),
    y: ticksOf(y, shortMs),
    lines: [
      ...(baseline === undefined ? [] : [line("baseline", "quiet", baseline.requests.response, y, true)]),
      line("service, from the send", "good", requests.service, y),
      line("response, from the intended start", "blue", requests.response, y),
    ],
  });
}

function line(name: string, ink: Ink, { curve }: Distribution, y: Scale, dashed = false): Line {
  const points = curve
    .filter(([percentile]) => percentile < 100)
    .map(([percentile, ms]): Point => [PERCENTILES.at(percentile), y.at(ms)]);
  return { kind: "line", name, ink, points, ...(dashed ? { dashed } : {}) };
}
