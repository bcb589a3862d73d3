import { figuresOf, type LiveLoad, type LoadPreview, type LoadProgress } from "../index.ts";
import { counted, numberText, rateText } from "./figures.ts";
import type { Host } from "./host.ts";
import { folded, isRedrawn, type Style, styleFor, widthOf } from "./terminal.ts";

/** Shows a load while it runs, on standard error: one screen on a terminal, a line every few seconds elsewhere. */
export interface LoadScreen {
  prepared(preview: LoadPreview): void;
  show(progress: LoadProgress): void;
  stop(): void;
}

export function loadScreen(host: Host, isQuiet: boolean): LoadScreen {
  if (isQuiet) return { prepared: () => {}, show: () => {}, stop: () => {} };
  return isRedrawn(host) ? new RedrawnScreen(host) : new PlainLines(host);
}

const LINE_EVERY_MS = 5_000;

class PlainLines implements LoadScreen {
  readonly #host: Host;
  #last = Number.NEGATIVE_INFINITY;

  constructor(host: Host) {
    this.#host = host;
  }

  prepared(preview: LoadPreview): void {
    this.#host.stderr.write(`${folded(beforeLoading(preview), this.#host.stderr)}\n`);
  }

  show(progress: LoadProgress): void {
    if (performance.now() - this.#last < LINE_EVERY_MS && progress.kind !== "capacity") return;
    this.#last = performance.now();
    const text = progress.kind === "playing" ? lineOf(progress.live) : stepOf(progress);
    this.#host.stderr.write(`${text}\n`);
  }

  stop(): void {}
}

const REDRAW_EVERY_MS = 200;
const UP = (rows: number) => (rows === 0 ? "" : `\u001b[${rows}A`);
const ERASE_BELOW = "\u001b[0J";
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";

/** Draws over what it drew before. Lines are cut to the width of the moment, so that none ever wraps. */
class RedrawnScreen implements LoadScreen {
  readonly #host: Host;
  readonly #style: Style;
  #rows = 0;
  #columns = 0;
  #last = Number.NEGATIVE_INFINITY;
  #title = "";

  constructor(host: Host) {
    this.#host = host;
    this.#style = styleFor(host, "stderr");
  }

  prepared(preview: LoadPreview): void {
    this.#title = `${preview.plan.name} ${preview.target}`;
    this.#host.stderr.write(`${folded(beforeLoading(preview), this.#host.stderr)}\n`);
  }

  show(progress: LoadProgress): void {
    const isLive = progress.kind === "playing";
    if (!isLive && performance.now() - this.#last < REDRAW_EVERY_MS) return;
    this.#last = performance.now();
    const lines = isLive ? this.#screenOf(progress.live) : [stepOf(progress)];
    this.#draw(lines);
  }

  stop(): void {
    if (this.#rows === 0) return;
    this.#host.stderr.write(`${this.#backUp()}${ERASE_BELOW}${SHOW_CURSOR}`);
    this.#rows = 0;
  }

  #draw(lines: readonly string[]): void {
    const columns = this.#host.stderr.columns ?? 80;
    const cut = lines.map((line) => cutTo(line, columns - 1));
    const up = this.#backUp();
    this.#host.stderr.write(`${HIDE_CURSOR}${up}${ERASE_BELOW}${cut.join("\n")}\n`);
    this.#rows = cut.length;
    this.#columns = columns;
  }

  // A terminal that has become narrower may have wrapped what was drawn before: then it is left where it is.
  #backUp(): string {
    const columns = this.#host.stderr.columns ?? 80;
    return columns < this.#columns ? "" : `\r${UP(this.#rows)}`;
  }

