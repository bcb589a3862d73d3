import { plural } from "../model/count.ts";
import type { KnownReport } from "../model/known-deviation.ts";
import type { Leftover, PlayResult } from "../model/play.ts";
import type { BehaviourReport, RunReport, ScenarioReport, StepReport, Stopped } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Trouble } from "../model/target.ts";
import type { Finding, Verdict } from "../model/verdict.ts";
import { causesOf } from "./causes.ts";
import { combineBehaviours, type NotPlayed } from "./combine.ts";
import { diagnosesOf } from "./diagnoses.ts";
import { markDocumented } from "./documented.ts";
import type { Excerpts } from "./excerpts.ts";
import type { RunInput } from "./input.ts";
import { applyKnown } from "./known.ts";
import type { ForeignMask } from "./mask.ts";
import { outcomeOf } from "./outcome.ts";
import type { RunPlan } from "./plan.ts";

/** One scenario of the plan: what its play showed (as `keptOf` keeps it), or why it was not played. */
export interface Played {
  readonly scenario: Scenario;
  readonly result?: PlayResult;
  readonly why?: string;
  readonly interrupted?: boolean;
  /** It was chosen, and what it needs could not be had. */
  readonly blocked?: boolean;
  readonly durationMs: number;
}

export interface ReportInput {
  readonly input: RunInput;
  readonly plan: RunPlan;
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly played: readonly Played[];
  readonly leftovers: readonly Leftover[];
  readonly requests: number;
  readonly ceilingReached: boolean;
  /** Not everything could be played in time. */
  readonly deadlineReached: boolean;
  /** For what was exchanged before the first play. */
  readonly excerpts: Excerpts;
  readonly usersBefore?: number;
  readonly stopped?: Stopped;
}

/** Puts the report together: plain JSON, with secrets out and other people's values masked. */
export function reportOf(given: ReportInput): RunReport {
  const { input, played, stopped, usersBefore } = given;
  const { settings, signal, clock, target } = input;
  const ordered = played.toSorted((one, other) => (one.scenario.id < other.scenario.id ? -1 : 1));
  const results = ordered.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const scenarios = [
    ...ordered.map((one) => scenarioReport(one)),
    ...given.plan.left.map(({ scenario, why }) => skippedReport(scenario, why)),
  ];
  const combined =
    stopped === undefined
      ? markDocumented(
          combineBehaviours(given.plan.behaviours, results, settings.oktaApps, notPlayed(given)),
          input.documented ?? [],
        )
      : [];
  const { behaviours, known } = withKnown(combined, given);
  return {
    format: "scim-check/run@1",
    tool: { name: "scim-check", version: input.toolVersion },
    target: { ...target, ...(usersBefore === undefined ? {} : { usersBefore }) },
    run: {
      id: given.runId,
      seed: settings.seed,
      startedAt: new Date(given.startedAt).toISOString(),
      durationMs: Math.round(clock.now() - given.startedAt),
      interrupted: signal.aborted,
      requests: given.requests,
      oktaApps: settings.oktaApps,
      settledAfterMs: Math.max(
        0,
        ...results.flatMap(({ steps }) => steps.map((step) => step.settledAfterMs ?? 0)),
      ),
    },
    ...(stopped === undefined ? {} : { stopped: maskedStop(stopped, given) }),
    outcome: outcomeOf({
      behaviours,
      apps: settings.oktaApps,
      known: known ?? [],
      strict: settings.strict,
      interrupted: signal.aborted,
      deadlineReached: given.deadlineReached,
      ...(stopped === undefined ? {} : { stopped }),
    }),
    behaviours,
    ...diagnosed(
      { ...(stopped === undefined ? {} : { stopped }), behaviours, scenarios, leftovers: given.leftovers },
      input.troubles ?? [],
    ),
    causes: causesOf(behaviours, results),
    scenarios,
    leftovers: given.leftovers,
    ...(known === undefined ? {} : { known }),
    notes: [...input.notes, ...limitNotes(given)],
  };
}

function diagnosed(
  report: Parameters<typeof diagnosesOf>[0],
  troubles: readonly Trouble[],
): Pick<RunReport, "diagnoses"> {
  const diagnoses = diagnosesOf(report, troubles);
  return diagnoses.length === 0 ? {} : { diagnoses };
}

/** Where nothing was judged the list is left alone, days that have passed included. */
function withKnown(
  behaviours: readonly BehaviourReport[],
  { input: { known, catalogue }, startedAt, stopped }: ReportInput,
): { readonly behaviours: readonly BehaviourReport[]; readonly known?: readonly KnownReport[] } {
  if (known === undefined) return { behaviours };
  if (stopped !== undefined) {
    return { behaviours, known: known.map((one) => ({ ...one, state: "not-judged", behaviours: [] })) };
  }
  return applyKnown(behaviours, known, catalogue, new Date(startedAt).toISOString().slice(0, 10));
}

