import { plural } from "../model/count.ts";
import type { BrokenUnderLoad, ThresholdResult } from "../model/load.ts";
import type { GeneratorHealth } from "../model/load-generator.ts";
import type { CountedMetric, Threshold } from "../model/load-plan.ts";
import { FINDING_KINDS, type FindingKind, type Reconciliation } from "../model/load-reconciliation.ts";
import { brokenReport } from "./broken-claims.ts";
import { Latencies } from "./latencies.ts";
import { addedUp } from "./merge.ts";
import type { OperationResult, ShardResult } from "./shard-result.ts";

/** What thresholds are decided on: the whole load, and nothing less. */
export interface Decided {
  readonly whole: Pick<ShardResult, "operations" | "plays" | "claims" | "throttle">;
  readonly generator: Pick<GeneratorHealth, "limited" | "why">;
  /** Absent while the load runs: what only the state read back can tell stays open. */
  readonly reconciled?: Reconciliation;
}

type Measured =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "unknown"; readonly why: string };

const NOTHING: Measured = { kind: "unknown", why: "nothing was measured" };

/** Decides one threshold. Over no samples, or on figures that are this machine's own, it is unknown. */
export function decideThreshold(threshold: Threshold, decided: Decided): ThresholdResult {
  const measured = measure(threshold, decided);
  if (measured.kind === "unknown") return { ...threshold, verdict: "unknown", why: measured.why };
  const { value: observed } = measured;
  const isMet = holds(observed, threshold);
  const unsent = unsentOf(threshold, decided);
  if (unsent > 0 && (isMet || threshold.metric.kind === "time")) {
    const why = `${plural(unsent, "request")} could not be sent, because no access token was to be had`;
    return { ...threshold, verdict: "unknown", why };
  }
  const shown = shownValue(observed, threshold);
  const why = `${shown} ${isMet ? "meets" : "breaks"} ${threshold.text}`;
  if (!decided.generator.limited || !isInDoubt(threshold, isMet)) {
    return { ...threshold, observed, verdict: isMet ? "met" : "breached", why };
  }
  const [held = ""] = decided.generator.why;
  return {
    ...threshold,
    observed,
    verdict: "unknown",
    why: `${shown} was observed, but this machine did not keep up: ${held}`,
  };
}

/** Whether a slow machine may be why. A rate that was reached was reached, however hard it was for this machine. */
function isInDoubt({ metric, comparison }: Threshold, isMet: boolean): boolean {
  if (metric.kind === "time") return true;
  return metric.kind === "achieved" && !(isMet && comparison.startsWith(">"));
}

function holds(observed: number, { comparison, limit }: Threshold): boolean {
  switch (comparison) {
    case "<":
      return observed < limit;
    case "<=":
      return observed <= limit;
    case ">":
      return observed > limit;
    case ">=":
      return observed >= limit;
    case "==":
      return observed === limit;
  }
}

/** A value in the unit that its limit is written in, with as many digits as show on which side of the limit it is. */
function shownValue(value: number, threshold: Threshold): string {
  const { kind } = threshold.metric;
  if (kind === "count") return String(value);
  if (kind === "time") return `${rounded(value, 1, value < 10 ? 2 : 0, threshold)} ms`;
  return `${rounded(value, 100, 2, threshold)} %`;
}

const MOST_DIGITS = 9;

function rounded(value: number, times: number, digits: number, threshold: Threshold): number {
  const shown = Number((value * times).toFixed(digits));
  const isTrue = holds(shown / times, threshold) === holds(value, threshold);
  return isTrue || digits >= MOST_DIGITS ? shown : rounded(value, times, digits + 1, threshold);
}

function measure(threshold: Threshold, decided: Decided): Measured {
  const { metric } = threshold;
  switch (metric.kind) {
    case "time":
      return timeOf(threshold, metric, decided);
    case "share":
      return shareOf(threshold, metric.of, decided);
    case "achieved": {
      const intended = total(decided.whole.plays, (one) => one.intended);
      if (intended === 0) return NOTHING;
      return { kind: "value", value: total(decided.whole.plays, (one) => one.startedInTime) / intended };
    }
    case "count":
      return countOf(threshold, metric.of, decided);
  }
}

/** Operations that a threshold is about. */
function operationsOf({ operation }: Threshold, { whole }: Decided): readonly OperationResult[] {
  if (operation === undefined) return whole.operations;
  return whole.operations.filter(({ name }) => {
    const own = name.split(" ")[0] ?? name;
    return own === operation || own.endsWith(`/${operation}`);
  });
}

function timeOf(
  threshold: Threshold,
  metric: Extract<Threshold["metric"], { kind: "time" }>,
  decided: Decided,
): Measured {
  const parts =
    threshold.operation === "play"
      ? decided.whole.plays.map(({ response }) => response)
      : operationsOf(threshold, decided).map((operation) => operation[metric.of]);
  const times = parts.length === 0 ? new Latencies() : addedUp(parts);
  if (times.count === 0) return NOTHING;
  if (metric.stat === "mean") return { kind: "value", value: times.meanMs };
  if (metric.stat === "max") return { kind: "value", value: times.maxMs };
  return { kind: "value", value: times.percentileMs(metric.percentile ?? 100) };
}

