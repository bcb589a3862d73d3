import { z } from "../decode/index.ts";

/** What a saved report, of a run or of a load, says was left on the server. */
export const SAVED_LEFTOVERS = z.array(
  z.looseObject({
    collection: z.string(),
    name: z.string(),
    state: z.string(),
    kept: z.boolean().optional(),
    why: z.string(),
  }),
);

const count = z.int().nonnegative();
const distribution = z.looseObject({
  count,
  min: z.number(),
  mean: z.number(),
  max: z.number(),
  p50: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p999: z.number(),
  p9999: z.number(),
  curve: z.array(z.tuple([z.number(), z.number()])),
  histogram: z.string(),
});

const generator = z.looseObject({
  limited: z.boolean(),
  why: z.array(z.string()),
  lateStartP99Ms: z.number(),
  loopDelayP99Ms: z.number(),
  cpuShare: z.number(),
  memoryPeakBytes: z.number(),
});

const columns = z.array(z.number());
const gaps = z.array(z.number().nullable());

const timeline = z.looseObject({
  slotMs: z.number().positive(),
  measuredFromMs: z.number(),
  offered: columns,
  started: columns,
  finished: columns,
  dropped: columns,
  answers: z.looseObject({
    "2xx": columns,
    "3xx": columns,
    "4xx": columns,
    "429": columns,
    "5xx": columns,
    silence: columns,
  }),
  errors: columns,
  p50: gaps,
  p90: gaps,
  p99: gaps,
  max: gaps,
  inFlight: columns,
  waitingAfter429: columns,
  connections: columns,
  lateStartMs: columns,
  loopDelayMs: columns,
  cpuShare: gaps,
  heat: z.looseObject({ edgesMs: columns, slots: z.array(columns) }),
});

const operation = z.looseObject({
  id: z.string(),
  scenario: z.string(),
  step: z.string(),
  method: z.string(),
  path: z.string(),
  requests: count,
  errors: count,
  throttled: count,
  byStatus: z.record(z.string(), count),
  silences: z.record(z.string(), count),
  bytesSent: count,
  bytesReceived: count,
  response: distribution,
  service: distribution,
  lag: distribution,
});

const play = z.looseObject({
  scenario: z.string(),
  intended: count,
  started: count,
  finished: count,
  failed: count,
  dropped: count,
  deferred: count,
  response: distribution,
});

const reconciled = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("done"),
    counts: z.record(z.string(), count),
    findings: z.array(
      z.looseObject({ kind: z.string(), collection: z.string(), name: z.string(), detail: z.string() }),
    ),
    users: count,
    groups: count,
    members: count,
    membersUntold: z.string().optional(),
    unsure: count,
    requests: count,
    durationMs: z.number(),
  }),
  z.looseObject({ kind: z.literal("unknown"), why: z.string() }),
]);

const throttling = z.looseObject({
  refused: count,
  share: z.number(),
  byOperation: z.array(z.looseObject({ operation: z.string(), refused: count, requests: count })),
  retryAfter: z.looseObject({ whole: count, notWhole: count, absent: count }),
  promises: z.looseObject({ kept: count, shared: count, broken: count, notJudged: count }),
  letThroughAtTry: z.array(z.tuple([count, count])),
  givenUp: count,
  deferred: count,
  episodes: z.array(z.looseObject({ fromMs: z.number(), toMs: z.number(), refused: count })),
  timeScale: z.number(),
});

/** The shape of a saved load report. Later versions may add keys, so unknown ones are let through. */
export const SAVED_LOAD_SHAPE = z.looseObject({
  format: z.literal("scim-check/load@1"),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  target: z.looseObject({ url: z.string(), kind: z.enum(["embedded", "remote"]) }),
  plan: z.looseObject({
    name: z.string(),
    title: z.string(),
    warmUpMs: z.number(),
    seed: z.number(),
    fingerprint: z.string(),
    scheduleMs: z.number(),
    plays: count,
    stages: z.array(z.looseObject({ kind: z.string() })),
  }),
  run: z.looseObject({
    id: z.string(),
    startedAt: z.string(),
    durationMs: z.number(),
    interrupted: z.boolean(),
    transport: z.enum(["http1", "undici", "http2"]),
    shards: z.array(z.looseObject({ index: count, of: count, runId: z.string(), generator })),
  }),
  stopped: z.looseObject({ cause: z.string(), why: z.string(), remedy: z.string() }).optional(),
  totals: z.looseObject({
    intended: count,
    started: count,
    finished: count,
    failed: count,
    dropped: count,
    deferred: count,
    requests: count,
    errors: count,
    errorsByKind: z.record(z.string(), count),
    bytesSent: count,
    bytesReceived: count,
    connectionsOpened: count,
    connectionsOpenAtMost: count,
  }),
  rate: z.looseObject({ offered: z.number(), achieved: z.number(), requests: z.number() }),
  requests: z.looseObject({ response: distribution, service: distribution, lag: distribution }),
  plays: z.array(play),
  operations: z.array(operation),
  timeline,
  throttling,
  broken: z.array(z.looseObject({ claim: z.string(), operation: z.string(), judged: count, broken: count })),
  acknowledged: z.record(z.string(), count),
  reconciled,
  thresholds: z.array(
    z.looseObject({ text: z.string(), verdict: z.enum(["met", "breached", "unknown"]), why: z.string() }),
  ),
  generator,
  capacity: z
    .looseObject({
      gaveWay: z.string(),
      limitedByGenerator: z.boolean(),
      trials: z.array(z.looseObject({ phase: z.string(), rate: z.number(), verdict: z.string() })),
    })
    .optional(),
  outcome: z.looseObject({ exitCode: z.int(), why: z.string() }),
  leftovers: SAVED_LEFTOVERS,
  notes: z.array(z.string()),
});
