import type { Exchange } from "../model/exchange.ts";
import type { BehaviourReport, Diagnosis, RunReport, ScenarioReport } from "../model/report.ts";
import type { Trouble, TroubleSigns } from "../model/target.ts";
import { matches } from "./pattern.ts";

type Seen = Pick<RunReport, "stopped" | "behaviours" | "scenarios" | "leftovers">;

/**
 * Which of a product's documented troubles a run has run into. Only what went wrong counts: the requests of scenarios
 * that ask for a refusal, and get it, are no trouble.
 */
export function diagnosesOf(report: Seen, troubles: readonly Trouble[]): readonly Diagnosis[] {
  return troubles.flatMap(({ when, symptom, cause, remedy, citation }) => {
    const seen = signOf(when, report);
    return seen === undefined ? [] : [{ symptom, cause, remedy, citation, seen }];
  });
}

/** What was seen of a trouble, in a few words; undefined when nothing was. */
function signOf(when: TroubleSigns, { stopped, behaviours, scenarios }: Seen): string | undefined {
  if (when.stopped !== undefined) {
    return stopped !== undefined && matches(stopped.cause, when.stopped) ? stopped.why : undefined;
  }
  const pattern = when.behaviour ?? "*";
  const amiss = behaviours.filter(
    (behaviour) => isAmiss(behaviour) && (matches(behaviour.id, pattern) || someClaim(behaviour, pattern)),
  );
  if (!asksForExchange(when)) {
    const [first] = amiss;
    return first === undefined ? undefined : `${first.id} is broken`;
  }
  for (const behaviour of amiss) {
    for (const { scenario, step, verdict } of behaviour.places) {
      if (verdict.kind !== "fail" && verdict.kind !== "unknown") continue;
      const exchange = exchangesOf(scenarios, scenario, step).find((one) => fits(when, one));
      if (exchange !== undefined) return `${behaviour.id}: ${told(exchange)} in ${scenario}, step ${step}`;
    }
  }
  return undefined;
}

const asksForExchange = ({ status, silence, method, path }: TroubleSigns) =>
  [status, silence, method, path].some((sign) => sign !== undefined);

/** Broken, and not as documented; or asked for and not to be told. */
function isAmiss({ verdict }: BehaviourReport): boolean {
  if (verdict.kind === "fail") return verdict.documented === undefined;
  return verdict.kind === "unknown" && verdict.neutral !== true;
}

const someClaim = ({ claims }: BehaviourReport, pattern: string) =>
  claims.some(({ id, verdict }) => verdict.kind === "fail" && matches(id, pattern));

function exchangesOf(
  scenarios: readonly ScenarioReport[],
  scenario: string,
  step: string,
): readonly Exchange[] {
  return scenarios.find(({ id }) => id === scenario)?.steps.find(({ id }) => id === step)?.exchanges ?? [];
}

function fits({ status, silence, method, path }: TroubleSigns, { request, outcome }: Exchange): boolean {
  if (status !== undefined && (outcome.kind !== "answer" || outcome.status !== status)) return false;
  if (silence !== undefined && (outcome.kind !== "silence" || outcome.reason !== silence)) return false;
  if (method !== undefined && request.method !== method) return false;
  return path === undefined || request.path.startsWith(path);
}

function told({ request, outcome }: Exchange): string {
  const path = request.path.split("?")[0] ?? request.path;
  const answer = outcome.kind === "answer" ? String(outcome.status) : `no answer (${outcome.reason})`;
  return `${request.method} ${path} → ${answer}`;
}
