import { readFileSync } from "node:fs";
import { checks } from "../../../src/checks/index.ts";
import type { RunInput } from "../../../src/conformance/input.ts";
import { runConformance } from "../../../src/conformance/run.ts";
import { OKTA_ACTIONS, type RunSettings } from "../../../src/conformance/settings.ts";
import type { Behaviour, Level, OktaApps } from "../../../src/model/behaviour.ts";
import { type Clock, seededRandom } from "../../../src/model/clock.ts";
import type { Answer, Exchange, Request, Send, Silence, SilenceReason } from "../../../src/model/exchange.ts";
import type { People } from "../../../src/model/people.ts";
import type { RunReport } from "../../../src/model/report.ts";
import type { Scenario } from "../../../src/model/scenario.ts";
import type { Verdict } from "../../../src/model/verdict.ts";
import { actions } from "../../../src/okta/actions/index.ts";
import { speak } from "../../../src/okta/headers.ts";
import {
  createReferenceServer,
  memorySend,
  type ReferenceServer,
  type ReferenceServerOptions,
} from "../../../src/reference-server/index.ts";
import { decodeScenarioText } from "../../../src/scenarios/decode-scenario.ts";
import { FixtureShelf } from "../../../src/scenarios/fixture.ts";
import { link } from "../../../src/scenarios/link.ts";
import { loadBody } from "../../../src/scenarios/load-body.ts";
import { loadPeople } from "../../../src/scenarios/people.ts";
import { vocabularyOf } from "../../../src/scenarios/vocabulary.ts";

export const RUN_ID = "abc123";
export const MARKER = `scim-check-${RUN_ID}-`;

/** Time that passes only when somebody sleeps. */
export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

export function virtualClock(): VirtualClock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      if (signal?.aborted !== true) now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** A behaviour with a claim for each of the levels, named `<id>.<level>`, or with claims of other names. */
export function behaviour(
  id: string,
  claims: Readonly<Record<string, Level>> = { must: "must" },
  okta: OktaApps = "both",
): Behaviour {
  return {
    id,
    standard: "okta",
    harm: 13,
    statement: `The server does ${id}.`,
    flow: "create",
    okta,
    versions: ["2.0"],
    claims: Object.entries(claims).map(([name, level]) => ({
      id: `${id}.${name}`,
      level,
      text: `It does ${name}.`,
    })),
    citations: [{ document: "A document", standard: "okta", section: "1", url: "https://example.com" }],
    request: "GET /Users",
    goodAnswer: "200",
    consequence: "Okta stops.",
    remedy: "Mend it.",
  };
}

/** A scenario from YAML, given everything below `title`. */
export function scenario(id: string, yaml: string, catalogue: readonly Behaviour[]): Scenario {
  const text = `title: ${id}\nflow: ${/^flow:/m.test(yaml) ? "" : "create\n"}${yaml.replace(/^\s*flow: /, "")}`;
  const decoded = decodeScenarioText(text, { id, path: `${id}.yaml` }, new FixtureShelf("fixtures"));
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems, null, 1));
  const linked = link(decoded.draft, vocabularyOf(catalogue, checks, actions));
  if (linked.problems.length > 0) throw new Error(JSON.stringify(linked.problems, null, 1));
  return linked.scenario;
}

const SETTINGS: RunSettings = {
  oktaApps: ["aiw", "oin"],
  standard: "okta",
  actions: OKTA_ACTIONS,
  onlyScenarios: [],
  onlyBehaviours: [],
  readOnly: false,
  maxPages: 50,
  settleMs: 2_000,
  oktaWaits: false,
  concurrency: 4,
  maxRequests: 10_000,
  strict: false,
  showForeignData: false,
  inputs: {},
  seed: 1,
};

export const PEOPLE: People = (() => {
  const loaded = loadPeople("fixtures/people/people.yaml");
  if (!loaded.ok) throw new Error("the people cannot be read");
  return loaded.people;
})();

/** A wire of our own around the reference server: what it returns goes to the run. */
export type Wire = (request: Request, send: () => Promise<Exchange>) => Promise<Exchange> | Exchange;

