import type { Level, OktaApp } from "../../../src/model/behaviour.ts";
import type { Exchange, Outcome } from "../../../src/model/exchange.ts";
import type {
  BehaviourReport,
  ClaimReport,
  Counts,
  Diagnosis,
  Fitness,
  RunReport,
  ScenarioReport,
  StepReport,
  VerdictPlace,
} from "../../../src/model/report.ts";
import type { Finding, Verdict } from "../../../src/model/verdict.ts";
import { combine } from "../../../src/model/verdict.ts";

const BASE = "https://staging.example.com/scim/v2";

/** Headers as the layer `http` hands them back: the token masked. */
const OKTA_HEADERS = [
  ["Accept", "application/scim+json"],
  ["Accept-Charset", "utf-8"],
  ["User-Agent", "Okta SCIM Client 1.0.0"],
  ["Authorization", "Bearer «secret»"],
  ["Connection", "Keep-Alive"],
  ["Accept-Encoding", "gzip,deflate"],
] as const;

const USER_BODY =
  '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"o\'brien@example.com","active":true}';

export function exchange(
  method: string,
  path: string,
  outcome: Outcome,
  more: {
    readonly body?: string;
    readonly headers?: Exchange["request"]["headers"];
    readonly ms?: number;
  } = {},
): Exchange {
  return {
    request: {
      method,
      path,
      headers:
        more.headers ??
        (more.body === undefined
          ? OKTA_HEADERS
          : [...OKTA_HEADERS, ["Content-Type", "application/scim+json; charset=utf-8"]]),
      ...(more.body === undefined ? {} : { body: more.body }),
    },
    url: `${BASE}${path}`,
    outcome,
    timing: { startedAt: 1_795_478_400_000, firstByteMs: 10, totalMs: more.ms ?? 12 },
  };
}

export function answer(status: number, body: string, headers: Exchange["request"]["headers"] = []): Outcome {
  return { kind: "answer", status, headers: [["Content-Type", "application/scim+json"], ...headers], body };
}

interface ClaimSketch {
  readonly name: string;
  readonly level: Level;
  readonly text: string;
  readonly verdict: Verdict;
  /** `scenario step`, the places that showed it. */
  readonly at?: readonly string[];
}

export const PASS: Verdict = { kind: "pass" };

export function fails(claim: string, where: string, expected: string, actual: string): Verdict {
  const finding: Finding = { claim, where, expected, actual };
  return { kind: "fail", findings: [finding] };
}

const LEVELS = ["must", "should", "field", "may"] as const;

/** A behaviour whose verdict follows from its claims, as the layer `conformance` combines them. */
export function behaviour(
  id: string,
  about: Partial<BehaviourReport> & Pick<BehaviourReport, "statement">,
  claims: readonly ClaimSketch[],
): BehaviourReport {
  const reports: ClaimReport[] = claims.map(({ name, level, text, verdict }) => ({
    id: `${id}.${name}`,
    level,
    text,
    verdict,
    byApp: { aiw: verdict.kind, oin: verdict.kind },
  }));
  const firm = reports.filter(({ level }) => level === "must" || level === "should");
  const verdict = combine((firm.length > 0 ? firm : reports).map((claim) => claim.verdict));
  const brokenLevel = LEVELS.find((level) =>
    reports.some((claim) => claim.level === level && claim.verdict.kind === "fail"),
  );
  const places: VerdictPlace[] = claims.flatMap(({ name, verdict, at = [] }) =>
    at.map((place) => {
      const [scenario = "", step = ""] = place.split(" ");
      return { scenario, step, claim: `${id}.${name}`, verdict };
    }),
  );
  return {
    id,
    standard: "okta",
    harm: 13,
    flow: "create",
    okta: "both",
    apps: ["aiw", "oin"],
    level: LEVELS.find((level) => claims.some((claim) => claim.level === level)) ?? "may",
    citations: [
      {
        document: "SCIM 2.0 Protocol Reference",
        standard: "okta",
        section: "Create Users",
        url: "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20/#create-users",
      },
    ],
    consequence: "The assignment stays in error until an administrator retries it.",
    remedy: "Answer as the cited section shows.",
    goodAnswer: "201 with the whole user in the body.",
    verdict,
    ...(brokenLevel === undefined ? {} : { brokenLevel }),
    byApp: { aiw: verdict.kind, oin: verdict.kind },
    judged: reports.every(({ verdict }) => verdict.kind === "pass" || verdict.kind === "fail"),
    claims: reports,
    places,
    ...about,
  };
}

