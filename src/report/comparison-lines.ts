import type { Change, Comparison } from "../model/comparison.ts";
import { labelled } from "./layout.ts";
import type { Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { VERDICT_WORDS } from "./wording.ts";

export interface ChangeKind {
  readonly kind: Exclude<keyof Comparison, "since">;
  /** As a heading. */
  readonly title: string;
}

/** The kinds of change, the most urgent first. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  { kind: "broken", title: "Broken since then" },
  { kind: "mended", title: "Mended" },
  { kind: "unsettled", title: "Could not be told any longer" },
  { kind: "new", title: "Not asked then" },
  { kind: "gone", title: "No longer asked" },
];

/** `run abc123 of 2026-11-26T…`. */
export const sinceText = ({ since }: Comparison) =>
  `run ${safeText(since.run)} of ${safeText(since.startedAt)}`;

/** `pass → fail, OIN only`. */
export function changeText({ before, now, apps }: Change, arrow: string): string {
  const [only] = apps;
  const where = apps.length === 1 && only !== undefined ? ` (${only.toUpperCase()})` : "";
  return `${VERDICT_WORDS[before]} ${arrow} ${VERDICT_WORDS[now]}${where}`;
}

/** Ids of more changes of a kind than this are counted only. */
const MOST = 20;

export function comparisonLines(comparison: Comparison, page: Page): readonly string[] {
  const lines = CHANGE_KINDS.flatMap(({ kind, title }) => {
    const changes = comparison[kind];
    if (changes.length === 0) return [];
    const rest = changes.length - MOST;
    return [
      `${title} (${changes.length})`,
      ...changes.slice(0, MOST).flatMap((change) => changeLines(change, kind, page)),
      ...(rest > 0 ? [`  and ${rest} more`] : []),
    ];
  });
  return lines.length === 0 ? ["Nothing changed."] : lines;
}

function changeLines(change: Change, kind: ChangeKind["kind"], page: Page): readonly string[] {
  const { glyphs, style } = page;
  const paint = kind === "broken" ? style.red : kind === "mended" ? style.green : style.dim;
  return labelled({
    label: kind === "broken" ? glyphs.fail : kind === "mended" ? glyphs.pass : glyphs.dot,
    text: `${safeText(change.id)} ${changeText(change, glyphs.arrow)}: ${safeText(change.statement)}`,
    width: page.width,
    indent: 2,
    column: 2,
    paint,
  });
}
