import type { Problem } from "../model/problem.ts";
import { mergedClaims } from "./broken-claims.ts";
import { Latencies } from "./latencies.ts";
import type { OperationResult, PlaysResult, ShardResult } from "./shard-result.ts";
import { mergedThrottleCounts } from "./throttle-study.ts";
import { Timeline } from "./timeline.ts";

/** A shard and where it came from, for messages. */
export interface NamedShard {
  readonly file: string;
  readonly result: ShardResult;
}

/** Why these shards do not make one whole load; empty when they do. */
export function mergeProblems(shards: readonly NamedShard[]): readonly Problem[] {
  const [first] = shards;
  if (first === undefined) {
    return [{ place: { file: "merge" }, what: "No shard was given.", next: "Name the files of all shards." }];
  }
  const { of } = first.result.shard;
  const problems: Problem[] = [];
  const seen = new Map<number, string>();
  for (const { file, result } of shards) {
    const foreign = foreignWords(result, first.result);
    if (foreign !== undefined) {
      problems.push({
        place: { file },
        what: `This shard belongs to another load than ${first.file}: ${foreign}.`,
        next: "Merge shards of one load only.",
      });
      continue;
    }
    const { index } = result.shard;
    const before = seen.get(index);
    if (before === undefined) seen.set(index, file);
    else {
      problems.push({
        place: { file },
        what: `This is shard ${index} of ${of}, and so is ${before}.`,
        next: "Leave one of them out.",
      });
    }
  }
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) {
    problems.push({
      place: { file: "merge" },
      what: `Of ${of} shards, ${missing.map((index) => `${index}/${of}`).join(", ")} ${missing.length === 1 ? "is" : "are"} missing.`,
      next: "Name every shard's file: figures of a part would be taken for those of the whole.",
    });
  }
  return problems;
}

function foreignWords(one: ShardResult, first: ShardResult): string | undefined {
  if (one.toolVersion !== first.toolVersion) {
    return `it was made by version ${one.toolVersion}, not ${first.toolVersion}`;
  }
  if (one.url !== first.url) return `it went to ${one.url}, not to ${first.url}`;
  if (one.shard.of !== first.shard.of) {
    return `it is one of ${one.shard.of}, not of ${first.shard.of}`;
  }
  return one.fingerprint === first.fingerprint ? undefined : "its plan, seed or start time differs";
}

/** Adds up shards of one load, exactly: what `mergeProblems` refuses must not come here. */
export function merged(shards: readonly ShardResult[]): ShardResult {
  const [first, ...others] = shards;
  if (first === undefined) throw new Error("nothing to merge");
  if (others.length === 0) return first;
  const sum = (value: (shard: ShardResult) => number) => shards.reduce((all, one) => all + value(one), 0);
  const usersBefore = shards.map((shard) => shard.usersBefore).filter((users) => users !== undefined);
  const early = shards.find(({ endedEarly }) => endedEarly !== undefined)?.endedEarly;
  const stopped = shards.find((shard) => shard.stopped !== undefined)?.stopped;
  const { usersBefore: _users, endedEarly: _early, stopped: _stopped, ...rest } = first;
  return {
    ...rest,
    measuredMs: Math.max(...shards.map(({ measuredMs }) => measuredMs)),
    interrupted: shards.some(({ interrupted }) => interrupted),
    ...(early === undefined ? {} : { endedEarly: early }),
    ...(stopped === undefined ? {} : { stopped }),
    operations: first.operations.map((_, index) => mergedOperation(shards, index)),
    plays: first.plays.map((_, index) => mergedPlays(shards, index)),
    timeline: Timeline.merged(shards.map(({ timeline }) => timeline)).data(),
    throttle: mergedThrottleCounts(shards.map(({ throttle }) => throttle)),
    claims: mergedClaims(shards.map(({ claims }) => claims)),
    health: {
      lateStarts: addedUp(shards.map(({ health }) => health.lateStarts)),
      loopDelayP99Ms: Math.max(...shards.map(({ health }) => health.loopDelayP99Ms)),
      loopDelayMaxMs: Math.max(...shards.map(({ health }) => health.loopDelayMaxMs)),
      cpuShare: Math.max(...shards.map(({ health }) => health.cpuShare)),
      memoryPeakBytes: Math.max(...shards.map(({ health }) => health.memoryPeakBytes)),
      measuredSeconds: Math.max(...shards.map(({ health }) => health.measuredSeconds)),
      busySeconds: Math.max(...shards.map(({ health }) => health.busySeconds)),
    },
    connections: {
      opened: sum(({ connections }) => connections.opened),
      mostOpen: sum(({ connections }) => connections.mostOpen),
    },
    ...(usersBefore.length === 0 ? {} : { usersBefore: Math.min(...usersBefore) }),
    leftovers: shards.flatMap(({ leftovers }) => leftovers),
    notes: [...new Set(shards.flatMap(({ notes }) => notes))],
  };
}

/** All the times of several histograms in one of their own. */
export function addedUp(parts: readonly Latencies[]): Latencies {
  const all = new Latencies();
  for (const part of parts) all.add(part);
  return all;
}

function mergedOperation(shards: readonly ShardResult[], index: number): OperationResult {
  const parts = shards.flatMap(({ operations }) => operations[index] ?? []);
  const [first] = parts;
  if (first === undefined) throw new Error("an operation without a shard");
  const sum = (value: (part: OperationResult) => number) => parts.reduce((all, one) => all + value(one), 0);
  return {
    ...first,
    requests: sum(({ requests }) => requests),
    warmUps: sum(({ warmUps }) => warmUps),
    errors: sum(({ errors }) => errors),
    throttled: sum(({ throttled }) => throttled),
    bytesSent: sum(({ bytesSent }) => bytesSent),
    bytesReceived: sum(({ bytesReceived }) => bytesReceived),
    byStatus: countsTogether(parts.map(({ byStatus }) => byStatus)),
    errorsByStatus: countsTogether(parts.map(({ errorsByStatus }) => errorsByStatus)),
    silences: countsTogether(parts.map(({ silences }) => silences)),
    response: addedUp(parts.map(({ response }) => response)),
    service: addedUp(parts.map(({ service }) => service)),
    lag: addedUp(parts.map(({ lag }) => lag)),
  };
}

function mergedPlays(shards: readonly ShardResult[], index: number): PlaysResult {
  const parts = shards.flatMap(({ plays }) => plays[index] ?? []);
  const [first] = parts;
  if (first === undefined) throw new Error("a scenario without a shard");
  const sum = (value: (part: PlaysResult) => number) => parts.reduce((all, one) => all + value(one), 0);
  return {
    ...first,
    intended: sum(({ intended }) => intended),
    started: sum(({ started }) => started),
    startedInTime: sum(({ startedInTime }) => startedInTime),
    finished: sum(({ finished }) => finished),
    failed: sum(({ failed }) => failed),
    dropped: sum(({ dropped }) => dropped),
    deferred: sum(({ deferred }) => deferred),
    response: addedUp(parts.map(({ response }) => response)),
  };
}

export function countsTogether(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const part of parts) {
    for (const [key, count] of Object.entries(part)) all[key] = (all[key] ?? 0) + count;
  }
  return all;
}
