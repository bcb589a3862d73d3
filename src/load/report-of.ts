import type { LoadReport, OperationReport, PlayReport, ShardReport } from "../model/load.ts";
import type { Reconciliation } from "../model/load-reconciliation.ts";
import type { Leftover } from "../model/play.ts";
import type { Scenario, Template } from "../model/scenario.ts";
import { arrivalsOf } from "./arrivals.ts";
import { brokenReport } from "./broken-claims.ts";
import { distributionOf } from "./distribution.ts";
import { healthOf } from "./health.ts";
import { addedUp, countsTogether } from "./merge.ts";
import { loadOutcome } from "./outcome.ts";
import type { OperationResult, PlaysResult, ShardResult } from "./shard-result.ts";
import { decideThreshold } from "./thresholds.ts";
import { throttlingReport } from "./throttle-study.ts";
import { timelineReport } from "./timeline-report.ts";

export interface LoadReportInput {
  /** All shards added up. */
  readonly whole: ShardResult;
  /** Each on its own, for who was late and who was busy. */
  readonly shards: readonly ShardResult[];
  readonly target: LoadReport["target"];
  readonly scenarios: readonly Scenario[];
  readonly reconciled: Reconciliation;
  /** Claims whose breach is a broken must. */
  readonly isMust: (claim: string) => boolean;
  readonly leftovers: readonly Leftover[];
  readonly notes: readonly string[];
}

/** Everything a load found out, as the report that every output format is made from. */
export function loadReportOf(input: LoadReportInput): LoadReport {
  const { whole, reconciled, target } = input;
  const { plan } = whole;
  const measured = whole.operations.filter(({ name }) => !name.startsWith("population/"));
  const sum = (value: (one: OperationResult) => number) => measured.reduce((all, one) => all + value(one), 0);
  const plays = (value: (one: PlaysResult) => number) =>
    whole.plays.reduce((all, one) => all + value(one), 0);
  const response = addedUp(measured.map((one) => one.response));
  const generator = healthOf(whole);
  const decided = { whole: { ...whole, operations: whole.operations }, generator, reconciled };
  const thresholds = plan.thresholds.map((threshold) => decideThreshold(threshold, decided));
  const requests = sum((one) => one.requests);
  const broken = brokenReport(whole);
  const schedule = scheduleOf(whole);
  const outcome = loadOutcome({
    interrupted: whole.interrupted,
    ...(whole.stopped === undefined ? {} : { stopped: whole.stopped }),
    thresholds,
    reconciled,
    requests,
    brokenMusts: broken.filter(isPlainlyWrong).flatMap(({ claim }) => (input.isMust(claim) ? [claim] : [])),
  });
  return {
    format: "scim-check/load@1",
    tool: { name: "scim-check", version: whole.toolVersion },
    target: { ...target, ...(whole.usersBefore === undefined ? {} : { usersBefore: whole.usersBefore }) },
    plan: { ...plan, fingerprint: whole.fingerprint, ...schedule },
    run: {
      id: input.shards.map(({ shard }) => shard.runId).join("+"),
      startedAt: whole.shard.startedAt,
      durationMs: Math.round(whole.measuredMs),
      interrupted: whole.interrupted,
      ...(whole.endedEarly === undefined ? {} : { endedEarly: whole.endedEarly }),
      transport: whole.transport,
      shards: input.shards.map(shardReport),
    },
    ...(whole.stopped === undefined ? {} : { stopped: whole.stopped }),
    totals: {
      intended: plays((one) => one.intended),
      started: plays((one) => one.started),
      finished: plays((one) => one.finished),
      failed: plays((one) => one.failed),
      dropped: plays((one) => one.dropped),
      deferred: plays((one) => one.deferred),
      requests,
      errors: sum((one) => one.errors),
      errorsByKind: errorsByKind(measured),
      bytesSent: sum((one) => one.bytesSent),
      bytesReceived: sum((one) => one.bytesReceived),
      connectionsOpened: whole.connections.opened,
      connectionsOpenAtMost: whole.connections.mostOpen,
    },
    rate: ratesOf(whole, schedule.scheduleMs, requests),
    requests: {
      response: distributionOf(response),
      service: distributionOf(addedUp(measured.map((one) => one.service))),
      lag: distributionOf(addedUp(measured.map((one) => one.lag))),
    },
    plays: whole.plays.map(playReport),
    operations: measured.map((one) => operationReport(one, input.scenarios)),
    timeline: timelineReport(whole.timeline, plan.warmUpMs),
    throttling: throttlingReport({
      counts: whole.throttle,
      timeline: whole.timeline,
      byOperation: measured.map((one) => ({
        operation: one.name,
        refused: one.throttled,
        requests: one.requests,
      })),
      requests,
      deferred: plays((one) => one.deferred),
      timeScale: whole.timeScale,
      ...(reconciled.kind === "done"
        ? {
            appliedAllTheSame: reconciled.counts["applied-after-refusal"],
            doubledByRetry: reconciled.counts.doubled,
          }
        : {}),
    }),
    broken,
    acknowledged: acknowledgedIn(input.shards),
    reconciled,
    thresholds,
    generator,
    outcome,
    leftovers: input.leftovers,
    notes: [...new Set([...input.notes, ...whole.notes])],
  };
}