export interface Trial {
  readonly scenarios: Readonly<Record<string, string>> | readonly Scenario[];
  readonly catalogue?: readonly Behaviour[];
  readonly wire?: Wire;
  readonly server?: Partial<ReferenceServerOptions>;
  readonly settings?: Partial<RunSettings>;
  readonly input?: Partial<RunInput>;
  /** Called before the run begins. */
  readonly before?: (server: ReferenceServer) => void;
}

export interface Tried {
  readonly report: RunReport;
  readonly server: ReferenceServer;
  readonly clock: VirtualClock;
  /** Every exchange, in the order the requests were sent; clean-up included. */
  readonly sent: readonly Request[];
  readonly tell: Send;
}

export const ONE: readonly Behaviour[] = [behaviour("B-01")];

/** Runs scenarios against the reference server in memory, in virtual time. */
export async function trial(given: Trial): Promise<Tried> {
  const clock = virtualClock();
  const random = seededRandom(1);
  const server = createReferenceServer({ clock, random, token: "secret-token", ...given.server });
  given.before?.(server);
  const tell = memorySend(server, clock);
  const sent: Request[] = [];
  const catalogue = given.catalogue ?? ONE;
  const wire: Wire = given.wire ?? ((_, send) => send());
  const send: Send = async (request) => {
    sent.push(request);
    // A server that has begun carries on, whatever the client gives up.
    return wire(request, () => tell(request, new AbortController().signal));
  };
  const report = await runConformance({
    scenarios: Array.isArray(given.scenarios)
      ? (given.scenarios as readonly Scenario[])
      : Object.entries(given.scenarios as Record<string, string>).map(([id, yaml]) =>
          scenario(id, yaml, catalogue),
        ),
    catalogue,
    checks,
    actions,
    people: PEOPLE,
    userBody: loadBody("fixtures", "okta/user.json"),
    speak,
    send,
    clock,
    random,
    runId: RUN_ID,
    openLedger: () => ({ lease: () => {}, close: () => {} }),
    settings: { ...SETTINGS, ...given.settings },
    target: { url: "https://scim.test", kind: "remote" },
    toolVersion: "0.0.0",
    notes: [],
    signal: new AbortController().signal,
    ...given.input,
  });
  return { report, server, clock, sent, tell };
}

/** An answer made up on the way. */
export function answered(
  request: Request,
  status: number,
  body: unknown = "",
  headers: Answer["headers"] = [["Content-Type", "application/scim+json"]],
): Exchange {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    request,
    url: `https://scim.test${request.path}`,
    outcome: { kind: "answer", status, headers, body: text },
    timing: { startedAt: 0, totalMs: 1 },
  };
}

export function silent(request: Request, reason: SilenceReason = "reset"): Exchange {
  const outcome: Silence = { kind: "silence", reason, detail: `the wire was cut (${reason})` };
  return { request, url: `https://scim.test${request.path}`, outcome, timing: { startedAt: 0 } };
}

export function verdictOf(report: RunReport, id: string): Verdict {
  const found = report.behaviours.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the report has no behaviour ${id}`);
  return found.verdict;
}

export function claimOf(report: RunReport, id: string): Verdict {
  const found = report.behaviours.flatMap(({ claims }) => claims).find((one) => one.id === id);
  if (found === undefined) throw new Error(`the report has no claim ${id}`);
  return found.verdict;
}

export const whyOf = (verdict: Verdict): string => ("why" in verdict ? verdict.why : "");

export const fixture = (name: string): string => readFileSync(`fixtures/${name}`, "utf8");

/** Everything a server holds, as text to compare. */
export async function holdings(tell: Send): Promise<string> {
  const signal = new AbortController().signal;
  const list = async (collection: string) => {
    const exchange = await tell({ method: "GET", path: `/${collection}?count=1000`, headers: [] }, signal);
    return exchange.outcome.kind === "answer" ? exchange.outcome.body : "";
  };
  return `${await list("Users")}\n${await list("Groups")}`;
}
