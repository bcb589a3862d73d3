import type { LogEntry } from "./log-data.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

const BINS = 120;
const HEIGHT = 40;

/** How many requests were sent when, and where behaviours broke: the shape of the run on one line. */
export function requestStrip(log: readonly LogEntry[]): Markup {
  const first = log[0]?.exchange.timing.startedAt ?? 0;
  const last = log.at(-1)?.exchange.timing.startedAt ?? 0;
  if (last <= first) return NOTHING;
  const bins = Array.from({ length: BINS }, () => ({ all: 0, broke: 0 }));
  for (const { exchange, broke } of log) {
    const share = (exchange.timing.startedAt - first) / (last - first);
    const bin = bins[Math.min(BINS - 1, Math.floor(share * BINS))];
    if (bin === undefined) continue;
    bin.all += 1;
    if (broke.length > 0) bin.broke += 1;
  }
  const most = Math.max(...bins.map(({ all }) => all));
  // A square root keeps a single request visible beside a burst of hundreds.
  const height = (count: number) => Math.round(Math.sqrt(count / most) * HEIGHT * 10) / 10;
  const bar = (count: number, x: number, name: string) =>
    count === 0
      ? NOTHING
      : markup`<rect class="${name}" x="${x}" y="${HEIGHT - height(count)}" width=".8" height="${height(count)}"/>`;
  const broken = log.filter(({ broke }) => broke.length > 0).length;
  return markup`<svg class="strip" viewBox="0 0 ${BINS} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Requests over ${((last - first) / 1_000).toFixed(1)} seconds; behaviours broke at ${broken} of ${log.length}">${bins.map(({ all }, x) => bar(all, x, "all"))}${bins.map(({ broke }, x) => bar(broke, x, "broke"))}</svg>`;
}
