import type { BehaviourReport, RunReport } from "../../model/report.ts";
import { lookOf, type Tone } from "./mark.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

interface Share {
  readonly tone: Tone;
  readonly word: string;
  readonly count: number;
}

/** All behaviours as one bar, with the numbers beneath it: the bar is for a glance, the numbers are for everybody. */
export function verdictBar({ behaviours }: RunReport): Markup {
  if (behaviours.length === 0) return NOTHING;
  const shares = sharesOf(behaviours);
  return markup`<div class="verdicts">${bar(shares, behaviours.length)}
<ul class="legend">${shares.map(({ tone, word, count }) => markup`<li class="${tone}"><b>${count}</b> ${word}</li>`)}</ul></div>`;
}

/** The bar alone. */
export function bar(shares: readonly Share[], all: number): Markup {
  let x = 0;
  const parts = shares.map(({ tone, count }) => {
    const part = markup`<rect class="${tone}" x="${round((x / all) * 100)}%" width="${round((count / all) * 100)}%" height="100%"/>`;
    x += count;
    return part;
  });
  return markup`<svg class="bar" aria-hidden="true">${parts}</svg>`;
}

const round = (share: number) => Math.round(share * 1_000) / 1_000;

/** Behaviours by how they came out, worst first; what did not occur is left out. */
export function sharesOf(behaviours: readonly BehaviourReport[]): readonly Share[] {
  const counts = new Map(ORDER.map((share) => [share.key, { ...share, count: 0 }]));
  for (const behaviour of behaviours) {
    const { tone, status } = lookOf(behaviour);
    const share = counts.get(status === "broken" ? `broken-${tone}` : status);
    if (share !== undefined) share.count += 1;
  }
  return [...counts.values()]
    .filter(({ count }) => count > 0)
    .map(({ tone, word, many = word, count }) => ({ tone, count, word: count === 1 ? word : many }));
}

interface Kind extends Omit<Share, "count"> {
  readonly key: string;
  /** The word for any number but one; `word` when absent. */
  readonly many?: string;
}

const ORDER: readonly Kind[] = [
  { key: "broken-bad", tone: "bad", word: "broken must", many: "broken musts" },
  { key: "broken-warn", tone: "warn", word: "broken should", many: "broken shoulds" },
  { key: "documented", tone: "open", word: "documented" },
  { key: "known", tone: "open", word: "known deviation", many: "known deviations" },
  { key: "advice", tone: "warn", word: "with advice" },
  { key: "open", tone: "open", word: "could not tell" },
  { key: "kept", tone: "good", word: "kept" },
  { key: "not-asked", tone: "quiet", word: "not asked" },
];
