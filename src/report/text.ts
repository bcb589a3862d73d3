import type { BehaviourReport, RunReport } from "../model/report.ts";
import { byCause, causeLines } from "./cause-lines.ts";
import { comparisonLines, sinceText } from "./comparison-lines.ts";
import { diagnosisLines } from "./diagnosis-lines.ts";
import { brokenHeading, failureLines, shortFindings } from "./failure.ts";
import type { RenderOptions, ReportFormat } from "./format.ts";
import { headline, noteLines, stoppedLines } from "./headline.ts";
import { KNOWN_WORDS, knownLines, knownName, reasonText } from "./known-lines.ts";
import { paragraph } from "./layout.ts";
import { leftoverLines } from "./leftover-lines.ts";
import { renderLoadText } from "./load/text.ts";
import { outcomeLines } from "./outcome.ts";
import { detail, type Page, pageOf } from "./page.ts";
import { leftoverHint } from "./removal.ts";
import { safeText } from "./safe-text.ts";
import {
  brokenAdvice,
  brokenClaims,
  documentedBy,
  isAdviceOnly,
  type Standing,
  standingOf,
} from "./standing.ts";
import { skipLines, unknownLines } from "./unjudged.ts";
import { scenarioLines, verdictLines } from "./verbose.ts";
import { LEVEL_WORDS, plural } from "./wording.ts";

/** The report as it is read in a terminal or a log. */
export const text: ReportFormat = {
  name: "text",
  summary: "to be read in a terminal or a log",
  render: renderText,
  renderLoad: renderLoadText,
};

function renderText(report: RunReport, options: RenderOptions): string {
  const page = pageOf(options);
  const sections = options.quiet === true ? quietSections(report, page) : allSections(report, options, page);
  const written = sections.filter((section) => section.length > 0).map((section) => section.join("\n"));
  return `${written.join("\n\n")}\n`;
}

type Section = readonly string[];

function allSections(report: RunReport, options: RenderOptions, page: Page): readonly Section[] {
  const { stopped } = report;
  const standing = (...wanted: readonly Standing[]) =>
    wanted.flatMap((one) => report.behaviours.filter((behaviour) => standingOf(behaviour) === one));
  const skipped = standing("skip");
  const unknown = standing("must-unknown", "unknown");
  const advice = report.behaviours.filter(isAdviceOnly);
  const documented = standing("documented");
  const known = standing("known");
  const { comparison } = report;
  return [
    headline(report, page),
    noteLines(report, page),
    ...(stopped === undefined ? [] : [stoppedLines(stopped, page)]),
    ...(options.verbose === true ? verboseSections(report, page) : []),
    ...titled(
      "What the product's documentation says of this",
      plural(report.diagnoses?.length ?? 0, "diagnosis", "diagnoses"),
      diagnosisLines(report.diagnoses ?? [], page),
      page,
    ),
    ...titled("Where to start", plural(report.causes.length, "cause"), causeLines(report, page), page),
    ...failureSections("Broken musts", byCause(standing("must-broken"), report.causes), report, page),
    ...failureSections("Broken shoulds", byCause(standing("should-broken"), report.causes), report, page),
    ...titled("Advice", `${advice.length}, never a failure`, adviceLines(advice, page), page),
    ...titled(
      "Documented deviations",
      `${documented.length}, not counted`,
      documentedSection(documented, page),
      page,
    ),
    ...titled("Known deviations", `${known.length}, not counted`, knownSection(known, page), page),
    ...knownStates(report, page),
    ...(comparison === undefined
      ? []
      : titled("Changes", `since ${sinceText(comparison)}`, comparisonLines(comparison, page), page)),
    ...titled("Could not tell", String(unknown.length), unknownLines(unknown, page), page),
    ...titled("Not asked", plural(skipped.length, "behaviour"), skipLines(skipped, page), page),
    ...leftoverSection(report, page),
    outcomeLines(report, page),
  ];
}

