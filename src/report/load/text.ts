import type { LoadReport } from "../../model/load.ts";
import type { LoadRenderOptions } from "../format.ts";
import { paragraph } from "../layout.ts";
import type { Page } from "../page.ts";
import { pageOf } from "../page.ts";
import { leftoverHint, stateText } from "../removal.ts";
import { safeText } from "../safe-text.ts";
import { capitalised, EXIT_SENTENCES, plural } from "../wording.ts";
import { capacityLines } from "./capacity.ts";
import { comparisonLines } from "./comparison.ts";
import { loadHeadline } from "./headline.ts";
import { operationLines } from "./operations.ts";
import { throttlingLines } from "./throttling.ts";
import { brokenLines, brokenTitle, generatorLines, reconciliationLines, thresholdLines } from "./verdicts.ts";

/** A load report as it is read in a terminal or a log. */
export function renderLoadText(report: LoadReport, options: LoadRenderOptions): string {
  const page = pageOf(options);
  const sections =
    options.quiet === true
      ? [loadHeadline(report, page).slice(0, 1), noteLines(report, page), thresholdLines(report, page)]
      : allSections(report, options, page);
  const written = [...sections, outcomeLines(report, page)].filter((section) => section.length > 0);
  return `${written.map((section) => section.join("\n")).join("\n\n")}\n`;
}

type Section = readonly string[];

function allSections(report: LoadReport, options: LoadRenderOptions, page: Page): readonly Section[] {
  const { baseline } = options;
  return [
    loadHeadline(report, page),
    titled("Notes", noteLines(report, page), page),
    report.capacity === undefined ? [] : titled("Capacity", capacityLines(report.capacity, page), page),
    titled("Operations", operationLines(report, page), page),
    titled("Too many requests (429)", throttlingLines(report.throttling, page), page),
    titled(brokenTitle(report), brokenLines(report, page), page),
    titled("What the server kept", reconciliationLines(report.reconciled, page), page),
    titled("This machine", generatorLines(report, page), page),
    baseline === undefined
      ? []
      : titled("Against the baseline", comparisonLines(report, baseline, page), page),
    titled("Thresholds", thresholdLines(report, page), page),
    leftoverSection(report, page),
  ];
}

const noteLines = ({ notes }: LoadReport, page: Page): Section =>
  notes.flatMap((note) => paragraph(safeText(note), page.width, 2));

function titled(title: string, lines: Section, page: Page): Section {
  return lines.length === 0 ? [] : [page.style.bold(title), ...lines];
}

const MOST_LEFTOVERS = 10;

function leftoverSection({ leftovers }: LoadReport, page: Page): Section {
  if (leftovers.length === 0) return [];
  const shown = leftovers.slice(0, MOST_LEFTOVERS).map(({ collection, name, id = "", state, why }) => {
    return `  ${collection} ${safeText(name)} ${safeText(id)} ${stateText(state)}: ${safeText(why)}`;
  });
  const more = leftovers.length > MOST_LEFTOVERS ? [`  and ${leftovers.length - MOST_LEFTOVERS} more`] : [];
  const title = `Left on the server (${plural(leftovers.length, "resource")})`;
  return titled(title, [...shown, ...more, ...paragraph(leftoverHint(leftovers), page.width)], page);
}

function outcomeLines({ outcome }: LoadReport, page: Page): Section {
  const { style } = page;
  const paint = outcome.exitCode === 0 ? style.green : outcome.exitCode === 1 ? style.red : style.yellow;
  const text = `Exit code ${outcome.exitCode} (${EXIT_SENTENCES[outcome.exitCode]}). ${capitalised(safeText(outcome.why))}`;
  return paragraph(text, page.width).map((line) => style.bold(paint(line)));
}
