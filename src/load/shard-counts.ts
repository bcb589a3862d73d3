import type { Plays } from "./plays.ts";
import type { OperationResult, PlaysResult } from "./shard-result.ts";
import type { OperationTally, PlayTally } from "./tally.ts";

/** What one shard counted of an operation. */
export function operationResult(
  { name, claims }: Plays["operations"][number],
  scenario: string,
  tally: OperationTally,
): OperationResult {
  const { requests, warmUps, errors, throttled, bytesSent, bytesReceived, response, service, lag } = tally;
  return {
    name,
    scenario,
    claims,
    requests,
    warmUps,
    errors,
    throttled,
    bytesSent,
    bytesReceived,
    byStatus: statusCounts(tally.statuses),
    errorsByStatus: statusCounts(tally.errorStatuses),
    silences: Object.fromEntries(tally.silences),
    response,
    service,
    lag,
  };
}

/** What one shard counted of a scenario. */
export function playsResult(scenario: string, tally: PlayTally | undefined): PlaysResult {
  if (tally === undefined) throw new Error(`nobody counted ${scenario}`);
  const { intended, started, startedInTime, finished, failed, dropped, deferred, response } = tally;
  return { scenario, intended, started, startedInTime, finished, failed, dropped, deferred, response };
}

/** Scenarios that cost this machine more than the others, and why. */
export function uncompiledNotes(scenarios: Plays["scenarios"]): readonly string[] {
  return scenarios.flatMap(({ id, notCompiledBecause: why }) =>
    why === undefined
      ? []
      : [`Every play of ${id} was judged in full, which costs this machine more: ${why}.`],
  );
}

function statusCounts(statuses: Float64Array): Readonly<Record<string, number>> {
  return Object.fromEntries([...statuses.entries()].filter(([, count]) => count > 0));
}
