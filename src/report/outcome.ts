import type { BehaviourReport, RunReport } from "../model/report.ts";
import { paragraph } from "./layout.ts";
import type { Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { standingOf } from "./standing.ts";
import { capitalised, durationText, EXIT_SENTENCES, plural, VERDICT_WORDS } from "./wording.ts";

/** The last lines: how many of each verdict, and the exit code with its reason. */
export function outcomeLines(report: RunReport, page: Page): readonly string[] {
  return [...paragraph(countsText(report, page), page.width), ...exitLines(report, page)];
}

/** The counts, such as `9 behaviours: 3 pass, 2 fail (1 must, 1 should), …`. */
export function countsText({ outcome, behaviours, run }: RunReport, { glyphs }: Page): string {
  const { pass, fail, unknown, skip } = outcome.behaviours;
  const all = pass + fail + unknown + skip;
  const verdicts =
    all === 0
      ? ["No behaviour was judged"]
      : [
          `${plural(all, "behaviour")}: ${pass} ${VERDICT_WORDS.pass}, ` +
            `${fail} ${VERDICT_WORDS.fail}${brokenText(behaviours)}, ` +
            `${unknown} ${VERDICT_WORDS.unknown}, ${skip} ${VERDICT_WORDS.skip}`,
          `${outcome.judged} judged in full`,
        ];
  return [
    ...verdicts,
    `${plural(run.requests, "request")} in ${durationText(run.durationMs)}`,
    `seed ${run.seed}`,
  ].join(` ${glyphs.dot} `);
}

/** The fails by weight, counted the way the sections above list them. */
function brokenText(behaviours: readonly BehaviourReport[]): string {
  const standings = behaviours.map(standingOf);
  const parts = (["must-broken", "should-broken", "advice", "documented", "known"] as const).flatMap(
    (one) => {
      const count = standings.filter((standing) => standing === one).length;
      return count === 0 ? [] : [`${count} ${BROKEN_WORDS[one]}`];
    },
  );
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

const BROKEN_WORDS = {
  "must-broken": "must",
  "should-broken": "should",
  advice: "advice",
  documented: "documented",
  known: "known",
} as const;

function exitLines({ outcome }: RunReport, page: Page): readonly string[] {
  const { style } = page;
  const paint = outcome.exitCode === 0 ? style.green : outcome.exitCode === 1 ? style.red : style.yellow;
  return paragraph(exitText(outcome), page.width).map((line) => style.bold(paint(line)));
}

/** `Exit code 1 (a requirement is broken). …`. */
export function exitText({ exitCode, why, listIsStale }: RunReport["outcome"]): string {
  const meaning =
    listIsStale === true ? "the list of known deviations is out of date" : EXIT_SENTENCES[exitCode];
  return `Exit code ${exitCode} (${meaning}). ${capitalised(safeText(why))}`;
}
