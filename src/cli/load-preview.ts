import type { LoadPreview } from "../index.ts";
import { countText, plural } from "../model/count.ts";
import { rateText } from "./figures.ts";
import { brokenAtSpaces, type Style } from "./terminal.ts";

const ROWS = 8;
const EIGHTHS = " ▁▂▃▄▅▆▇█";
const MARGIN = 12;

/** What a load would do: its curve, drawn in the terminal, and its cost in numbers. */
export function loadPreviewText(
  { plan, cost, target, curve, remarks }: LoadPreview,
  style: Style,
  width: number,
): string {
  const lines = [
    style.bold(`${plan.name}: ${plan.title}`),
    `against ${target}`,
    "",
    ...(plan.closed === undefined
      ? drawn(curve.playsPerSecond, curve.durationMs, Math.min(width, 100) - MARGIN, style)
      : [`  ${plural(plan.closed.users, "user")}, each of whom waits for an answer before the next play`]),
    "",
    ...cells([
      ["plays", `${countText(cost.plays)}${cost.isGuess ? ", if the server answers in 20 ms" : ""}`],
      [
        "people",
        `${countText(cost.users)}, ${countText(plan.population.users)} of them before the clock starts`,
      ],
      [
        "groups",
        `${countText(cost.groups)}${cost.members > 0 ? `, with up to ${plural(cost.members, "member")}` : ""}`,
      ],
      ["requests", `${countText(cost.requests)}, and one more for each that is refused with 429`],
      ["bytes sent", bytes(cost.bytes)],
      ["after it", "reading everything back and removing it: about two requests for each person and group"],
    ]),
    ...remarks.flatMap((remark) => ["", ...brokenAtSpaces(remark, width)]),
    "",
    "Nothing was sent.",
    "",
  ];
  return lines.join("\n");
}

/** A bar for each column, in eighths of a character. */
function drawn(
  rates: readonly number[],
  durationMs: number,
  columns: number,
  style: Style,
): readonly string[] {
  const bars = resampled(rates, columns);
  const highest = Math.max(...bars, 0.001);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const floor = ROWS - 1 - row;
    const text = bars
      .map((rate) => {
        // Beside a high burst, a little is still something.
        const eighths = rate > 0 ? Math.max(1, Math.round((rate / highest) * ROWS * 8)) : 0;
        const filled = eighths - floor * 8;
        return EIGHTHS[Math.max(0, Math.min(8, filled))] ?? " ";
      })
      .join("");
    const label = row === 0 ? rateText(highest) : row === ROWS - 1 ? "0/s" : "";
    return `${label.padStart(MARGIN - 2)} ${style.cyan(text.trimEnd())}`;
  });
  const end = time(durationMs);
  const axis = `${" ".repeat(MARGIN - 1)}0 s${end.padStart(Math.max(0, columns - 3))}`;
  const key = `${" ".repeat(MARGIN - 1)}each column: its highest rate, and a burst as the plays of its second`;
  return [...rows, style.dim(axis), style.dim(key)];
}

function resampled(rates: readonly number[], columns: number): readonly number[] {
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * rates.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * rates.length) / columns));
    return Math.max(0, ...rates.slice(from, to));
  });
}

function cells(rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.map(([name, value]) => `  ${name.padEnd(MARGIN)}${value}`);
}

function time(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function bytes(value: number): string {
  if (value < 1e6) return `${Math.ceil(value / 1000)} kB`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(1)} GB`;
}
