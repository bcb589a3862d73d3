import type { LoadReport } from "../../../model/load.ts";
import type { LoadTimeline } from "../../../model/load-timeline.ts";
import { msText, rateText } from "../../load/figures.ts";
import { countText, plural } from "../../wording.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";
import {
  type Chart,
  chart,
  HIGH,
  type Ink,
  type Line,
  type Point,
  round,
  shortMs,
  type Tick,
  ticksOf,
  WIDE,
} from "./chart.ts";
import { linear, logarithmic, type Scale } from "./scale.ts";

type Column = readonly (number | null)[];

/** What was offered to the server, and what of it was started and finished. */
export function throughput({ timeline }: LoadReport): Markup {
  const offered = perSecond(timeline.offered, timeline);
  const started = perSecond(timeline.started, timeline);
  const finished = perSecond(timeline.finished, timeline);
  const y = linear(most(offered, started, finished));
  return overTime(timeline, y, rateText, {
    title: "Plays a second",
    said: `Offered at most ${rateText(most(offered))}, finished at most ${rateText(most(finished))}.`,
    lines: [
      line("offered", "quiet", offered, y, true),
      line("started", "blue", started, y),
      line("finished", "good", finished, y),
    ],
  });
}

/** Response times as they changed, on a logarithmic axis. */
export function percentiles({ timeline }: LoadReport): Markup {
  const columns = [timeline.p50, timeline.p90, timeline.p99, timeline.max];
  const y = logarithmic(least(...columns), most(...columns));
  return overTime(timeline, y, shortMs, {
    title: "Response time",
    said: `The median was at most ${msText(most(timeline.p50))}, the 99th percentile at most ${msText(most(timeline.p99))}.`,
    lines: [
      line("max", "quiet", timeline.max, y, true),
      line("p99", "bad", timeline.p99, y),
      line("p90", "warn", timeline.p90, y),
      line("p50", "blue", timeline.p50, y),
    ],
  });
}

const ANSWERS: readonly (readonly [keyof LoadTimeline["answers"], string, Ink])[] = [
  ["2xx", "2xx", "good"],
  ["3xx", "3xx", "blue"],
  ["4xx", "4xx", "warn"],
  ["429", "429", "open"],
  ["5xx", "5xx", "bad"],
  ["silence", "no answer", "quiet"],
];

/** Answers by status, one on top of the other. Only what occurred is in the legend. */
export function statuses({ timeline }: LoadReport): Markup {
  const there = ANSWERS.filter(([key]) => timeline.answers[key].some((count) => count > 0));
  const sums = timeline.offered.map(() => 0);
  const stacked = there.map(([key, name, ink]) => {
    perSecond(timeline.answers[key], timeline).forEach((rate, index) => {
      sums[index] = (sums[index] ?? 0) + rate;
    });
    return { name, ink, tops: [...sums] };
  });
  const y = linear(most(sums));
  return overTime(timeline, y, rateText, {
    title: "Answers a second, by status",
    said: there.map(([key, name]) => `${name}: ${countText(total(timeline.answers[key]))}`).join(", "),
    // The tallest first, so that each covers what stands above it.
    lines: stacked
      .toReversed()
      .map(({ name, ink, tops }): Line => ({ ...line(name, ink, tops, y), kind: "area" })),
  });
}

/** Refusals, and plays that wait for their end; stretches of refusals are shaded. */
export function refusals({ timeline, throttling }: LoadReport): Markup {
  if (throttling.refused === 0) return NOTHING;
  const refused = perSecond(timeline.answers["429"], timeline);
  const y = linear(most(refused, timeline.waitingAfter429));
  const all = timeline.offered.length * timeline.slotMs;
  const bands = throttling.episodes.map(
    ({ fromMs, toMs }) =>
      markup`<path class="band" d="M${round((fromMs / all) * WIDE)} 0H${round((Math.max(toMs, fromMs + timeline.slotMs) / all) * WIDE)}V${HIGH}H${round((fromMs / all) * WIDE)}Z"/>`,
  );
  const recovered = throttling.episodes.flatMap(({ recoveredAfterMs }) =>
    recoveredAfterMs === undefined ? [] : [recoveredAfterMs],
  );
  const recovery =
    recovered.length === 0
      ? "No stretch of refusals ended before the run did."
      : `The longest recovery took ${msText(Math.max(...recovered))}.`;
  const picture = overTime(timeline, y, countText, {
    title: "429: refused a second, and plays waiting",
    said: `${plural(throttling.refused, "request was", "requests were")} refused. ${recovery}`,
    lines: [line("refused", "open", refused, y), line("waiting", "blue", timeline.waitingAfter429, y)],
    ground: markup`${bands}`,
  });
  return markup`<div>${picture}<p class="remark">${countText(throttling.refused)} requests were refused in ${plural(throttling.episodes.length, "stretch", "stretches")} (shaded). ${recovery}</p></div>`;
}