  #screenOf(live: LiveLoad): readonly string[] {
    const { bold, dim, red, yellow, green } = this.#style;
    const figures = figuresOf(live.recent);
    const columns = widthOf(this.#host.stderr.columns);
    const share = Math.min(1, live.elapsedMs / Math.max(1, live.totalMs));
    const bar = Math.max(10, Math.min(40, columns - 50));
    const filled = Math.round(share * bar);
    const left = time(Math.max(0, live.totalMs - live.elapsedMs));
    const phase = live.isWarmUp ? yellow("warm-up") : green("measuring");
    const errors =
      live.errors === 0 ? "none" : red(`${numberText(live.errors)} (${percent(figures.errorShare)} now)`);
    const throttled =
      live.throttled === 0
        ? "none"
        : yellow(
            `${numberText(live.throttled)} (${percent(figures.throttledShare)} now), ${numberText(live.waiting)} waiting`,
          );
    const dropped = live.dropped === 0 ? "" : red(`  dropped ${numberText(live.dropped)}`);
    return [
      `${bold(this.#title)}  ${phase}  ${"█".repeat(filled)}${dim("░".repeat(bar - filled))} ${left} left`,
      `  rate      ${rateText(figures.started)} plays of ${rateText(figures.offered)} offered, ${rateText(figures.requests)} requests`,
      `  response  p50 ${ms(figures.p50)}  p90 ${ms(figures.p90)}  p99 ${ms(figures.p99)}   (last 5 s)`,
      `  errors    ${errors}    429 ${throttled}${dropped}`,
      `  plays     ${numberText(live.finished)} finished of ${numberText(live.started)}, ${numberText(live.inFlight)} under way, ${numberText(live.connections)} connections`,
    ];
  }
}

function beforeLoading({ plan, cost, target, usersBefore }: LoadPreview): string {
  const about = cost.isGuess ? "about " : "";
  const before = usersBefore === undefined ? "" : `, which has ${counted(usersBefore, "person", "people")},`;
  return `Loading ${target}${before} with ${plan.name}: makes ${about}${counted(cost.users, "person", "people")} and ${counted(cost.groups, "group")} in ${about}${numberText(cost.requests)} requests, and removes them afterwards.`;
}

function lineOf(live: LiveLoad): string {
  const figures = figuresOf(live.recent);
  const parts = [
    `${time(live.elapsedMs)} of ${time(live.totalMs)}${live.isWarmUp ? " (warm-up)" : ""}`,
    `${rateText(figures.started)} plays of ${rateText(figures.offered)}`,
    `${rateText(figures.requests)} requests`,
    `p50 ${ms(figures.p50)}`,
    `p99 ${ms(figures.p99)}`,
    `errors ${numberText(live.errors)}`,
    `429 ${numberText(live.throttled)}`,
    ...(live.dropped === 0 ? [] : [`dropped ${numberText(live.dropped)}`]),
  ];
  return parts.join("  ");
}

function stepOf(progress: Exclude<LoadProgress, { kind: "playing" }>): string {
  switch (progress.kind) {
    case "opening":
      return `Opening ${progress.connections} connections`;
    case "populating":
      return `Creating who has to be there before the clock starts: ${numberText(progress.made)} of ${numberText(progress.all)}`;
    case "draining":
      return `The schedule is over: ${counted(progress.inFlight, "play")} under way, ${numberText(progress.waiting)} waiting after a 429`;
    case "reconciling":
      return progress.what;
    case "cleaning-up":
      return `Removing what was made: ${numberText(progress.removed)}`;
    case "capacity":
      return `Trying ${rateText(progress.rate)} plays (${progress.phase})`;
  }
}

const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
const ms = (value: number | null) =>
  value === null ? "–" : value < 10 ? `${value.toFixed(1)} ms` : `${numberText(value)} ms`;

function time(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

// Colours take no columns; what is cut off must not leave one switched on.
function cutTo(line: string, columns: number): string {
  let kept = "";
  let used = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith("\u001b")) {
      kept += part;
      continue;
    }
    const room = Math.max(0, columns - used);
    kept += [...part].slice(0, room).join("");
    used += Math.min(room, [...part].length);
  }
  return kept;
}
