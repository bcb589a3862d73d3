import type { Leftover, PlayResult } from "../model/play.ts";
import type { BehaviourReport, RunReport, ScenarioReport, StepReport, Stopped } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import { combineBehaviours } from "./combine.ts";
import type { RunInput } from "./input.ts";
import type { ForeignMask } from "./mask.ts";
import { outcomeOf } from "./outcome.ts";
import type { RunPlan } from "./plan.ts";
import { trimExchange, trimStep } from "./trim.ts";

/** One scenario of the plan: what its play showed, or why it was not played. */
export interface Played {
  readonly scenario: Scenario;
  readonly result?: PlayResult;
  readonly why?: string;
  readonly interrupted?: boolean;
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
  readonly mask: ForeignMask;
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
    ...ordered.map((one) => scenarioReport(one, given)),
    ...given.plan.left.map(({ scenario, why }) => skippedReport(scenario, why)),
  ];
  const behaviours =
    stopped === undefined
      ? combineBehaviours(given.plan.behaviours, results, settings.oktaApps, notAsked(given)).map(
          (behaviour) => maskedBehaviour(behaviour, given),
        )
      : [];
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
      strict: settings.strict,
      interrupted: signal.aborted,
      ...(stopped === undefined ? {} : { stopped }),
    }),
    behaviours,
    scenarios,
    leftovers: given.leftovers,
    notes: given.ceilingReached
      ? [
          ...input.notes,
          `The ceiling of ${settings.maxRequests} requests was reached; raise it with --max-requests.`,
        ]
      : input.notes,
  };
}

/** Why the claims of scenarios that were not played were not asked. */
function notAsked({ plan, played }: ReportInput): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const left = [
    ...plan.left,
    ...played.flatMap(({ scenario, result, why }) =>
      result === undefined && why !== undefined ? [{ scenario, why }] : [],
    ),
  ];
  for (const { scenario, why } of left) {
    for (const { expect } of scenario.steps) for (const { claim } of expect) reasons.set(claim, why);
  }
  return reasons;
}

function skippedReport(scenario: Scenario, why: string): ScenarioReport {
  const { id, title, flow, oktaApp } = scenario;
  return { id, title, flow, oktaApp, status: "skipped", why, durationMs: 0, steps: [] };
}

function scenarioReport(played: Played, given: ReportInput): ScenarioReport {
  const { scenario, result, why, interrupted, durationMs } = played;
  const { id, title, flow, oktaApp } = scenario;
  return {
    id,
    title,
    flow,
    oktaApp,
    status: result !== undefined ? "played" : interrupted === true ? "interrupted" : "skipped",
    ...(why === undefined ? {} : { why }),
    durationMs: Math.round(durationMs),
    steps: result === undefined ? [] : stepReports(scenario, result, given),
  };
}

function stepReports(scenario: Scenario, result: PlayResult, given: ReportInput): readonly StepReport[] {
  const broken = new Set(
    result.judged.filter(({ verdict }) => verdict.kind === "fail").map(({ step }) => step),
  );
  const notes = new Map(scenario.steps.map(({ id, note }) => [id, note]));
  return result.steps.map((step) => {
    const note = notes.get(step.step);
    return {
      id: step.step,
      status: step.status,
      ...(step.why === undefined ? {} : { why: step.why }),
      ...(note === undefined ? {} : { note }),
      ...(step.settledAfterMs === undefined ? {} : { settledAfterMs: step.settledAfterMs }),
      exchanges: trimStep(step.exchanges).map((exchange) =>
        trimExchange(
          given.input.settings.showForeignData ? exchange : given.mask.exchange(exchange),
          broken.has(step.step),
        ),
      ),
    };
  });
}

// Runs after the exchanges were masked: only then is it known which texts belong to other people.
function maskedBehaviour(behaviour: BehaviourReport, { mask }: ReportInput): BehaviourReport {
  return {
    ...behaviour,
    verdict: mask.verdict(behaviour.verdict),
    claims: behaviour.claims.map((claim) => ({ ...claim, verdict: mask.verdict(claim.verdict) })),
    places: behaviour.places.map((place) => ({ ...place, verdict: mask.verdict(place.verdict) })),
  };
}

function maskedStop(stopped: Stopped, { mask, input }: ReportInput): Stopped {
  if (stopped.exchange === undefined || input.settings.showForeignData) return stopped;
  return { ...stopped, exchange: trimExchange(mask.exchange(stopped.exchange), true) };
}
