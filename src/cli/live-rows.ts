import { figuresOf, type LiveLoad } from "../index.ts";
import { countText, plural } from "../model/count.ts";
import { msText, percentText, rateText, timeText } from "./figures.ts";
import type { Style } from "./terminal.ts";

const LABEL = 12;
const BAR = { least: 5, most: 40, beside: 34 };

/** A load as it stands, in rows of so many columns: what does not fit beside the rest stands below it. */
export function liveRows(title: string, live: LiveLoad, style: Style, columns: number): readonly string[] {
  const { bold, dim, red, yellow, green } = style;
  const figures = figuresOf(live.recent);
  const share = Math.min(1, live.elapsedMs / Math.max(1, live.totalMs));
  const bar = Math.max(BAR.least, Math.min(BAR.most, columns - BAR.beside));
  const filled = Math.round(share * bar);
  const now = (count: number, part: number) => `${countText(count)} (${percentText(part)} now)`;
  const errors = live.errors === 0 ? "none" : red(now(live.errors, figures.errorShare));
  const throttled =
    live.throttled === 0
      ? ["429 none"]
      : [
          `429 ${yellow(now(live.throttled, figures.throttledShare))}`,
          yellow(`${countText(live.waiting)} waiting`),
        ];
  const row = (label: string, parts: readonly string[]) => rowsOf(`  ${label}`.padEnd(LABEL), parts, columns);
  return [
    bold(title),
    ...row(live.isWarmUp ? yellow("warm-up   ") : green("measuring "), [
      `${"█".repeat(filled)}${dim("░".repeat(bar - filled))}`,
      `${timeText(Math.max(0, live.totalMs - live.elapsedMs))} left`,
    ]),
    ...row("rate", [
      `${rateText(figures.started)} plays of ${rateText(figures.offered)} offered`,
      `${rateText(figures.requests)} requests`,
    ]),
    ...row("response", [
      `p50 ${msText(figures.p50)}`,
      `p90 ${msText(figures.p90)}`,
      `p99 ${msText(figures.p99)}`,
      "(last 5 s)",
    ]),
    ...row("errors", [
      errors,
      ...throttled,
      ...(live.dropped === 0 ? [] : [red(`dropped ${countText(live.dropped)}`)]),
    ]),
    ...row("plays", [
      `${countText(live.finished)} finished of ${countText(live.started)}`,
      `${countText(live.inFlight)} under way`,
      plural(live.connections, "connection"),
    ]),
  ];
}

function rowsOf(label: string, parts: readonly string[], columns: number): readonly string[] {
  const rows: string[] = [];
  let row = label;
  for (const part of parts) {
    const isFirst = row === label || row === INDENT;
    const joined = isFirst ? `${row}${part}` : `${row}  ${part}`;
    if (!isFirst && lengthOf(joined) > columns) {
      rows.push(row);
      row = `${INDENT}${part}`;
    } else row = joined;
  }
  return [...rows, row];
}

const INDENT = " ".repeat(LABEL);

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters, and take no columns
const lengthOf = (text: string) => [...text.replace(/\u001b\[[0-9;]*m/g, "")].length;