function quietSections(report: RunReport, page: Page): readonly Section[] {
  const broken = report.behaviours.filter((behaviour) =>
    ["must-broken", "should-broken"].includes(standingOf(behaviour)),
  );
  const ids = broken.map((behaviour) => {
    const level = standingOf(behaviour) === "must-broken" ? LEVEL_WORDS.must : LEVEL_WORDS.should;
    return `${page.style.red(page.glyphs.fail)} ${safeText(behaviour.id)} (${level})`;
  });
  const stale = (report.known ?? []).filter(({ state }) => state === "mended" || state === "expired");
  const lists = stale.map(
    (one) => `${page.style.red(page.glyphs.fail)} ${knownName(one)} ${KNOWN_WORDS[one.state]}`,
  );
  // Whoever wants few words still has to know that nobody verified the certificate.
  const notes = report.notes.flatMap((note) => paragraph(safeText(note), page.width));
  return [[...headline(report, page).slice(0, 1), ...notes, ...ids, ...lists, ...outcomeLines(report, page)]];
}

/** A section under its title; nothing at all when it is empty. */
function titled(title: string, remark: string, lines: Section, page: Page): readonly Section[] {
  return lines.length === 0 ? [] : [[page.style.bold(`${title} (${remark})`), ...lines]];
}

/** Each failure is a section of its own, below a title. */
function failureSections(
  title: string,
  behaviours: readonly BehaviourReport[],
  report: RunReport,
  page: Page,
): readonly Section[] {
  if (behaviours.length === 0) return [];
  return [
    [page.style.bold(`${title} (${behaviours.length})`)],
    ...behaviours.map((behaviour) => failureLines(behaviour, report, page)),
  ];
}

function adviceLines(behaviours: readonly BehaviourReport[], page: Page): Section {
  return behaviours.flatMap((behaviour) => [
    ...brokenHeading(behaviour, page),
    ...shortFindings(brokenAdvice(behaviour), page),
    ...detail(page, "to mend", safeText(behaviour.remedy)),
  ]);
}

function documentedSection(behaviours: readonly BehaviourReport[], page: Page): Section {
  const facts = [...new Set(behaviours.map((behaviour) => documentedBy(behaviour)))];
  return facts.flatMap((fact) => [
    ...paragraph(safeText(fact ?? ""), page.width),
    ...behaviours
      .filter((behaviour) => documentedBy(behaviour) === fact)
      .flatMap((behaviour) => [
        ...brokenHeading(behaviour, page),
        ...shortFindings(brokenClaims(behaviour), page),
        ...detail(page, "if broken", safeText(behaviour.consequence)),
      ]),
  ]);
}

function knownSection(behaviours: readonly BehaviourReport[], page: Page): Section {
  return behaviours.flatMap((behaviour) => [
    ...brokenHeading(behaviour, page),
    ...shortFindings(brokenClaims(behaviour), page),
    ...(behaviour.known ?? []).flatMap((reason) => detail(page, "known", reasonText(reason))),
  ]);
}

/** What of the list has to be changed, and what this run could not say of it. */
function knownStates({ known = [] }: RunReport, page: Page): readonly Section[] {
  const lines = knownLines(known, page);
  return titled("The list of known deviations", plural(known.length, "entry", "entries"), lines, page);
}

function leftoverSection(report: RunReport, page: Page): readonly Section[] {
  const lines = leftoverLines(report, page);
  if (lines.length === 0) return [];
  const remark = plural(report.leftovers.length, "resource");
  return titled(
    "Left on the server",
    remark,
    [...lines, ...paragraph(leftoverHint(report.leftovers), page.width)],
    page,
  );
}

function verboseSections(report: RunReport, page: Page): readonly Section[] {
  const verdicts = report.behaviours.flatMap((behaviour) => verdictLines(behaviour, page));
  return [
    ...titled("Every behaviour", String(report.behaviours.length), verdicts, page),
    ...report.scenarios.map((scenario) => scenarioLines(scenario, page)),
  ];
}