/** Requests for which the token endpoint gave no token: the server under test never saw them. */
const withoutToken = (operations: readonly OperationResult[]) =>
  total(operations, ({ silences }) => silences["no-token"] ?? 0);

/** How many of what a threshold looks at was never sent; 0 where that does not matter to it. */
function unsentOf(threshold: Threshold, decided: Decided): number {
  const { kind, ...metric } = threshold.metric;
  const isAboutAnswers = kind === "time" || ("of" in metric && metric.of === "errors");
  return isAboutAnswers ? withoutToken(operationsOf(threshold, decided)) : 0;
}

function shareOf(threshold: Threshold, of: "errors" | "429" | "broken", decided: Decided): Measured {
  const operations = operationsOf(threshold, decided);
  const requests = total(operations, ({ requests: sent }) => sent) - withoutToken(operations);
  if (requests === 0) return NOTHING;
  const count = of === "broken" ? breakingIn(operations, decided) : countIn(operations, of, decided);
  return { kind: "value", value: count / requests };
}

/**
 * How many requests broke a claim, as far as those that were judged tell: most claims are judged in some plays only.
 * Whether one answer broke several is not counted, so each operation has the share of its most broken claim.
 */
function breakingIn(operations: readonly OperationResult[], decided: Decided): number {
  return mostBroken(operations, decided, ({ requests }, { broken, judged }) => (requests * broken) / judged);
}

/** The value of each operation's most broken claim, added up. */
function mostBroken(
  operations: readonly OperationResult[],
  { whole }: Decided,
  value: (operation: OperationResult, claim: BrokenUnderLoad) => number,
): number {
  const broken = brokenReport(whole);
  return total(operations, (operation) =>
    broken
      .filter((one) => one.operation === operation.name)
      .reduce((highest, one) => Math.max(highest, value(operation, one)), 0),
  );
}

function countIn(
  operations: readonly OperationResult[],
  of: "errors" | "429" | "broken",
  decided: Decided,
): number {
  if (of === "errors") return total(operations, ({ errors }) => errors) - withoutToken(operations);
  if (of === "429") return total(operations, ({ throttled }) => throttled);
  return mostBroken(operations, decided, (_operation, { broken }) => broken);
}

function countOf(threshold: Threshold, of: CountedMetric, decided: Decided): Measured {
  const { whole } = decided;
  const value = (count: number): Measured => ({ kind: "value", value: count });
  if (isFinding(of)) return findingCount(of, decided);
  const { retryAfter, promises } = whole.throttle;
  if (of === "retry-after-absent" || of === "retry-after-not-whole" || of === "retry-after-broken") {
    // Where nothing was refused, nothing was promised either.
    const refused = retryAfter.whole + retryAfter.notWhole + retryAfter.absent;
    if (refused === 0) return { kind: "unknown", why: "nothing was refused with 429" };
    if (of === "retry-after-absent") return value(retryAfter.absent);
    return value(of === "retry-after-not-whole" ? retryAfter.notWhole : promises.broken);
  }
  if (total(whole.operations, ({ requests }) => requests) === 0) return NOTHING;
  if (of === "dropped" || of === "deferred") return value(total(whole.plays, (one) => one[of]));
  return value(countIn(operationsOf(threshold, decided), of, decided));
}

const isFinding = (of: CountedMetric): of is FindingKind => FINDING_KINDS.some((kind) => kind === of);

function findingCount(kind: FindingKind, { reconciled }: Decided): Measured {
  if (reconciled === undefined) return { kind: "unknown", why: "the state is read back after the load" };
  if (reconciled.kind === "unknown") return reconciled;
  const { membersUntold: why } = reconciled;
  const isOfMembers = kind === "missing-members" || kind === "extra-members";
  // What some groups show is wrong also where others show nothing.
  const count = reconciled.counts[kind];
  if (isOfMembers && why !== undefined && count === 0) return { kind: "unknown", why };
  if (count === 0 && comparedFor(kind, reconciled) === 0)
    return { kind: "unknown", why: "nothing was acknowledged that it could be about" };
  return { kind: "value", value: count };
}

/** How many things that were compared a kind of finding can be about, as far as they are counted. */
function comparedFor(kind: FindingKind, { users, groups, members }: ReconciliationDone): number {
  if (kind === "missing-members") return members;
  if (kind === "extra-members") return groups;
  // Those that were refused, and are not there, are not among the compared.
  return kind === "applied-after-refusal" ? Number.POSITIVE_INFINITY : users + groups;
}

type ReconciliationDone = Extract<Reconciliation, { kind: "done" }>;

function total<Row>(rows: readonly Row[], count: (row: Row) => number): number {
  return rows.reduce((all, row) => all + count(row), 0);
}
