import type { BehaviourReport, ScenarioReport, StepReport } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { wholeExchange } from "./exchange-lines.ts";
import { labelled, paragraph } from "./layout.ts";
import type { Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { skipText } from "./unjudged.ts";
import { durationText, LEVEL_WORDS, VERDICT_WORDS } from "./wording.ts";

/** One behaviour with its verdict. */
export function verdictLines(behaviour: BehaviourReport, page: Page): readonly string[] {
  const { style, glyphs } = page;
  const paints = { pass: style.green, fail: style.red, unknown: style.yellow, skip: style.dim };
  const { kind } = behaviour.verdict;
  return labelled({
    label: `${glyphs[kind]} ${safeText(behaviour.id)}`,
    text: `${LEVEL_WORDS[behaviour.level]}, ${verdictText(behaviour.verdict)}. ${safeText(behaviour.statement)}`,
    width: page.width,
    column: 4,
    paint: paints[kind],
  });
}

function verdictText(verdict: Verdict): string {
  if (verdict.kind === "skip") return skipText(verdict);
  if (verdict.kind === "unknown") return `${VERDICT_WORDS.unknown}: ${safeText(verdict.why)}`;
  return VERDICT_WORDS[verdict.kind];
}

/** One scenario with every exchange of every step. */
export function scenarioLines(scenario: ScenarioReport, page: Page): readonly string[] {
  const took = scenario.status === "skipped" ? "" : ` in ${durationText(scenario.durationMs)}`;
  const title = `${safeText(scenario.id)}: ${safeText(scenario.title)} (${scenario.status}${took})`;
  return [
    page.style.bold(title),
    ...(scenario.why === undefined ? [] : paragraph(safeText(scenario.why), page.width, 2)),
    ...scenario.steps.flatMap((step) => [
      ...paragraph(stepText(step), page.width, 2),
      ...step.exchanges.flatMap((one) => wholeExchange(one, page.glyphs).map((line) => `    ${line}`)),
    ]),
  ];
}

function stepText({ id, status, why, note, settledAfterMs }: StepReport): string {
  const settled = settledAfterMs === undefined ? "" : `, shown after ${durationText(settledAfterMs)}`;
  const reason = why === undefined ? "" : `: ${safeText(why)}`;
  return `step ${safeText(id)} (${status}${settled})${reason}${note === undefined ? "" : ` ${safeText(note)}`}`;
}
