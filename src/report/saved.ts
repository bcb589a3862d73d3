import { decodeJsonFile, type Shape, z } from "../decode/index.ts";
import type { LoadReport } from "../model/load.ts";
import type { Problem } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";
import { SAVED_LEFTOVERS, SAVED_LOAD_SHAPE } from "./saved-load.ts";

const verdict = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("pass") }),
  z.looseObject({
    kind: z.literal("fail"),
    findings: z.array(
      z.looseObject({
        claim: z.string(),
        where: z.string(),
        expected: z.string(),
        actual: z.string(),
        exchange: z.int().optional(),
      }),
    ),
  }),
  z.looseObject({
    kind: z.literal("skip"),
    because: z.enum(["not-chosen", "blocked", "not-offered"]),
    why: z.string(),
  }),
  z.looseObject({ kind: z.literal("unknown"), why: z.string() }),
]);

const level = z.enum(["must", "should", "field", "may"]);
const app = z.enum(["aiw", "oin"]);
const headers = z.array(z.tuple([z.string(), z.string()]));

const exchange = z.looseObject({
  request: z.looseObject({ method: z.string(), path: z.string(), headers, body: z.string().optional() }),
  url: z.string(),
  outcome: z.discriminatedUnion("kind", [
    z.looseObject({ kind: z.literal("answer"), status: z.int(), headers, body: z.string() }),
    z.looseObject({ kind: z.literal("silence"), reason: z.string(), detail: z.string() }),
  ]),
  timing: z.looseObject({
    startedAt: z.number(),
    firstByteMs: z.number().optional(),
    totalMs: z.number().optional(),
  }),
});

const claim = z.looseObject({
  id: z.string(),
  level,
  text: z.string(),
  verdict,
  byApp: z.record(z.string(), z.string()),
  knownFor: z.array(app).optional(),
});

const diagnosis = z.looseObject({
  symptom: z.string(),
  cause: z.string(),
  remedy: z.string(),
  citation: z.looseObject({
    document: z.string(),
    standard: z.string(),
    section: z.string(),
    url: z.string(),
  }),
  seen: z.string(),
});

const beside = z.looseObject({
  brokenMusts: z.array(z.string()),
  unknownMusts: z.array(z.string()),
  knownMusts: z.array(z.string()).optional(),
});
const reason = { why: z.string(), until: z.string().optional(), link: z.string().optional() };

const behaviour = z.looseObject({
  id: z.string(),
  standard: z.enum(["okta", "rfc", "target"]),
  harm: z.number(),
  harmIfRefused: z.number().optional(),
  statement: z.string(),
  flow: z.string(),
  citations: z.array(
    z.looseObject({ document: z.string(), standard: z.string(), section: z.string(), url: z.string() }),
  ),
  consequence: z.string(),
  remedy: z.string(),
  level,
  apps: z.array(app),
  verdict,
  byApp: z.record(z.string(), z.string()),
  judged: z.boolean(),
  claims: z.array(claim),
  known: z.array(z.looseObject(reason)).optional(),
  places: z.array(z.looseObject({ scenario: z.string(), step: z.string(), claim: z.string(), verdict })),
});

const known = z.looseObject({
  ...reason,
  behaviour: z.string(),
  claim: z.string().optional(),
  oktaApp: app.optional(),
  place: z.looseObject({ file: z.string(), line: z.int().optional(), column: z.int().optional() }),
  state: z.enum(["deviates", "mended", "expired", "not-judged"]),
  behaviours: z.array(z.string()),
});

const kind = z.enum(["pass", "fail", "unknown", "skip"]);
const changes = z.array(
  z.looseObject({ id: z.string(), statement: z.string(), apps: z.array(app), before: kind, now: kind }),
);
const comparison = z.looseObject({
  since: z.looseObject({ run: z.string(), startedAt: z.string(), url: z.string() }),
  broken: changes,
  mended: changes,
  unsettled: changes,
  new: changes,
  gone: changes,
});

