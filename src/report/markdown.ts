import type { BehaviourReport, Fitness, RunReport } from "../model/report.ts";
import { brokenPlaces, evidenceAt, placeName } from "./broken-places.ts";
import { byCause, causeWords, statementOf } from "./cause-lines.ts";
import { curlOf } from "./curl.ts";
import { diagnosisSentence } from "./diagnosis-lines.ts";
import { exchangeLine } from "./exchange-lines.ts";
import type { ReportFormat } from "./format.ts";
import { reasonText } from "./known-lines.ts";
import { code, codeBlock, link, plainText, prose } from "./markdown-text.ts";
import { countsText, exitText } from "./outcome.ts";
import { pageOf } from "./page.ts";
import { clipped } from "./safe-text.ts";
import { brokenClaims, documentedBy, type Standing, standingOf } from "./standing.ts";
import { GLYPHS } from "./style.ts";
import {
  APP_NAMES,
  appsText,
  capitalised,
  FITNESS_WORDS,
  FLOW_TITLES,
  LEVEL_WORDS,
  plural,
  STANDARD_NAMES,
} from "./wording.ts";

/** For pull requests, job summaries and wikis. */
export const markdown: ReportFormat = {
  name: "markdown",
  summary: "for pull requests, job summaries and wikis",
  render: (report, { maxBytes = Number.POSITIVE_INFINITY }) => markdownWithin(report, maxBytes),
};

/**
 * The report in no more bytes than given: failures are left out from the end, the least harmful first, and counted.
 * The verdict and the counts are always there.
 */
function markdownWithin(report: RunReport, bytes: number): string {
  const before = [...headLines(report), ...causeLines(report)];
  const after = tailLines(report);
  const failures = failureSections(report);
  const size = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join("\n")}\n`).length;
  let room = bytes - size([...before, ...after]) - 200;
  const shown = failures.findIndex((lines) => {
    room -= size(lines);
    return room < 0;
  });
  const kept = shown === -1 ? failures : failures.slice(0, shown);
  const left = failures.length - kept.length;
  const note = left === 0 ? [] : [`*${plural(left, "more failure")} did not fit here.*`, ""];
  return `${[...before, ...kept.flat(), ...note, ...after].join("\n").trimEnd()}\n`;
}

const SIGNS: Readonly<Record<Fitness["fit"], string>> = { yes: "✅", no: "❌", unknown: "❔" };

function headLines(report: RunReport): readonly string[] {
  const { target, outcome, run, notes, stopped } = report;
  const name = target.kind === "embedded" ? "the embedded reference server" : code(target.url);
  const sentences = [
    ...(run.interrupted ? ["The run was interrupted; this report is partial."] : []),
    ...notes,
    ...(report.diagnoses ?? []).map(diagnosisSentence),
  ];
  return [
    `## scim-check: ${name}`,
    "",
    "| | Okta app | Verdict |",
    "|---|---|---|",
    ...outcome.fitness.map(
      ({ app, fit, brokenMusts, unknownMusts }) =>
        `| ${SIGNS[fit]} | ${plainText(capitalised(APP_NAMES[app]))} | ${FITNESS_WORDS[fit]}${countOf(fit, brokenMusts, unknownMusts)} |`,
    ),
    "",
    `**${plainText(exitText(outcome))}**`,
    "",
    plainText(countsText(report, pageOf({}))),
    "",
    ...sentences.flatMap((sentence) => [`- ${plainText(sentence)}`]),
    ...(sentences.length === 0 ? [] : [""]),
    ...(stopped === undefined
      ? []
      : [
          `**Stopped before anything was judged** (${plainText(stopped.cause)}): ${plainText(stopped.why)}`,
          "",
          `**To mend:** ${plainText(stopped.remedy)}`,
          "",
          ...(stopped.exchange === undefined
            ? []
            : codeBlock(curlOf(stopped.exchange, { width: 100 }).command, "sh")),
        ]),
  ];
}

function countOf(fit: Fitness["fit"], broken: readonly string[], unknown: readonly string[]): string {
  if (fit === "no") return `: ${plural(broken.length, "requirement")} broken`;
  return fit === "unknown" && unknown.length > 0 ? `: ${plural(unknown.length, "requirement")} open` : "";
}

