import type { Flow, OktaApp } from "../model/behaviour.ts";
import type { BehaviourReport, RunReport, StepReport } from "../model/report.ts";
import { targetName } from "../model/target-name.ts";
import { diagnosisSentence } from "./diagnosis-lines.ts";
import { citationText, differenceText, failureLines, shortFindings } from "./failure.ts";
import type { ReportFormat } from "./format.ts";
import { reasonText } from "./known-lines.ts";
import { exitText } from "./outcome.ts";
import { type Page, pageOf } from "./page.ts";
import { clipped, safeText } from "./safe-text.ts";
import {
  appsOf,
  brokenAdvice,
  brokenClaims,
  documentedBy,
  isAdviceOnly,
  isOpenMust,
  type Standing,
  standingOf,
} from "./standing.ts";
import { skipText } from "./unjudged.ts";
import { appsText, FLOW_TITLES, VERDICT_WORDS } from "./wording.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

/** For build servers. Follows `junit-10.xsd` of Jenkins' xUnit plugin, the strictest of the dialects in use. */
export const junit: ReportFormat = {
  name: "junit",
  summary: "JUnit XML for build servers (Jenkins' junit-10.xsd)",
  render: (report) => xmlDocument(testsuites(report)),
};

/** Colours and terminal widths have no place in a file; prose is wrapped for the log views of build servers. */
const PAGE: Page = pageOf({ width: 100, verbose: true });

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly ms: number;
}

interface Case {
  readonly name: string;
  readonly className: string;
  readonly ms: number;
  readonly result?: {
    readonly kind: "failure" | "error" | "skipped";
    readonly message: string;
    readonly text?: string;
  };
  readonly output?: string;
}

function testsuites(report: RunReport): XmlElement {
  const suites = [...behaviourSuites(report), ...runSuite(report)];
  const cases = suites.flatMap((suite) => suite.cases);
  return {
    name: "testsuites",
    // The schema counts skipped cases on suites only.
    attributes: {
      name: `${report.tool.name} ${report.tool.version}: ${targetName(report.target)}`,
      time: seconds(report.run.durationMs),
      tests: cases.length,
      failures: count(cases, "failure"),
      errors: count(cases, "error"),
    },
    children: suites.map((suite, index) => suiteElement(suite, index, report)),
  };
}

function suiteElement(suite: Suite, index: number, report: RunReport): XmlElement {
  return {
    name: "testsuite",
    attributes: {
      id: index,
      name: suite.name,
      timestamp: report.run.startedAt,
      time: seconds(suite.ms),
      tests: suite.cases.length,
      failures: count(suite.cases, "failure"),
      errors: count(suite.cases, "error"),
      skipped: count(suite.cases, "skipped"),
    },
    children: [
      {
        name: "properties",
        attributes: {},
        children: [["target", targetName(report.target)] as const, ...suite.properties].map(
          ([name, value]) => ({
            name: "property",
            attributes: { name, value: safeText(value) },
          }),
        ),
      },
      ...suite.cases.map(caseElement),
    ],
  };
}

function caseElement({ name, className, ms, result, output }: Case): XmlElement {
  const children: XmlElement[] = [];
  if (result !== undefined) {
    const message = safeText(clipped(result.message, 500));
    children.push({
      name: result.kind,
      attributes: { type: TYPE_OF[result.kind], message },
      ...(result.text === undefined ? {} : { text: result.text }),
    });
  }
  if (output !== undefined) children.push({ name: "system-out", attributes: {}, text: output });
  return { name: "testcase", attributes: { classname: className, name, time: seconds(ms) }, children };
}

const TYPE_OF = { failure: "must", error: VERDICT_WORDS.unknown, skipped: "not counted" } as const;

const count = (cases: readonly Case[], kind: "failure" | "error" | "skipped") =>
  cases.filter((one) => one.result?.kind === kind).length;

// A plain decimal with a point: the schema's pattern allows no exponent.
const seconds = (ms: number) => (Math.max(ms, 0) / 1_000).toFixed(3);

/** One suite per flow and kind of app, in the order in which the behaviours stand in the report. */
function behaviourSuites(report: RunReport): readonly Suite[] {
  const groups = new Map<string, { flow: Flow; apps: readonly OktaApp[]; behaviours: BehaviourReport[] }>();
  for (const behaviour of report.behaviours) {
    const apps = appsOf(behaviour);
    const key = `${behaviour.flow}/${apps.join("+")}`;
    const group = groups.get(key) ?? { flow: behaviour.flow, apps, behaviours: [] };
    groups.set(key, group);
    group.behaviours.push(behaviour);
  }
  return [...groups.values()].map(({ flow, apps, behaviours }) => ({
    name: `${FLOW_TITLES[flow]}, ${appsText(apps)}`,
    cases: behaviours.map((behaviour) => behaviourCase(behaviour, apps, report)),
    // The schema has no properties on test cases, so the suite says which sentence asks for each of them.
    properties: behaviours.flatMap((behaviour) =>
      behaviour.citations.map((citation) => [`source.${behaviour.id}`, citationText(citation)] as const),
    ),
    ms: timeOf(behaviours, report),
  }));
}

