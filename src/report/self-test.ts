import type { SeenClaim, SelfTestReport, TrialReport } from "../model/self-test.ts";
import type { RenderOptions } from "./format.ts";
import { columnsOf, labelled } from "./layout.ts";
import { type Page, pageOf } from "./page.ts";
import { durationText, plural } from "./wording.ts";

/** The matrix of a self-test: every defect with what it broke, every quirk, and what has to be mended. */
export function selfTestText(report: SelfTestReport, options: RenderOptions = {}): string {
  const page = pageOf(options);
  const isVerbose = options.verbose === true;
  const troubled = report.trials.filter(isTroubled);
  const lines = [
    ...section("Sound servers", of(report, "sound"), page, isVerbose),
    ...section("Defects", of(report, "defect"), page, isVerbose),
    ...section("Quirks", of(report, "quirk"), page, isVerbose),
    ...section("Quirks together", of(report, "quirk-set"), page, isVerbose),
    ...(troubled.length === 0
      ? []
      : [page.style.bold("To be mended"), ...troubled.flatMap(problemLines(page)), ""]),
    ...countLines(report, page, isVerbose),
  ];
  return `${lines.join("\n")}\n`;
}

const isTroubled = ({ problems }: TrialReport) => problems.length > 0;

const of = ({ trials }: SelfTestReport, kind: TrialReport["kind"]) =>
  trials.filter((trial) => trial.kind === kind);

function section(
  title: string,
  trials: readonly TrialReport[],
  page: Page,
  isVerbose: boolean,
): readonly string[] {
  if (trials.length === 0) return [];
  const column = Math.max(...trials.map(({ name }) => columnsOf(name))) + 2;
  return [
    page.style.bold(title),
    ...trials.flatMap((trial) => [
      ...trialLine(trial, column, page),
      ...(isVerbose ? verboseLines(trial, page) : []),
    ]),
    "",
  ];
}

function trialLine(trial: TrialReport, column: number, page: Page): readonly string[] {
  const { style, glyphs, width } = page;
  const mark = isTroubled(trial) ? glyphs.fail : glyphs.pass;
  const paint = isTroubled(trial) ? style.red : style.green;
  return labelled({
    label: `${mark} ${trial.name}`,
    text: broke(trial),
    width,
    column: column + 2,
    paint: (label) => paint(label),
  });
}

/** What a trial came to, in a few words. */
function broke(trial: TrialReport): string {
  const killed = trial.target.filter((claim) => !trial.survivors.includes(claim));
  const besides = trial.failed.length - killed.length - trial.unexpected.length;
  const words = [
    ...killed,
    ...trial.survivors.map((claim) => `survived: ${claim}`),
    ...trial.unexpected.map(({ claim }) => `unexpected: ${claim}`),
    ...trial.falseAlarms.map(({ claim }) => `blamed: ${claim}`),
    ...(trial.kind === "defect" && besides > 0 ? [`and ${besides} besides`] : []),
  ];
  if (words.length > 0) return words.join(", ");
  return trial.kind === "quirk-set" ? trial.variations.join(" + ") : "";
}

function verboseLines(trial: TrialReport, page: Page): readonly string[] {
  const facts: readonly (readonly [string, string])[] = [
    ["what", trial.title],
    ["took", `${durationText(trial.wallMs)}, ${plural(trial.requests, "request")}`],
    ...trial.failed.map((seen) => ["fails", seenText(seen)] as const),
    ...trial.undecided.map((seen) => ["open", seenText(seen)] as const),
    ...trial.unseen.map((claim) => ["unseen", `${claim} may fail besides, and did not`] as const),
  ];
  return facts.flatMap(([label, text]) =>
    labelled({ label, text, width: page.width, indent: 4, column: 8, paint: page.style.dim }),
  );
}

const seenText = ({ claim, level, seen }: SeenClaim) =>
  `${claim} (${level})${seen === undefined ? "" : ` ${seen}`}`;

const problemLines = (page: Page) => (trial: TrialReport) => [
  ...labelled({
    label: trial.name,
    text: trial.title,
    width: page.width,
    indent: 2,
    column: 2,
    paint: page.style.red,
  }),
  ...trial.problems.flatMap((problem) =>
    labelled({ label: page.glyphs.dot, text: problem, width: page.width, indent: 4, column: 2 }),
  ),
];

function countLines(
  { counts, unproven, seed, durationMs, outcome }: SelfTestReport,
  page: Page,
  isVerbose: boolean,
) {
  const { style, width } = page;
  const facts: readonly (readonly [string, string])[] = [
    ["catalogue", `${plural(counts.behaviours, "behaviour")}, ${plural(counts.claims, "claim")}`],
    [
      "proven",
      `${counts.provenMusts} of ${plural(counts.musts, "must", "musts")} have a defect of their own; ${counts.killed} claims were seen to fail on theirs`,
    ],
    [
      "defects",
      `${counts.defects}, ${plural(counts.survivors, "survivor")}, ${plural(counts.unexpected, "unexpected fail")}`,
    ],
    [
      "quirks",
      `${counts.quirks}, and ${plural(counts.quirkSets, "set")} of several; ${plural(counts.falseAlarms, "false alarm")}`,
    ],
    ["sound", plural(counts.soundProblems, "problem")],
    ...(isVerbose ? unproven.map((claim) => ["unproven", claim] as const) : []),
    ["took", `${durationText(durationMs)}, seed ${seed}`],
  ];
  return [
    ...facts.flatMap(([label, text]) => labelled({ label, text, width, column: 12, paint: style.dim })),
    "",
    outcome.exitCode === 0 ? style.green(outcome.why) : style.red(outcome.why),
  ];
}