/** Text that came from the server, in every place of the report where such text can stand. */
export interface ServerText {
  readonly said: string;
}

export function sampleBehaviours({ said }: ServerText): readonly BehaviourReport[] {
  return [
    ...brokenBehaviours(said),
    ...openBehaviours(said),
    behaviour(
      "OKTA-CRED-01",
      { statement: "The credential test is answered with 200.", flow: "test-credentials" },
      [
        {
          name: "answered",
          level: "must",
          text: "The answer is 200.",
          verdict: PASS,
          at: ["okta/credentials list"],
        },
        {
          name: "items",
          level: "may",
          text: "The answer has itemsPerPage.",
          verdict: fails("OKTA-CRED-01.items", "body itemsPerPage", "a number", "absent"),
          at: ["okta/credentials list"],
        },
      ],
    ),
    ...skippedBehaviours(),
  ];
}

function brokenBehaviours(said: string): readonly BehaviourReport[] {
  return [
    behaviour(
      "OKTA-CREATE-04",
      {
        statement: "The id is issued by the server, is a non-empty stable string, and never contains bulkId.",
        consequence: "Okta cannot tie later updates to the account.",
        remedy: "Issue a string id when the user is created and return it unchanged ever after.",
      },
      [
        {
          name: "text",
          level: "must",
          text: "The id in the answer is a string.",
          verdict: fails("OKTA-CREATE-04.text", "body id", "a string", `17 ${said}`),
          at: ["okta/users/create create", "okta/users/link create"],
        },
        {
          name: "stable",
          level: "must",
          text: "Reading the user gives the same id.",
          verdict: { kind: "unknown", why: `the user could not be read: ${said}` },
        },
      ],
    ),
    behaviour(
      "OKTA-PATCH-02",
      {
        statement: "Deactivation arrives as a PATCH without a path.",
        flow: "deactivate",
        okta: "oin",
        apps: ["oin"],
        byApp: { oin: "fail" },
        consequence: "The person keeps access to the application.",
        remedy: "Accept a replace operation whose value is an object.",
      },
      [
        {
          name: "answer",
          level: "must",
          text: "The answer is 200 or 204.",
          verdict: fails("OKTA-PATCH-02.answer", "status", "200 or 204", "501"),
          at: ["okta/users/deactivate-oin deactivate"],
        },
        { name: "inactive", level: "must", text: "A read shows active as false.", verdict: PASS },
      ],
    ),
    behaviour(
      "OKTA-READ-06",
      {
        statement: "Answers carry the SCIM media type.",
        flow: "read",
        remedy: "Set Content-Type.",
        byApp: { aiw: "fail", oin: "pass" },
      },
      [
        {
          name: "media-type",
          level: "should",
          text: "Content-Type is application/scim+json.",
          verdict: fails("OKTA-READ-06.media-type", "header Content-Type", '"application/scim+json"', said),
          at: ["okta/users/create create"],
        },
      ],
    ),
    behaviour(
      "OKTA-ERR-07",
      { statement: "Errors name their scimType.", flow: "errors", remedy: "Add scimType." },
      [
        {
          name: "type",
          level: "field",
          text: "The error has a scimType.",
          verdict: fails("OKTA-ERR-07.type", "body scimType", "not empty", "absent"),
          at: ["okta/users/deactivate-oin deactivate"],
        },
      ],
    ),
    behaviour(
      "OKTA-GROUP-03",
      {
        statement: "Groups of any size can be pushed.",
        flow: "large-group",
        verdict: {
          kind: "fail",
          findings: [],
          documented: "TFE-106: a group has at most 1,000 members, https://example.com/docs/limits",
        },
        consequence: "The push stops at the limit.",
      },
      [
        {
          name: "size",
          level: "must",
          text: "The group holds every member.",
          verdict: fails("OKTA-GROUP-03.size", "body members", "1200 elements", "1000 elements"),
        },
      ],
    ),
  ];
}

function openBehaviours(said: string): readonly BehaviourReport[] {
  return [
    behaviour("OKTA-IMPORT-04", { statement: "totalResults counts every user.", flow: "import" }, [
      {
        name: "total",
        level: "must",
        text: "totalResults is the same on every page.",
        verdict: { kind: "unknown", why: `totalResults changed while we were counting: ${said}` },
        at: ["okta/credentials list"],
      },
    ]),
    behaviour("OKTA-RATE-01", { statement: "A 429 names Retry-After.", flow: "rate-limit" }, [
      {
        name: "retry-after",
        level: "must",
        text: "Retry-After is a number of seconds.",
        verdict: { kind: "unknown", why: "no 429 was provoked", neutral: true },
      },
    ]),
  ];
}

