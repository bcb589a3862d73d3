import type { ClaimReport, RunReport } from "../../src/model/report.ts";
import { FORMATS } from "../../src/report/formats.ts";
import type { Expected, Fault } from "./fault.ts";
import { type Flow, strikes } from "./flows.ts";
import type { Way } from "./front.ts";
import type { Decide } from "./proxy.ts";
import { faultyServer } from "./server.ts";
import { TOKEN, type Tried, tryRun } from "./trial.ts";

type Striking = Fault & Required<Pick<Fault, "strike">>;

/** How often the fault strikes the requests of a flow that it can strike. */
export type Often = "each time" | "once" | "never";

/** A trial of one fault in one flow, and everything about it that is not as the table says. */
export interface Cell {
  readonly fault: string;
  readonly flow: string;
  readonly often: Often;
  readonly tried: Tried;
  /** Whole sentences; none when all is well. */
  readonly wrong: readonly string[];
}

/** Plays a flow while a fault strikes it, and holds what came of it against the table. */
export async function tryFault(fault: Striking, flow: Flow, often: Often, way?: Way): Promise<Cell> {
  const stalls = fault.preflight === "timed-out";
  const tried = await play(flow, striking(fault, flow, often), stalls, way);
  const wrong = [
    ...mishaps(tried),
    ...(await misjudged(fault, flow, often, tried)),
    ...(await othersHarmed(flow, tried)),
  ];
  return { fault: fault.name, flow: flow.name, often, tried, wrong };
}

/** What stands in for a flow where no request gets through. */
const NO_FLOW = "(no request gets through)";
/** Where nothing is answered at all, nothing can be timed out by mistake. */
const SHORT_MS = 400;

/** Runs against a server that cannot be talked to, and holds what is said of it against the table. */
export async function tryConnecting(fault: Fault): Promise<Cell> {
  const server = await faultyServer(fault.name);
  const tried = await tryRun({
    scenarios: ["okta/users/read"],
    decide: () => undefined,
    baseUrl: server.url,
    ...(fault.preflight === "timed-out" ? { timeoutMs: SHORT_MS } : {}),
    ...(server.trust === undefined ? {} : { trust: server.trust }),
  });
  await server.close();
  const { stopped, outcome, behaviours } = tried.report;
  const wrong: string[] = [];
  if (stopped?.cause !== fault.preflight) wrong.push(`stops for ${stopped?.cause}, not ${fault.preflight}`);
  if (!fault.told.test(stopped?.why ?? "")) wrong.push(`the cause is not told: ${stopped?.why}`);
  if (!/^[A-Z].+\.$/.test(stopped?.remedy ?? "")) wrong.push(`the remedy is no sentence: ${stopped?.remedy}`);
  if (outcome.exitCode !== 3) wrong.push(`exit ${outcome.exitCode} instead of 3`);
  if (behaviours.length > 0) wrong.push(`${behaviours.length} behaviours are judged`);
  if (tried.openConnections > 0) wrong.push(`${tried.openConnections} connections were left open`);
  // Not a byte of the token goes to somebody who could not show who he is.
  if (server.heard() !== "") wrong.push("the server was told something");
  return { fault: fault.name, flow: NO_FLOW, often: "each time", tried, wrong };
}

function striking(fault: Striking, flow: Flow, often: Often): Decide {
  let left = often === "each time" ? Number.POSITIVE_INFINITY : often === "once" ? 1 : 0;
  return ({ method, target }) => {
    if (left === 0 || !strikes(flow, method, target)) return undefined;
    left -= 1;
    return fault.strike;
  };
}

function play(flow: Flow, decide: Decide, stalls: boolean, way?: Way): Promise<Tried> {
  return tryRun({
    scenarios: [flow.scenario, flow.other],
    decide,
    stalls,
    ...(way === undefined ? {} : { way }),
    ...(flow.app === undefined ? {} : { app: flow.app }),
    ...(flow.largeGroup === undefined ? {} : { largeGroup: flow.largeGroup }),
  });
}

const sound = new Map<string, Promise<Tried>>();

/** The same run without a fault; played once for each flow. */
function soundRun(flow: Flow): Promise<Tried> {
  const known = sound.get(flow.name) ?? play(flow, () => undefined, false);
  sound.set(flow.name, known);
  return known;
}