/** What kept the run from asking everything. */
function limitNotes({
  ceilingReached,
  deadlineReached,
  input: { settings },
}: ReportInput): readonly string[] {
  return [
    ...(ceilingReached
      ? [
          `The ceiling of ${plural(settings.maxRequests, "request")} was reached; raise it with --max-requests.`,
        ]
      : []),
    ...(deadlineReached
      ? [
          `The deadline of ${(settings.deadlineMs ?? 0) / 1000} s passed; this report is partial. Raise it with --deadline, or choose fewer scenarios.`,
        ]
      : []),
  ];
}

function notPlayed({ plan, played }: ReportInput): readonly NotPlayed[] {
  return [
    ...plan.left.map(({ scenario, why }): NotPlayed => ({ scenario, why, because: "not-chosen" })),
    ...played.flatMap(({ scenario, result, why, blocked }): readonly NotPlayed[] =>
      result === undefined && why !== undefined
        ? [{ scenario, why, because: blocked === true ? "blocked" : "not-chosen" }]
        : [],
    ),
  ];
}

function skippedReport(scenario: Scenario, why: string): ScenarioReport {
  return { ...aboutOf(scenario), status: "skipped", why, durationMs: 0, steps: [] };
}

function aboutOf({ id, title, flow, oktaApp, own, place }: Scenario) {
  return { id, ...(own === true ? { file: place.file } : {}), title, flow, oktaApp };
}

function scenarioReport(played: Played): ScenarioReport {
  const { scenario, result, why, interrupted, durationMs } = played;
  return {
    ...aboutOf(scenario),
    status: result !== undefined ? "played" : interrupted === true ? "interrupted" : "skipped",
    ...(why === undefined ? {} : { why }),
    durationMs: Math.round(durationMs),
    steps: result === undefined ? [] : stepReports(scenario, result),
  };
}

function stepReports(scenario: Scenario, result: PlayResult): readonly StepReport[] {
  const notes = new Map(scenario.steps.map(({ id, note }) => [id, note]));
  return result.steps.map((step) => {
    const note = notes.get(step.step);
    return {
      id: step.step,
      status: step.status,
      ...(step.why === undefined ? {} : { why: step.why }),
      ...(note === undefined ? {} : { note }),
      ...(step.settledAfterMs === undefined ? {} : { settledAfterMs: step.settledAfterMs }),
      exchanges: step.exchanges,
    };
  });
}

/**
 * What a report needs of a play, masked and cut short. Taken as soon as the play is over: the bodies of a large
 * group's reads would fill the memory until the run ends.
 */
export function keptOf(result: PlayResult, mask: ForeignMask, excerpts: Excerpts): PlayResult {
  const broken = result.judged.filter(({ verdict }) => verdict.kind === "fail");
  const places = new Map<string, readonly number[]>();
  const steps = result.steps.map((step) => {
    const failed = broken.filter((one) => one.step === step.step);
    const kept = excerpts.ofStep(step.exchanges, failed.length > 0, namedBy(failed));
    places.set(step.step, [...kept.keys()]);
    return { ...step, facts: {}, exchanges: [...kept.values()] };
  });
  const judged = result.judged.map((one) => ({
    ...one,
    verdict: amongKept(mask.verdict(one.verdict), places.get(one.step) ?? []),
  }));
  return { ...result, made: [], steps, judged };
}

/** Places of the exchanges that differences name. */
const namedBy = (judged: PlayResult["judged"]): ReadonlySet<number> =>
  new Set(
    judged.flatMap(({ verdict }) =>
      verdict.kind === "fail" ? verdict.findings.flatMap(({ exchange }) => exchange ?? []) : [],
    ),
  );

/** The verdict with the exchanges it names counted among those of the step that are kept. */
function amongKept(verdict: Verdict, places: readonly number[]): Verdict {
  if (verdict.kind !== "fail") return verdict;
  const findings = verdict.findings.map(({ exchange, ...finding }): Finding => {
    const at = exchange === undefined ? -1 : places.indexOf(exchange);
    return at === -1 ? finding : { ...finding, exchange: at };
  });
  return { ...verdict, findings };
}

function maskedStop(stopped: Stopped, { excerpts }: ReportInput): Stopped {
  return stopped.exchange === undefined
    ? stopped
    : { ...stopped, exchange: excerpts.of(stopped.exchange, true) };
}