function skippedBehaviours(): readonly BehaviourReport[] {
  const blocked = (value: string): Verdict => ({
    kind: "skip",
    because: "blocked",
    why: `no step yielded ${value}`,
    by: "OKTA-CREATE-01",
  });
  const skipped = (id: string, verdict: Verdict) =>
    behaviour(
      id,
      { statement: "Something further on holds.", flow: "update", okta: "aiw", apps: [], verdict },
      [{ name: "holds", level: "must", text: "It holds.", verdict }],
    );
  return [
    skipped("OKTA-PUT-01", blocked("user")),
    skipped("OKTA-PUT-02", blocked("other")),
    skipped("OKTA-LARGE-06", {
      kind: "skip",
      because: "not-chosen",
      why: "a large group is pushed only with --large-group N",
    }),
    skipped("RFC7644-3.7-01", {
      kind: "skip",
      because: "not-offered",
      why: "the server says that it has no bulk",
    }),
  ];
}

function sampleScenarios(said: string): readonly ScenarioReport[] {
  const played = (id: string, title: string, steps: readonly StepReport[]): ScenarioReport => ({
    id,
    title,
    flow: "create",
    oktaApp: "both",
    status: "played",
    durationMs: 40,
    steps,
  });
  const step = (id: string, ...exchanges: readonly Exchange[]): StepReport => ({
    id,
    status: "played",
    exchanges,
  });
  const created = answer(
    201,
    JSON.stringify({ id: 17, userName: "o'brien@example.com", displayName: said }),
    [["X-Powered-By", said]],
  );
  return [
    played("okta/credentials", "Okta tests the credentials", [
      step("list", exchange("GET", "/Users?startIndex=1&count=2", answer(200, '{"totalResults":0}'))),
    ]),
    played("okta/users/create", "Okta creates a person", [
      step("create", exchange("POST", "/Users", created, { body: USER_BODY })),
      { id: "read", status: "blocked", why: "no step yielded user", exchanges: [] },
    ]),
    played("okta/users/link", "Okta links a person", [
      step("create", exchange("POST", "/Users", created, { body: USER_BODY })),
    ]),
    played("okta/users/deactivate-oin", "Okta deactivates a person of a catalogue app", [
      step(
        "deactivate",
        exchange("PATCH", "/Users/17", answer(501, `<html>${said}</html>`), {
          body: '{"Operations":[{"op":"replace","value":{"active":false}}]}',
          ms: 1_240,
        }),
        exchange("PATCH", "/Users/17", { kind: "silence", reason: "reset", detail: "the peer closed it" }),
        exchange("PATCH", "/Users/17", answer(501, `<html>${said}</html>`), {
          body: '{"Operations":[{"op":"replace","value":{"active":false}}]}',
          ms: 1_240,
        }),
      ),
    ]),
    {
      id: "okta/groups/large",
      title: "Okta pushes a large group",
      flow: "large-group",
      oktaApp: "both",
      status: "skipped",
      why: "a large group is pushed only with --large-group N",
      durationMs: 0,
      steps: [],
    },
  ];
}

/** How many of each verdict, counted from the behaviours. */
export function countsOf(verdicts: readonly Verdict[]): Counts {
  const count = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind).length;
  return { pass: count("pass"), fail: count("fail"), unknown: count("unknown"), skip: count("skip") };
}

const FITNESS: Readonly<Record<OktaApp, Fitness>> = {
  aiw: { app: "aiw", fit: "no", brokenMusts: ["OKTA-CREATE-04"], unknownMusts: ["OKTA-IMPORT-04"] },
  oin: { app: "oin", fit: "no", brokenMusts: ["OKTA-CREATE-04", "OKTA-PATCH-02"], unknownMusts: [] },
};