const scenario = z.looseObject({
  id: z.string(),
  file: z.string().optional(),
  title: z.string(),
  flow: z.string(),
  oktaApp: z.string(),
  status: z.enum(["played", "skipped", "interrupted"]),
  durationMs: z.number(),
  steps: z.array(
    z.looseObject({
      id: z.string(),
      status: z.enum(["played", "blocked"]),
      exchanges: z.array(exchange),
    }),
  ),
});

const counts = z.looseObject({ pass: z.int(), fail: z.int(), unknown: z.int(), skip: z.int() });

/** The shape of a saved run report. Later versions may add keys, so unknown ones are let through. */
const RUN_SHAPE = z.looseObject({
  format: z.literal("scim-check/run@1"),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  target: z.looseObject({ url: z.string(), kind: z.enum(["embedded", "remote"]) }),
  run: z.looseObject({
    id: z.string(),
    seed: z.number(),
    startedAt: z.string(),
    durationMs: z.number(),
    interrupted: z.boolean(),
    requests: z.int(),
    oktaApps: z.array(app),
    settledAfterMs: z.number(),
  }),
  stopped: z
    .looseObject({ cause: z.string(), why: z.string(), remedy: z.string(), exchange: exchange.optional() })
    .optional(),
  outcome: z.looseObject({
    exitCode: z.int(),
    why: z.string(),
    fitness: z.array(
      z.looseObject({
        app,
        fit: z.enum(["yes", "no", "unknown"]),
        brokenMusts: z.array(z.string()),
        unknownMusts: z.array(z.string()),
        knownMusts: z.array(z.string()).optional(),
      }),
    ),
    rfc: beside.optional(),
    target: beside.optional(),
    behaviours: counts,
    claims: counts,
    broken: z.record(z.string(), z.int()),
    judged: z.int(),
  }),
  behaviours: z.array(behaviour),
  diagnoses: z.array(diagnosis).optional(),
  causes: z.array(
    z.looseObject({
      refusal: z.looseObject({ request: z.string(), answer: z.string() }).optional(),
      notHeeded: z.string().optional(),
      misplaced: z.string().optional(),
      notShown: z.string().optional(),
      behaviours: z.array(z.string()),
      scenario: z.string(),
      step: z.string(),
    }),
  ),
  scenarios: z.array(scenario),
  leftovers: SAVED_LEFTOVERS,
  known: z.array(known).optional(),
  comparison: comparison.optional(),
  notes: z.array(z.string()),
});

const SHAPE = z.discriminatedUnion("format", [RUN_SHAPE, SAVED_LOAD_SHAPE]);

/** The same shapes as JSON Schema, for other programs; published in `fixtures/schemas/`. */
export function reportSchema(kind: "run" | "load"): object {
  const schema = z.toJSONSchema(kind === "run" ? RUN_SHAPE : SAVED_LOAD_SHAPE);
  return { $id: `urn:scim-check:${kind}-report:1`, title: `The report of scim-check ${kind}`, ...schema };
}

export type SavedReport =
  | { readonly ok: true; readonly report: RunReport | LoadReport }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a report that an earlier run or load saved as JSON. */
export function readSavedReport(file: string): SavedReport {
  const decoded = decodeJsonFile(file, SHAPE as unknown as Shape<RunReport | LoadReport>, {
    // Rendered again as JSON it is the same text, byte for byte.
    asWritten: true,
  });
  return decoded.ok
    ? { ok: true, report: decoded.value }
    : { ok: false, problems: decoded.problems.map(unlessShard) };
}

/** Whoever renders a part of a load means the load. */
const unlessShard = (problem: Problem): Problem =>
  problem.what.includes('"scim-check/shard@1"')
    ? {
        ...problem,
        what: "This is a part of a load, and no report.",
        next: "Put all parts together with scim-check merge, which reports.",
      }
    : problem;