/** Response times by how often they occurred: every column is a slot of time, every row a span of milliseconds. */
export function heatMap({ timeline }: LoadReport): Markup {
  const { edgesMs, slots } = timeline.heat;
  const buckets = slots.flatMap((slot) => slot.filter((_, index) => index % 2 === 0));
  if (buckets.length === 0) return NOTHING;
  const [low, high] = [Math.min(...buckets), Math.max(...buckets)];
  const rows = high - low + 1;
  const largest = slots.reduce(
    (most, slot) => slot.reduce((so, count, index) => (index % 2 === 1 ? Math.max(so, count) : so), most),
    1,
  );
  const shades = Array.from({ length: SHADES }, () => "");
  const [wide, tall] = [WIDE / slots.length, HIGH / rows];
  for (const [column, slot] of slots.entries()) {
    for (let index = 0; index < slot.length; index += 2) {
      const [bucket = 0, count = 0] = [slot[index], slot[index + 1]];
      const shade = Math.min(SHADES - 1, Math.floor((Math.log1p(count) / Math.log1p(largest)) * SHADES));
      shades[shade] +=
        `M${round(column * wide)} ${round((high - bucket) * tall)}h${round(wide + 0.1)}v${round(tall + 0.1)}h-${round(wide + 0.1)}z`;
    }
  }
  const every = Math.max(1, Math.ceil(rows / 6));
  const y = Array.from({ length: Math.ceil(rows / every) }, (_, index): Tick => {
    const bucket = low + index * every;
    return { at: (bucket - low) / rows, text: shortMs(edgesMs[bucket] ?? 0) };
  });
  return chart({
    title: "Response times, the stronger the colour the more",
    said: `From ${msText(edgesMs[low] ?? 0)} to ${msText(edgesMs[high] ?? 0)}.`,
    x: timeTicks(timeline),
    y,
    lines: [],
    ground: markup`${shades.map((d, shade) => markup`<path class="heat" fill-opacity="${round((shade + 1) / SHADES)}" d="${d}"/>`)}`,
  });
}

const SHADES = 6;

function overTime(
  timeline: LoadTimeline,
  y: Scale,
  show: (value: number) => string,
  about: Pick<Chart, "title" | "said" | "lines" | "ground">,
): Markup {
  const warm = timeline.measuredFromMs / (timeline.offered.length * timeline.slotMs);
  const warmUp =
    warm > 0 && warm < 1
      ? markup`<path class="warm-up" d="M0 0H${round(warm * WIDE)}V${HIGH}H0Z"/>`
      : NOTHING;
  return chart({
    ...about,
    x: timeTicks(timeline),
    y: ticksOf(y, show),
    ground: markup`${warmUp}${about.ground ?? NOTHING}`,
  });
}

function timeTicks({ offered, slotMs }: LoadTimeline): readonly Tick[] {
  const seconds = (offered.length * slotMs) / 1_000;
  const { ticks } = linear(seconds);
  return ticks
    .filter((tick) => tick <= seconds)
    .map((tick) => ({ at: tick / seconds, text: seconds > 600 ? `${round(tick / 60)} min` : `${tick} s` }));
}

function line(name: string, ink: Ink, column: Column, y: Scale, dashed = false): Line {
  const points = column.map(
    (value, index): Point => (value === null ? null : [(index + 0.5) / column.length, y.at(value)]),
  );
  return { kind: "line", name, ink, points, ...(dashed ? { dashed } : {}) };
}

const perSecond = (column: readonly number[], { slotMs }: LoadTimeline) =>
  column.map((count) => (count * 1_000) / slotMs);

const there = (columns: readonly Column[]) => columns.flat().filter((value) => value !== null);
const most = (...columns: readonly Column[]) => there(columns).reduce((so, value) => Math.max(so, value), 0);
const least = (...columns: readonly Column[]) =>
  there(columns).reduce((so, value) => Math.min(so, value), Number.POSITIVE_INFINITY);
const total = (column: readonly number[]) => column.reduce((sum, count) => sum + count, 0);