function behaviourCase(behaviour: BehaviourReport, apps: readonly OktaApp[], report: RunReport): Case {
  const result = resultOf(behaviour, report);
  return {
    name: `${behaviour.id} ${behaviour.statement}`,
    className: `${report.tool.name}.${behaviour.flow}.${apps.length === 2 ? "both" : apps.join("")}`,
    ms: timeOf([behaviour], report),
    ...(result === undefined ? {} : { result }),
    // Advice beside kept requirements is no reason to be red, but it is worth reading.
    ...(isAdviceOnly(behaviour) && standingOf(behaviour) !== "advice"
      ? { output: `${shortFindings(brokenAdvice(behaviour), PAGE).join("\n")}\n` }
      : {}),
  };
}

/** A must that fails is a failure, a must that stayed open an error; whatever else is no pass is skipped. */
function resultOf(behaviour: BehaviourReport, report: RunReport): Case["result"] {
  const standing = standingOf(behaviour);
  if (standing === "pass") return undefined;
  const { verdict } = behaviour;
  if (verdict.kind === "skip") return { kind: "skipped", message: skipText(verdict) };
  if (verdict.kind === "unknown") {
    const kind = standing === "must-unknown" ? "error" : "skipped";
    return { kind, message: `${VERDICT_WORDS.unknown}: ${verdict.why}`, text: openText(behaviour) };
  }
  const failed = {
    message: failedMessage(behaviour),
    text: `\n${failureLines(behaviour, report, PAGE).join("\n")}\n`,
  };
  if (standing === "must-broken") return { kind: "failure", ...failed };
  return { kind: isOpenMust(behaviour) ? "error" : "skipped", ...failed };
}

const PREFIX: Readonly<Partial<Record<Standing, string>>> = {
  "should-broken": "a should is broken: ",
  advice: "advice: ",
  documented: "documented by the product: ",
  known: "known deviation: ",
};

/** The first difference of the behaviour, with what makes it less than a failure in front. */
function failedMessage(behaviour: BehaviourReport): string {
  const documented = documentedBy(behaviour);
  const prefix = PREFIX[standingOf(behaviour)] ?? "";
  if (documented !== undefined) return `${prefix}${documented}`;
  const reason = standingOf(behaviour) === "known" ? behaviour.known?.[0] : undefined;
  if (reason !== undefined) return `${prefix}${reasonText(reason)}`;
  const claim = brokenClaims(behaviour)[0];
  const finding = claim?.verdict.kind === "fail" ? claim.verdict.findings[0] : undefined;
  if (claim === undefined || finding === undefined) return `${prefix}${behaviour.statement}`;
  return `${prefix}${claim.text} ${differenceText(finding)}`;
}

function openText(behaviour: BehaviourReport): string {
  const open = behaviour.claims.flatMap((claim) =>
    claim.verdict.kind === "unknown" ? [`${claim.id}: ${safeText(clipped(claim.verdict.why, 500))}`] : [],
  );
  return `\n${[...open, ...behaviour.citations.map(citationText)].join("\n")}\n`;
}

/** What is said of the run and not of a behaviour, where there is anything to say. */
function runSuite(report: RunReport): readonly Suite[] {
  const cases = [...outcomeCase(report), ...remarkCases(report)];
  return cases.length === 0 ? [] : [{ name: "The run", cases, properties: [], ms: report.run.durationMs }];
}

/**
 * A build server must not show green where the exit code is not 0: a run that was stopped or interrupted, or
 * that failed for something that is no must, gets a case of its own that says so.
 */
function outcomeCase(report: RunReport): readonly Case[] {
  const { exitCode } = report.outcome;
  const red = behaviourSuites(report).some(
    ({ cases }) => count(cases, "failure") + count(cases, "error") > 0,
  );
  if (exitCode === 0 || red) return [];
  const why = [exitText(report.outcome), report.stopped?.why, report.stopped?.remedy];
  const text = why.flatMap((one) => (one === undefined ? [] : [safeText(one)])).join("\n");
  return [
    {
      name: "the run comes to a result",
      className: `${report.tool.name}.run`,
      ms: report.run.durationMs,
      result: {
        kind: exitCode === 1 ? "failure" : "error",
        message: report.stopped?.why ?? report.outcome.why,
        text: `\n${text}\n`,
      },
    },
  ];
}

/**
 * What a reader should know beside the verdicts, such as certificates that nobody verified. Skipped and not passed,
 * because build servers show the message of a skipped case, and hide the output of a passed one.
 */
function remarkCases(report: RunReport): readonly Case[] {
  const { notes, diagnoses = [] } = report;
  const about = notes.length === 0 ? [] : [["what to know about this run", notes.join(" ")] as const];
  const troubles = diagnoses.map((one) => [`diagnosis: ${one.symptom}`, diagnosisSentence(one)] as const);
  return [...about, ...troubles].map(([name, told]) => ({
    name,
    className: `${report.tool.name}.run`,
    ms: 0,
    result: { kind: "skipped", message: told, text: `\n${safeText(told)}\n` },
  }));
}

/** The time of all exchanges that showed something of these behaviours; a step that serves several counts once. */
function timeOf(behaviours: readonly BehaviourReport[], report: RunReport): number {
  const wanted = new Set(behaviours.flatMap(({ places }) => places.map((at) => `${at.scenario} ${at.step}`)));
  let ms = 0;
  for (const scenario of report.scenarios) {
    for (const step of scenario.steps) if (wanted.has(`${scenario.id} ${step.id}`)) ms += stepTime(step);
  }
  return ms;
}

const stepTime = (step: StepReport) =>
  step.exchanges.reduce((sum, exchange) => sum + (exchange.timing.totalMs ?? 0), 0);
