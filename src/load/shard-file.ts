import { decodeJsonFile, type Shape, z } from "../decode/index.ts";
import type { Problem } from "../model/problem.ts";
import { Latencies } from "./latencies.ts";
import { MOST_NUMBERS, type RegisterText, registerFrom, registerText } from "./register-text.ts";
import type { OperationResult, PlaysResult, ShardResult } from "./shard-result.ts";

/** What `load --shard` writes, and `merge` reads. */
export const SHARD_FORMAT = "scim-check/shard@1";

interface TimesText {
  readonly histogram: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

type InText<Value> = Value extends Latencies
  ? TimesText
  : Value extends readonly (infer Item)[]
    ? readonly InText<Item>[]
    : Value;
type Row<Value> = { readonly [Key in keyof Value]: InText<Value[Key]> };

export interface ShardText extends Omit<ShardResult, "operations" | "plays" | "health" | "register"> {
  readonly format: typeof SHARD_FORMAT;
  readonly operations: readonly Row<OperationResult>[];
  readonly plays: readonly Row<PlaysResult>[];
  readonly health: Row<ShardResult["health"]>;
  readonly register: RegisterText;
}

/** A shard as plain JSON. */
export function shardText(result: ShardResult): ShardText {
  return {
    format: SHARD_FORMAT,
    ...result,
    operations: result.operations.map((one) => ({
      ...one,
      response: timesText(one.response),
      service: timesText(one.service),
      lag: timesText(one.lag),
    })),
    plays: result.plays.map((one) => ({ ...one, response: timesText(one.response) })),
    health: { ...result.health, lateStarts: timesText(result.health.lateStarts) },
    register: registerText(result.register),
  };
}

/** @throws Error for histograms and accounts that are none */
export function shardFrom(text: ShardText): ShardResult {
  const { format: _format, ...plain } = text;
  return {
    ...plain,
    operations: text.operations.map((one) => ({
      ...one,
      response: timesFrom(one.response),
      service: timesFrom(one.service),
      lag: timesFrom(one.lag),
    })),
    plays: text.plays.map((one) => ({ ...one, response: timesFrom(one.response) })),
    health: { ...text.health, lateStarts: timesFrom(text.health.lateStarts) },
    register: registerFrom(text.register),
  };
}

const timesText = (times: Latencies): TimesText => ({
  histogram: times.encoded(),
  min: times.minMs,
  max: times.maxMs,
  mean: times.meanMs,
});

const timesFrom = ({ histogram, ...exact }: TimesText) => Latencies.decode(histogram, exact);

const times = z.looseObject({ histogram: z.string(), min: z.number(), max: z.number(), mean: z.number() });
const count = z.int().nonnegative();
const counts = z.record(z.string(), count);
const columns = z.record(z.string(), z.array(z.number()));

const SHAPE = z.looseObject({
  format: z.literal(SHARD_FORMAT),
  fingerprint: z.string(),
  plan: z.looseObject({
    name: z.string(),
    mix: z.array(z.looseObject({ scenario: z.string() })).min(1),
    stages: z.array(z.looseObject({ kind: z.string() })),
    thresholds: z.array(z.looseObject({ text: z.string() })),
    warmUpMs: z.number(),
  }),
  url: z.string(),
  toolVersion: z.string(),
  shard: z.looseObject({
    index: z.int().positive(),
    of: z.int().positive().max(10_000),
    runId: z.string().regex(/^[a-z0-9]{1,12}$/),
    startedAt: z.string(),
    startedLateMs: z.number(),
  }),
  measuredMs: z.number(),
  interrupted: z.boolean(),
  transport: z.enum(["http1", "undici", "http2"]),
  timeScale: z.number(),
  operations: z.array(
    z.looseObject({
      name: z.string(),
      scenario: z.string(),
      claims: z.array(z.string()),
      requests: count,
      warmUps: count,
      errors: count,
      throttled: count,
      bytesSent: count,
      bytesReceived: count,
      byStatus: counts,
      errorsByStatus: counts,
      silences: counts,
      response: times,
      service: times,
      lag: times,
    }),
  ),
  plays: z.array(
    z.looseObject({
      scenario: z.string(),
      intended: count,
      started: count,
      startedInTime: count,
      finished: count,
      failed: count,
      dropped: count,
      deferred: count,
      response: times,
    }),
  ),
  timeline: z.looseObject({
    slotMs: z.number().positive(),
    sums: columns,
    peaks: columns,
    maxMs: z.array(z.number()).max(600),
    heat: z.array(z.array(z.number())).max(600),
  }),
  throttle: z.looseObject({
    retryAfter: z.looseObject({ whole: count, notWhole: count, absent: count }),
    promises: z.looseObject({ kept: count, shared: count, broken: count, notJudged: count }),
    letThroughAtTry: z.array(count),
    givenUp: count,
  }),
  claims: z.array(z.looseObject({ operation: count, claim: z.string(), judged: count, broken: count })),
  health: z.looseObject({ lateStarts: times }),
  connections: z.looseObject({ opened: count, mostOpen: count }),
  register: z.looseObject({
    users: z.array(count),
    activity: z.array(count),
    groups: z.array(
      z.looseObject({ number: count, presence: count, created: count, members: z.array(count) }),
    ),
    refused: z
      .looseObject({
        subjects: z.array(count),
        names: z.array(z.tuple([count, count])),
        members: z.array(z.looseObject({ group: count, members: z.array(count) })),
      })
      .optional(),
    ids: z.array(z.tuple([count.max(MOST_NUMBERS), z.array(z.string())])).optional(),
  }),
  leftovers: z.array(z.looseObject({ name: z.string() })),
  notes: z.array(z.string()),
});

export type ReadShard =
  | { readonly ok: true; readonly result: ShardResult }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a shard's file. Nothing in it is trusted: a shard may come from anywhere. */
export function readShard(file: string): ReadShard {
  const decoded = decodeJsonFile(file, SHAPE as unknown as Shape<ShardText>);
  if (!decoded.ok) return { ok: false, problems: otherFormat(file) ?? decoded.problems };
  try {
    return { ok: true, result: shardFrom(decoded.value) };
  } catch (error) {
    const what = `The shard cannot be used: ${error instanceof Error ? error.message : "it is damaged"}.`;
    return { ok: false, problems: [{ place: { file }, what, next: "Run that shard again." }] };
  }
}

/** A file of another kind misses everything a shard has; one sentence says so. */
function otherFormat(file: string): readonly Problem[] | undefined {
  const told = decodeJsonFile(file, z.looseObject({ format: z.string() }));
  if (!told.ok || told.value.format === SHARD_FORMAT) return undefined;
  const what = `This is no shard of a load: its format is ${JSON.stringify(told.value.format.slice(0, 60))}.`;
  return [{ place: { file }, what, next: "Name files that `scim-check load --shard i/n --out FILE` wrote." }];
}