/** A claim that a success broke is no matter of a server that had too much to do. */
function isPlainlyWrong({ example }: LoadReport["broken"][number]): boolean {
  const outcome = example?.outcome;
  return outcome?.kind === "answer" && outcome.status >= 200 && outcome.status < 300;
}

function scheduleOf({ plan, plays }: ShardResult): { readonly scheduleMs: number; readonly plays: number } {
  if (plan.closed !== undefined) {
    return { scheduleMs: plan.closed.forMs, plays: plays.reduce((all, { intended }) => all + intended, 0) };
  }
  const arrivals = arrivalsOf(plan.stages);
  return { scheduleMs: arrivals.durationMs, plays: arrivals.plays };
}

function ratesOf({ plan, plays, measuredMs }: ShardResult, scheduleMs: number, requests: number) {
  const scheduled = Math.max(1, Math.min(scheduleMs - plan.warmUpMs, measuredMs)) / 1000;
  const perSecond = (count: number, seconds: number) => Math.round((count / seconds) * 100) / 100;
  const all = (value: (one: PlaysResult) => number) => plays.reduce((sum, one) => sum + value(one), 0);
  return {
    offered: perSecond(
      all((one) => one.intended),
      scheduled,
    ),
    achieved: perSecond(
      all((one) => one.startedInTime),
      scheduled,
    ),
    requests: perSecond(requests, Math.max(0.001, measuredMs / 1000)),
  };
}

const shardReport = (result: ShardResult): ShardReport => ({ ...result.shard, generator: healthOf(result) });

function errorsByKind(operations: readonly OperationResult[]): Record<string, number> {
  const silences = countsTogether(operations.map((one) => one.silences));
  return { ...silences, ...countsTogether(operations.map((one) => one.errorsByStatus)) };
}

function acknowledgedIn(shards: readonly ShardResult[]): LoadReport["acknowledged"] {
  const all = { created: 0, changed: 0, deleted: 0, membersAdded: 0, membersRemoved: 0 };
  for (const { register } of shards) {
    for (const key of Object.keys(all) as (keyof typeof all)[]) all[key] += register.counts[key];
  }
  return all;
}

function playReport({ startedInTime: _startedInTime, response, ...counts }: PlaysResult): PlayReport {
  return { ...counts, response: distributionOf(response) };
}

function operationReport(result: OperationResult, scenarios: readonly Scenario[]): OperationReport {
  const {
    name,
    claims: _claims,
    warmUps: _warmUps,
    errorsByStatus: _errors,
    response,
    service,
    lag,
    ...counts
  } = result;
  const { method, path, step } = requestOfStep(result, scenarios);
  return {
    ...counts,
    id: name,
    step,
    method,
    path,
    response: distributionOf(response),
    service: distributionOf(service),
    lag: distributionOf(lag),
  };
}

/** What a step sends, with its slots as they stand in the file; in an action, what the operation's name says. */
function requestOfStep({ name, scenario }: OperationResult, scenarios: readonly Scenario[]) {
  const [own = name, method = "", path = ""] = name.split(" ");
  // What builds the population, and a probe, are of no scenario.
  const step = scenario === "" ? own : own.slice(scenario.length + 1);
  const found = scenarios.find(({ id }) => id === scenario)?.steps.find(({ id }) => id === step);
  if (found?.kind !== "send") return { method, path, step };
  return { method: found.method, path: templateText(found.path), step };
}

function templateText({ parts }: Template): string {
  return parts.map((part) => (typeof part === "string" ? part : `\${${part.name}}`)).join("");
}
