/** Figures as a terminal shows them while something runs. */

import { countText } from "../model/count.ts";

/** Per second: `0.5/s`, `1,200/s` */
export const rateText = (perSecond: number) =>
  `${Number(perSecond.toFixed(perSecond < 10 ? 1 : 0)).toLocaleString("en-US")}/s`;

/** `12.5 %` */
export const percentText = (share: number) => `${Number((share * 100).toFixed(1))} %`;

/** `2.1 ms`, `1,234 ms`; a dash where nothing was measured. */
export const msText = (value: number | null) =>
  value === null ? "–" : value < 10 ? `${value.toFixed(1)} ms` : `${countText(value)} ms`;

/** How long: `59 s`, `1:05 min` */
export function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}