function causeLines(report: RunReport): readonly string[] {
  const { causes } = report;
  if (causes.length < 2 && causes.every((cause) => cause.behaviours.length < 2)) return [];
  return [
    "### What to mend first",
    "",
    ...causes.slice(0, 10).map((cause, index) => {
      const { refusal } = cause;
      const words = causeWords(cause) ?? statementOf(cause, report);
      const what =
        refusal === undefined
          ? prose(words)
          : `${code(refusal.request)}${plainText(words.slice(refusal.request.length))}`;
      return `${index + 1}. ${what} (${cause.behaviours.map(plainText).join(", ")})`;
    }),
    ...(causes.length > 10 ? [`11. and ${causes.length - 10} more`] : []),
    "",
  ];
}

const SECTIONS: readonly (readonly [Standing, string])[] = [
  ["must-broken", "Broken musts"],
  ["should-broken", "Broken shoulds"],
  ["documented", "Documented by the product, not counted"],
  ["known", "Known deviations, not counted"],
];

function failureSections(report: RunReport): readonly (readonly string[])[] {
  return SECTIONS.flatMap(([standing, title]) => {
    const broken = byCause(
      report.behaviours.filter((behaviour) => standingOf(behaviour) === standing),
      report.causes,
    );
    return broken.map((behaviour, index) => [
      ...(index === 0 ? [`### ${title} (${broken.length})`, ""] : []),
      ...failureLines(behaviour, report),
    ]);
  });
}

function failureLines(behaviour: BehaviourReport, report: RunReport): readonly string[] {
  const [place] = brokenPlaces(behaviour);
  const evidence = place === undefined ? undefined : evidenceAt(report, place);
  const exchange = evidence?.shown;
  const seen = [evidence?.write, exchange].filter((one) => one !== undefined);
  const documented = documentedBy(behaviour);
  return [
    `#### ${plainText(behaviour.id)}: ${prose(behaviour.statement)}`,
    "",
    `${plainText(FLOW_TITLES[behaviour.flow])}, ${plainText(appsText(behaviour.okta))}`,
    "",
    ...(documented === undefined ? [] : [`> ${plainText(documented)}`, ""]),
    ...(behaviour.known ?? []).flatMap((reason) => [`> ${plainText(reasonText(reason))}`, ""]),
    "| Broken | Where | Expected | Actual |",
    "|---|---|---|---|",
    ...brokenClaims(behaviour).flatMap(({ id, level, verdict }) =>
      (verdict.kind === "fail" ? verdict.findings : [])
        .slice(0, 3)
        .map(
          ({ where, expected, actual }) =>
            `| ${plainText(id)} (${LEVEL_WORDS[level]}) | ${plainText(where)} | ${code(clipped(expected, 240))} | ${code(clipped(actual, 240))} |`,
        ),
    ),
    "",
    ...(place === undefined ? [] : [`Seen in ${plainText(placeName(place))}:`, ""]),
    ...seen.map((one) => `- ${code(exchangeLine(one, GLYPHS))}`),
    "",
    `**If broken:** ${prose(behaviour.consequence)}`,
    "",
    `**To mend:** ${prose(behaviour.remedy)}`,
    "",
    ...(behaviour.sides ?? []).flatMap(({ about, okta, rfc }) => [
      `**Okta and the RFC differ:** ${prose(about)}. **Okta:** ${prose(okta)}. **RFC:** ${prose(rfc)}.`,
      "",
    ]),
    `**Asked by:** ${behaviour.citations.map(({ document, section, standard, url }) => `${plainText(capitalised(STANDARD_NAMES[standard]))} ${link(section === "" ? document : `${document}, ${section}`, url)}`).join("; ")}`,
    "",
    ...(exchange === undefined
      ? []
      : [
          "<details><summary>curl</summary>",
          "",
          ...codeBlock(curlOf(exchange, { width: 100 }).command, "sh"),
          "",
          "</details>",
          "",
        ]),
  ];
}

function tailLines({ behaviours, leftovers }: RunReport): readonly string[] {
  const open = behaviours.filter(({ verdict }) => verdict.kind === "unknown");
  return [
    ...(open.length === 0
      ? []
      : [
          `### Could not tell (${open.length})`,
          "",
          ...open.map(
            ({ id, statement, verdict }) =>
              `- ${plainText(id)}: ${prose(statement)} ${plainText(verdict.kind === "unknown" ? capitalised(clipped(verdict.why, 300)) : "")}`,
          ),
          "",
        ]),
    ...(leftovers.length === 0
      ? []
      : [
          `### Left on the server (${leftovers.length})`,
          "",
          ...leftovers.map(({ collection, name, why }) => `- ${collection} ${code(name)}: ${plainText(why)}`),
          "",
        ]),
  ];
}
