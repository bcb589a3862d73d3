import { type Markup, markup, NOTHING } from "../markup.ts";
import type { Scale } from "./scale.ts";

/** The colours that pictures are drawn in; `style/load.css` knows them by these names. */
export type Ink = "blue" | "good" | "warn" | "bad" | "open" | "quiet";

/** Points from 0 to 1 in both directions, y upwards; null interrupts a line. */
export type Point = readonly [x: number, y: number] | null;

export interface Line {
  readonly kind: "line" | "area";
  readonly name: string;
  readonly ink: Ink;
  readonly points: readonly Point[];
  /** Drawn with dashes, as what is expected or was before. */
  readonly dashed?: boolean;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Chart {
  readonly title: string;
  /** What the picture shows, in a sentence, for whoever does not see it. */
  readonly said: string;
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  readonly lines: readonly Line[];
  /** Drawn behind the lines. */
  readonly ground?: Markup;
}

export const WIDE = 1_000;
export const HIGH = 240;

/** A picture that needs no script: it prints, and it is there where scripts are off. */
export function chart({ title, said, x, y, lines, ground = NOTHING }: Chart): Markup {
  return markup`<figure class="chart"><figcaption><b>${title}</b>${legend(lines)}</figcaption><div class="chart-grid">
<svg class="y-axis" aria-hidden="true">${y.map(({ at, text }) => markup`<text x="100%" y="${percent(1 - at)}" dy=".32em">${text}</text>`)}</svg>
<svg class="plot" viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" role="img" aria-label="${said}">${ground}${y.map(({ at }) => markup`<path class="rule" d="M0 ${round((1 - at) * HIGH)}H${WIDE}"/>`)}${lines.map(drawn)}</svg>
<svg class="x-axis" aria-hidden="true">${x.map(({ at, text }) => markup`<text x="${percent(at)}" y="1em" text-anchor="${at < 0.03 ? "start" : at > 0.97 ? "end" : "middle"}">${text}</text>`)}</svg>
</div></figure>`;
}

export const ticksOf = (scale: Scale, show: (value: number) => string): readonly Tick[] =>
  scale.ticks.map((value) => ({ at: scale.at(value), text: show(value) }));

/** A round time beside an axis: `0.1 ms`, `50 ms`, `2 s`. */
export const shortMs = (ms: number) =>
  ms < 1_000 ? `${Number(ms.toPrecision(2))} ms` : `${Number((ms / 1_000).toPrecision(2))} s`;

function legend(lines: readonly Line[]): Markup {
  if (lines.length === 0) return NOTHING;
  return markup`<span class="chart-legend">${lines.map(
    ({ name, ink, dashed }) =>
      markup`<span><svg class="key ${ink}" aria-hidden="true"><path d="M0 6H18"${dashed === true ? markup` stroke-dasharray="4 3"` : NOTHING}/></svg>${name}</span>`,
  )}</span>`;
}

function drawn({ kind, ink, points, dashed }: Line): Markup {
  const d = kind === "line" ? linePath(points) : areaPath(points);
  return markup`<path class="${kind} ${ink}" d="${d}"${dashed === true ? markup` stroke-dasharray="5 4"` : NOTHING}/>`;
}

function linePath(points: readonly Point[]): string {
  let isOpen = false;
  return points
    .map((point) => {
      const command = point === null ? "" : `${isOpen ? "L" : "M"}${place(point)}`;
      isOpen = point !== null;
      return command;
    })
    .join("");
}

function areaPath(points: readonly Point[]): string {
  const there = points.filter((point) => point !== null);
  const [first, last] = [there[0], there.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `M${round(first[0] * WIDE)} ${HIGH}L${there.map(place).join("L")}L${round(last[0] * WIDE)} ${HIGH}Z`;
}

const place = ([x, y]: readonly [number, number]) => `${round(x * WIDE)} ${round((1 - y) * HIGH)}`;

export const round = (value: number) => Math.round(value * 10) / 10;

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;
