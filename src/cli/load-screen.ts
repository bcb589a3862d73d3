import { figuresOf, type LiveLoad, type LoadPreview, type LoadProgress } from "../index.ts";
import { countText, plural } from "../model/count.ts";
import { msText, rateText, timeText } from "./figures.ts";
import type { Host } from "./host.ts";
import { liveRows } from "./live-rows.ts";
import { folded, isRedrawn, type Style, styleFor } from "./terminal.ts";

/** Shows a load while it runs, on standard error: one screen on a terminal, a line every few seconds elsewhere. */
export interface LoadScreen {
  prepared(preview: LoadPreview): void;
  show(progress: LoadProgress): void;
  stop(): void;
}

/** What is about to happen, where it is not one load from beginning to end. */
export interface LoadKind {
  readonly part?: { readonly index: number; readonly of: number } | undefined;
  /** For the highest rate that holds. */
  readonly isSearch: boolean;
  /** What is made stays, because it was asked to. */
  readonly isKept?: boolean | undefined;
}

const ONE_LOAD: LoadKind = { isSearch: false };

export function loadScreen(host: Host, isQuiet: boolean, kind: LoadKind = ONE_LOAD): LoadScreen {
  if (isQuiet) return { prepared: () => {}, show: () => {}, stop: () => {} };
  return isRedrawn(host) ? new RedrawnScreen(host, kind) : new PlainLines(host, kind);
}

const LINE_EVERY_MS = 5_000;

class PlainLines implements LoadScreen {
  readonly #host: Host;
  readonly #kind: LoadKind;
  #last = Number.NEGATIVE_INFINITY;

  constructor(host: Host, kind: LoadKind) {
    this.#host = host;
    this.#kind = kind;
  }

  prepared(preview: LoadPreview): void {
    writeBefore(preview, this.#kind, this.#host);
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
  readonly #kind: LoadKind;
  readonly #style: Style;
  #rows = 0;
  #columns = 0;
  #last = Number.NEGATIVE_INFINITY;
  #title = "";

  constructor(host: Host, kind: LoadKind) {
    this.#host = host;
    this.#kind = kind;
    this.#style = styleFor(host, "stderr");
  }

  prepared(preview: LoadPreview): void {
    this.#title = `${preview.plan.name} ${preview.target}`;
    writeBefore(preview, this.#kind, this.#host);
  }

  show(progress: LoadProgress): void {
    const isLive = progress.kind === "playing";
    if (!isLive && performance.now() - this.#last < REDRAW_EVERY_MS) return;
    this.#last = performance.now();
    const lines = isLive ? this.#rowsOf(progress.live) : [stepOf(progress)];
    this.#draw(lines);
  }

  stop(): void {
    if (this.#rows === 0) return;
    this.#host.stderr.write(`${this.#backUp()}${ERASE_BELOW}${SHOW_CURSOR}`);
    this.#rows = 0;
  }

  #draw(lines: readonly string[]): void {
    const columns = this.#columnsNow();
    const cut = lines.map((line) => cutTo(line, columns - 1));
    const up = this.#backUp();
    this.#host.stderr.write(`${HIDE_CURSOR}${up}${ERASE_BELOW}${cut.join("\n")}\n`);
    this.#rows = cut.length;
    this.#columns = columns;
  }

  #columnsNow(): number {
    return this.#host.stderr.columns ?? 80;
  }

  #rowsOf(live: LiveLoad): readonly string[] {
    return liveRows(this.#title, live, this.#style, this.#columnsNow() - 1);
  }

  // A terminal that has become narrower may have wrapped what was drawn before: then it is left where it is.
  #backUp(): string {
    const columns = this.#columnsNow();
    return columns < this.#columns ? "" : `\r${UP(this.#rows)}`;
  }
}

/** What is about to happen, as sentences on standard error. */
function writeBefore(preview: LoadPreview, kind: LoadKind, { stderr }: Host): void {
  for (const sentence of [beforeLoading(preview, kind), ...preview.remarks]) {
    stderr.write(`${folded(sentence, stderr)}\n`);
  }
}

function beforeLoading(
  { plan, cost, target, usersBefore }: LoadPreview,
  { part, isSearch, isKept }: LoadKind,
): string {
  const before = usersBefore === undefined ? "" : `, which has ${plural(usersBefore, "person", "people")},`;
  if (isSearch) {
    return `Loading ${target}${before} with ${plan.name} at one rate after another, until one does not hold: what each makes is removed before the next.`;
  }
  const about = cost.isGuess ? "about " : "";
  const made = `${about}${plural(cost.users, "person", "people")} and ${plural(cost.groups, "group")} in ${about}${plural(cost.requests, "request")}`;
  if (part === undefined) {
    return `Loading ${target}${before} with ${plan.name}: makes ${made}, and ${isKept === true ? "leaves them there" : "removes them afterwards"}.`;
  }
  return `Loading ${target} with part ${part.index} of ${part.of} of ${plan.name}: the parts make ${made} together, which stay until \`scim-check merge\` removes them.`;
}

const whenText = ({ elapsedMs, totalMs }: LiveLoad) =>
  elapsedMs < totalMs + 1_000
    ? `${timeText(elapsedMs)} of ${timeText(totalMs)}`
    : `${timeText(elapsedMs - totalMs)} after the schedule`;

function lineOf(live: LiveLoad): string {
  const figures = figuresOf(live.recent);
  const parts = [
    `${whenText(live)}${live.isWarmUp ? " (warm-up)" : ""}`,
    `${rateText(figures.started)} plays of ${rateText(figures.offered)}`,
    `${rateText(figures.requests)} requests`,
    `p50 ${msText(figures.p50)}`,
    `p99 ${msText(figures.p99)}`,
    `errors ${countText(live.errors)}`,
    `429 ${countText(live.throttled)}`,
    ...(live.dropped === 0 ? [] : [`dropped ${countText(live.dropped)}`]),
  ];
  return parts.join("  ");
}

function stepOf(progress: Exclude<LoadProgress, { kind: "playing" }>): string {
  switch (progress.kind) {
    case "opening":
      return `Opening ${plural(progress.connections, "connection")}`;
    case "populating":
      return `Creating who has to be there before the clock starts: ${countText(progress.made)} of ${countText(progress.all)}`;
    case "draining":
      return `The schedule is over: ${plural(progress.inFlight, "play")} under way, ${countText(progress.waiting)} waiting after a 429`;
    case "reconciling":
      return progress.what;
    case "cleaning-up":
      return `Removing what was made: ${countText(progress.removed)}`;
    case "capacity":
      return `Trying ${Number(progress.rate.toFixed(1)).toLocaleString("en-US")} plays a second (${progress.phase})`;
  }
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