/** What must never happen, whatever a server does. */
function mishaps({ report, openConnections, left, struck }: Tried): readonly string[] {
  const wrong: string[] = [];
  if (struck === 0 && report.run.requests < 3) wrong.push("hardly anything was sent");
  if (openConnections > 0) wrong.push(`${openConnections} connections were left open`);
  const remaining = left.users + left.groups;
  if (remaining > report.leftovers.length) {
    wrong.push(`${remaining} resources were left behind, and ${report.leftovers.length} are listed`);
  }
  for (const format of FORMATS) {
    const text = format.render(report, { width: 100, verbose: true });
    if (text.includes(TOKEN)) wrong.push(`the ${format.name} report shows the token`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text))
      wrong.push(`the ${format.name} report has control characters`);
  }
  return wrong;
}

const allClaimsOf = (report: RunReport) => report.behaviours.flatMap(({ claims }) => claims);

/** The claims that do not depend on how busy this machine is. */
const claimsOf = (report: RunReport) =>
  allClaimsOf(report).filter(({ id }) => !/OKTA-HTTP-06|in-time/.test(id));

const isOpen = ({ verdict }: ClaimReport) =>
  (verdict.kind === "unknown" && verdict.neutral !== true) ||
  (verdict.kind === "skip" && verdict.because === "blocked");

/** What the table asks of this flow. */
export function expectedOf(fault: Fault, { method }: Flow): Expected | "not fail" {
  const once = method === "POST" || method === "PATCH";
  return once && fault.races === true ? "not fail" : fault.verdict;
}

async function misjudged(fault: Fault, flow: Flow, often: Often, tried: Tried): Promise<readonly string[]> {
  const expected = expectedOf(fault, flow);
  const { report, struck } = tried;
  const claims = claimsOf(report);
  const failed = claims.filter(({ verdict }) => verdict.kind === "fail").map(({ id }) => id);
  const { exitCode } = report.outcome;
  const wrong: string[] = [];
  if (often !== "never" && struck === 0) wrong.push("the fault struck nothing");
  if (often === "once") {
    // No answer, once, proves nothing; a wrong answer does.
    const isSilence =
      fault.preflight !== "judged" && fault.preflight !== "html" && fault.preflight !== "redirect";
    if ((isSilence || expected !== "fail") && failed.length > 0)
      wrong.push(`fails for a single mishap: ${failed}`);
    return wrong;
  }
  if (expected === "fail" && flow.judges === "each answer") {
    if (failed.length === 0) wrong.push("nothing fails");
    const breaksMust = allClaimsOf(report).some(
      ({ level, verdict }) => level === "must" && verdict.kind === "fail",
    );
    if (breaksMust !== (exitCode === 1)) {
      wrong.push(`exit ${exitCode}, and ${breaksMust ? "a" : "no"} must is broken`);
    }
  }
  if (expected !== "fail" && failed.length > 0) wrong.push(`fails: ${failed}`);
  if (expected === "unknown" && flow.judges === "each answer") {
    if (!claims.some(isOpen)) wrong.push("nothing is open");
    if (exitCode !== 3) wrong.push(`exit ${exitCode} instead of 3`);
  }
  if (expected === "not fail") return wrong;
  if (expected === "pass") {
    const differing = differences(claims, claimsOf((await soundRun(flow)).report));
    if (differing.length > 0)
      wrong.push(`differs from a sound server in ${differing.slice(0, 3).join(", ")}`);
    if (exitCode !== 0) wrong.push(`exit ${exitCode} instead of 0`);
  } else if (flow.judges === "each answer" && !fault.told.test(JSON.stringify(report))) {
    wrong.push(`the cause is not told: ${fault.told}`);
  }
  return wrong;
}

function differences(claims: readonly ClaimReport[], wanted: readonly ClaimReport[]): readonly string[] {
  const kinds = new Map(wanted.map(({ id, verdict }) => [id, verdict.kind]));
  return claims
    .filter(({ id, verdict }) => verdict.kind !== kinds.get(id))
    .map(({ id, verdict }) => `${id}: ${verdict.kind}`);
}

/** The other scenario meets no fault: it is played, and what it shows is what it shows of a sound server. */
async function othersHarmed(flow: Flow, { report }: Tried): Promise<readonly string[]> {
  const played = report.scenarios.find(({ id }) => id === flow.other);
  if (played?.status !== "played") return [`${flow.other} was not played: ${played?.why}`];
  const blamed = report.behaviours
    .flatMap(({ places }) => places)
    .filter(({ scenario, verdict }) => scenario === flow.other && verdict.kind !== "pass");
  return blamed.map(({ claim, verdict }) => `${flow.other} is ${verdict.kind} for ${claim}`);
}
