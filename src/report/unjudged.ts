import type { BehaviourReport } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { labelled } from "./layout.ts";
import type { Page } from "./page.ts";
import { clipped, safeText } from "./safe-text.ts";
import { capitalised, LEVEL_WORDS, SKIP_WORDS } from "./wording.ts";

/** What was asked and could not be told, each with its reason; musts first, since they decide. */
export function unknownLines(behaviours: readonly BehaviourReport[], page: Page): readonly string[] {
  return behaviours.flatMap((behaviour) => {
    if (behaviour.verdict.kind !== "unknown") return [];
    const weight =
      behaviour.verdict.neutral === true ? "expected to stay open" : LEVEL_WORDS[behaviour.level];
    return [
      ...labelled({
        label: `${page.glyphs.unknown} ${safeText(behaviour.id)}`,
        text: safeText(behaviour.statement),
        width: page.width,
        column: 4,
        paint: page.style.yellow,
      }),
      ...labelled({
        label: "",
        text: `${capitalised(weight)}: ${reasonOf(behaviour)}`,
        width: page.width,
        column: 4,
      }),
    ];
  });
}

/** The claims' own reasons where they say more than the behaviour's. */
function reasonOf({ verdict, claims }: BehaviourReport): string {
  const all = [verdict, ...claims.map((claim) => claim.verdict)];
  const reasons = new Set(all.flatMap((one) => (one.kind === "unknown" ? [one.why] : [])));
  return [...reasons].map((reason) => safeText(clipped(reason, 400))).join("; ");
}

/** One line a reason, with how many behaviours it left out. What blocks many is said once. */
export function skipLines(behaviours: readonly BehaviourReport[], page: Page): readonly string[] {
  const groups = new Map<string, { text: string; ids: string[] }>();
  for (const behaviour of behaviours) {
    if (behaviour.verdict.kind !== "skip") continue;
    const text = skipText(behaviour.verdict);
    // What is blocked by one thing may be worded once for each value it misses: one group, the first wording.
    const { because, by } = behaviour.verdict;
    const key = because === "blocked" && by !== undefined ? `blocked by ${by}` : text;
    const group = groups.get(key) ?? { text, ids: [] };
    group.ids.push(behaviour.id);
    groups.set(key, group);
  }
  const largestFirst = [...groups.values()].sort((one, other) => other.ids.length - one.ids.length);
  return largestFirst.flatMap(({ text, ids }) =>
    labelled({
      label: `${page.glyphs.skip} ${String(ids.length).padStart(3)}`,
      text: ids.length === 1 ? `${text} (${safeText(ids[0] ?? "")})` : text,
      width: page.width,
      column: 6,
      paint: page.style.dim,
    }),
  );
}

/** Why a behaviour was not asked, as one safe line. */
export function skipText(verdict: Extract<Verdict, { kind: "skip" }>): string {
  const by = verdict.by === undefined ? "" : ` (by ${safeText(verdict.by)})`;
  return `${SKIP_WORDS[verdict.because]}: ${safeText(verdict.why)}${verdict.why.includes(verdict.by ?? "\u0000") ? "" : by}`;
}