/** A run with something of everything in it. */
export function sampleReport(text: ServerText = { said: "all is well" }): RunReport {
  const behaviours = sampleBehaviours(text);
  return {
    format: "scim-check/run@1",
    tool: { name: "scim-check", version: "0.1.0" },
    target: { url: BASE, kind: "remote", usersBefore: 3 },
    run: {
      id: "r1",
      seed: 17,
      startedAt: "2026-11-23T10:00:00.000Z",
      durationMs: 3_240,
      interrupted: false,
      requests: 5,
      oktaApps: ["aiw", "oin"],
      settledAfterMs: 250,
    },
    outcome: {
      exitCode: 1,
      why: "a must common to both kinds of app is broken: OKTA-CREATE-04.",
      fitness: [FITNESS.aiw, FITNESS.oin],
      behaviours: countsOf(behaviours.map((one) => one.verdict)),
      claims: countsOf(behaviours.flatMap((one) => one.claims.map((claim) => claim.verdict))),
      broken: { must: 3, should: 1, field: 1, may: 0 },
      judged: behaviours.filter((one) => one.judged).length,
    },
    behaviours,
    causes: [
      {
        refusal: { request: "PATCH /Users/{id}", answer: "501" },
        behaviours: ["OKTA-PATCH-02", "OKTA-PATCH-05"],
        scenario: "okta/users/deactivate-oin",
        step: "deactivate",
      },
      { behaviours: ["OKTA-CREATE-04"], scenario: "okta/users/create", step: "create" },
    ],
    scenarios: sampleScenarios(text.said),
    leftovers: [
      {
        collection: "Users",
        name: "scim-check-a@example.com",
        id: `17/${text.said}`,
        state: "left",
        why: text.said,
      },
      {
        collection: "Groups",
        name: 'scim-check "b"',
        state: "deactivated",
        why: "DELETE was answered with 405",
      },
    ],
    notes: ["TLS certificates were not verified."],
  };
}

/** What a run may have to say of itself. */
export const REMARKS: Pick<RunReport, "notes"> & { readonly diagnoses: readonly [Diagnosis] } = {
  notes: ["TLS certificates were NOT verified (--insecure).", "The token travels to a.example unencrypted."],
  diagnoses: [
    {
      symptom: "Groups: above 200 members are cut off.",
      cause: "The product takes 200 members in one request.",
      remedy: "Let Okta push smaller batches & wait.",
      citation: {
        document: "Product guide",
        standard: "target",
        section: "Limits",
        url: "https://docs.example.com/limits",
      },
      seen: "okta/groups/push answered 413",
    },
  ],
};

/** A run that never got to judge anything. */
export function stoppedReport(text: ServerText = { said: "sign in first" }): RunReport {
  const none: Counts = { pass: 0, fail: 0, unknown: 0, skip: 0 };
  return {
    ...sampleReport(text),
    stopped: {
      cause: "unauthorised",
      why: "the server answered the credential test with 401.",
      remedy: "Set SCIM_TOKEN to the token that Okta would send.",
      exchange: exchange(
        "GET",
        "/Users?startIndex=1&count=2",
        answer(401, JSON.stringify({ detail: text.said })),
      ),
    },
    outcome: {
      exitCode: 3,
      why: "the server does not accept the token.",
      fitness: [
        { app: "aiw", fit: "unknown", brokenMusts: [], unknownMusts: [] },
        { app: "oin", fit: "unknown", brokenMusts: [], unknownMusts: [] },
      ],
      behaviours: none,
      claims: none,
      broken: { must: 0, should: 0, field: 0, may: 0 },
      judged: 0,
    },
    behaviours: [],
    causes: [],
    scenarios: [],
    leftovers: [],
    notes: [],
  };
}

/** A run in which everything that was asked holds. */
export function soundReport(): RunReport {
  const sample = sampleReport();
  const behaviours = sample.behaviours.filter((one) => one.verdict.kind === "pass");
  return {
    ...sample,
    target: { url: "http://127.0.0.1:4000/scim/v2", kind: "embedded" },
    run: { ...sample.run, settledAfterMs: 0 },
    outcome: {
      exitCode: 0,
      why: "every must that was judged holds.",
      fitness: [
        { app: "aiw", fit: "yes", brokenMusts: [], unknownMusts: [] },
        { app: "oin", fit: "yes", brokenMusts: [], unknownMusts: [] },
      ],
      behaviours: countsOf(behaviours.map((one) => one.verdict)),
      claims: countsOf(behaviours.flatMap((one) => one.claims.map((claim) => claim.verdict))),
      broken: { must: 0, should: 0, field: 0, may: 0 },
      judged: behaviours.length,
    },
    behaviours,
    causes: [],
    leftovers: [],
    notes: [],
  };
}
