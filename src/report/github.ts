import type { BehaviourReport, RunReport } from "../model/report.ts";
import { byCause } from "./cause-lines.ts";
import { diagnosisSentence } from "./diagnosis-lines.ts";
import { differenceText } from "./failure.ts";
import type { ReportFormat } from "./format.ts";
import { countsText, exitText } from "./outcome.ts";
import { pageOf } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { brokenClaims, type Standing, standingOf } from "./standing.ts";

/** For GitHub Actions, which reads commands from the log and shows them beside the job. */
export const github: ReportFormat = {
  name: "github",
  summary: "annotations for GitHub Actions; the job summary is written beside them",
  render: (report) => `${[...annotations(report), ...lastLines(report)].join("\n")}\n`,
};

/** GitHub shows ten annotations of a kind for a step, and drops the rest without a word. */
const MOST = 10;

type Kind = "error" | "warning" | "notice";

const KINDS: readonly (readonly [Kind, readonly Standing[]])[] = [
  ["error", ["must-broken"]],
  ["warning", ["must-unknown", "should-broken"]],
  ["notice", ["documented", "known", "advice"]],
];

function annotations(report: RunReport): readonly string[] {
  const { stopped, outcome } = report;
  const remarks = remarksOn(report);
  if (stopped !== undefined)
    return [
      command("error", { title: "scim-check: nothing was judged" }, `${stopped.why} ${stopped.remedy}`),
      ...remarks,
    ];
  const lines = KINDS.flatMap(([kind, standings]) => {
    const meant = standings.flatMap((standing) =>
      report.behaviours.filter((behaviour) => standingOf(behaviour) === standing),
    );
    const first = kind === "warning" ? remarks : [];
    const room = MOST - first.length;
    const ordered = byCause(meant, report.causes);
    const shown = ordered.length > room ? ordered.slice(0, room - 1) : ordered;
    const left = ordered.slice(shown.length).map(({ id }) => id);
    return [
      ...first,
      ...shown.map((behaviour) => behaviourCommand(kind, behaviour, report)),
      ...(left.length === 0
        ? []
        : [command(kind, { title: `scim-check: ${left.length} more` }, left.join(", "))]),
    ];
  });
  // Red without a reason helps nobody: an interrupted run, or an outdated list, has no behaviour to stand beside.
  const isExplained = outcome.exitCode === 0 || lines.some((line) => line.startsWith("::error"));
  return isExplained ? lines : [...lines, command("error", { title: "scim-check" }, exitText(outcome))];
}

/** What to know beside the verdicts; one warning for all diagnoses, so that they leave room for the behaviours. */
function remarksOn({ notes, diagnoses = [] }: RunReport): readonly string[] {
  const warning = (title: string, told: readonly string[]) =>
    told.length === 0 ? [] : [command("warning", { title: `scim-check: ${title}` }, told.join("\n"))];
  return [
    ...warning("what to know about this run", notes),
    ...warning("documented troubles that this run ran into", diagnoses.map(diagnosisSentence)),
  ];
}

function behaviourCommand(kind: Kind, behaviour: BehaviourReport, report: RunReport): string {
  const { id, statement, verdict, consequence, remedy } = behaviour;
  const seen = brokenClaims(behaviour).flatMap((claim) =>
    claim.verdict.kind === "fail" ? claim.verdict.findings.slice(0, 1).map(differenceText) : [],
  );
  const text =
    verdict.kind === "unknown"
      ? [statement, `Could not tell: ${verdict.why}`]
      : [statement, ...seen.slice(0, 3), `If broken: ${consequence}`, `To mend: ${remedy}`];
  return command(kind, { title: id, ...ownFile(behaviour, report) }, text.join("\n"));
}

/** The file that asked, where it is one of the team's own; ours are in no repository of theirs. */
function ownFile({ places }: BehaviourReport, { scenarios }: RunReport): { readonly file?: string } {
  const place = places.find(({ verdict }) => verdict.kind === "fail") ?? places[0];
  const file = scenarios.find(({ id }) => id === place?.scenario)?.file;
  return file === undefined ? {} : { file };
}

function lastLines(report: RunReport): readonly string[] {
  return [countsText(report, pageOf({})), exitText(report.outcome)].map(harmless);
}

/** A workflow command; `https://docs.github.com/actions/reference/workflow-commands-for-github-actions`. */
function command(kind: Kind, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  return `::${kind} ${given.join(",")}::${escapedData(message)}`;
}

const escapedData = (text: string) =>
  text
    .split("\n")
    .map(safeText)
    .join("\n")
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");

const escapedProperty = (text: string) =>
  escapedData(safeText(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A line of the log that is no command, whatever it quotes. */
const harmless = (line: string) => line.replace(/^\s*::/, "\u00b7::").replaceAll("##[", "# #[");
