import type { RunReport } from "../../model/report.ts";
import type { Assets } from "./assets.ts";
import { behavioursSection } from "./behaviours.ts";
import { causesSection } from "./causes.ts";
import { comparisonSection } from "./comparison.ts";
import { contents } from "./contents.ts";
import { document } from "./document.ts";
import { flowsSection } from "./flows.ts";
import { knownSection } from "./known.ts";
import { leftoversSection } from "./leftovers.ts";
import { logSection } from "./log.ts";
import { markup } from "./markup.ts";
import { stoppedSection } from "./stopped.ts";
import { summary, targetText } from "./summary.ts";

/** The report of a run: the answer, what to mend first, every behaviour, every request. */
export function page(report: RunReport, assets: Assets): string {
  return document(
    {
      title: titleOf(report),
      tool: report.tool,
      startedAt: report.run.startedAt,
      exitCode: report.outcome.exitCode,
      contents: contents(report),
    },
    markup`${summary(report)}
${stoppedSection(report)}
${causesSection(report)}
${knownSection(report)}
${comparisonSection(report)}
${flowsSection(report)}
${behavioursSection(report)}
${logSection(report)}
${leftoversSection(report)}`,
    assets,
  );
}

function titleOf(report: RunReport): string {
  const words = { yes: "works", no: "does not work", unknown: "could not tell" };
  const fits = report.outcome.fitness.map(({ app, fit }) => `${app.toUpperCase()} ${words[fit]}`);
  return `${fits.join(", ")}: ${targetText(report)} · scim-check`;
}
