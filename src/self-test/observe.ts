import type { RunInput } from "../conformance/input.ts";
import { runConformance } from "../conformance/run.ts";
import { OKTA_ACTIONS, type RunSettings } from "../conformance/settings.ts";
import { type Clock, type Random, seededRandom } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";
import type { ClaimReport, RunReport } from "../model/report.ts";
import type { Observation, SeenClaim, Trial } from "../model/self-test.ts";
import type { Verdict } from "../model/verdict.ts";
import { virtualClock } from "./virtual-clock.ts";

/** The server of one trial, started for it alone. */
export interface TrialServer {
  readonly send: Send;
  /** Its limit of members per group, where it has one. */
  readonly maxGroupMembers?: number;
  /** Users and groups it has at the moment. */
  readonly resources: () => number;
  close(): Promise<void>;
}

/** Everything that trials take from outside. */
export interface TrialInput
  extends Pick<
    RunInput,
    "scenarios" | "catalogue" | "checks" | "actions" | "people" | "userBody" | "speak" | "toolVersion"
  > {
  readonly startServer: (trial: Trial, clock: Clock, random: Random) => Promise<TrialServer>;
  /** Real time, for trials on a socket, and for how long trials take. */
  readonly realClock: Clock;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** How many scenarios are played at once; 8 when absent. What is seen must not depend on it. */
  readonly concurrency?: number;
}

// A fixed day, so that a trial is the same whenever it is played.
const VIRTUAL_START = Date.UTC(2026, 0, 5, 9);

/** Plays every scenario against the server of one trial. Never throws: what breaks off is a finding about us. */
export async function observe(trial: Trial, input: TrialInput): Promise<Observation> {
  const startedAt = input.realClock.now();
  const clock = trial.layer === "wire" ? input.realClock : virtualClock(VIRTUAL_START);
  const random = seededRandom(input.seed);
  let server: TrialServer | undefined;
  try {
    server = await input.startServer(trial, clock, random);
    const report = await play(trial, input, server, clock, random);
    return observed(report, server.resources(), input.realClock.now() - startedAt);
  } catch (problem) {
    const crashed = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    const wallMs = input.realClock.now() - startedAt;
    return { claims: [], requests: 0, wallMs, leftovers: 0, remaining: 0, crashed };
  } finally {
    await server?.close();
  }
}

function play(
  trial: Trial,
  input: TrialInput,
  { send, maxGroupMembers }: TrialServer,
  clock: Clock,
  random: Random,
): Promise<RunReport> {
  const { startServer: _start, realClock: _clock, seed, concurrency = 8, ...rest } = input;
  return runConformance({
    ...rest,
    send,
    clock,
    random,
    runId: "se1fte",
    openLedger: () => ({ lease() {}, close() {} }),
    settings: { ...settingsOf(trial, seed, maxGroupMembers), concurrency },
    target: { url: trial.name, kind: "embedded" },
    notes: [],
    ...(trial.kind === "sound" ? {} : leavingTheCrowd()),
  });
}

/** The crowd is removed last of all; a server that is thrown away afterwards need not be tidied for that long. */
function leavingTheCrowd(): Pick<RunInput, "cleanUpSignal" | "onProgress"> {
  const leaving = new AbortController();
  return {
    cleanUpSignal: leaving.signal,
    onProgress: ({ kind }) => {
      if (kind === "cleaning-up") leaving.abort();
    },
  };
}

function settingsOf(
  trial: Trial,
  seed: number,
  maxGroupMembers: number | undefined,
): Omit<RunSettings, "concurrency"> {
  const isWire = trial.layer === "wire";
  return {
    oktaApps: ["aiw", "oin"],
    standard: standardOf(trial),
    actions: OKTA_ACTIONS,
    onlyScenarios: scenariosOf(trial),
    onlyBehaviours: [],
    readOnly: false,
    largeGroup: largeGroupOf(trial, maxGroupMembers),
    burst: 12,
    ...(maxGroupMembers === undefined ? {} : { maxGroupMembers }),
    maxPages: 50,
    settleMs: isWire ? 300 : 2_000,
    // Five minutes cost nothing where time is virtual.
    oktaWaits: !isWire,
    maxRequests: 20_000,
    strict: false,
    showForeignData: true,
    inputs: {},
    seed,
  };
}

/**
 * What breaks a claim of Okta's mostly breaks what an RFC says about the same thing, and nobody learns from a list of
 * that. So the RFCs are judged where a defect is about them, and wherever nothing of theirs may fail.
 */
function standardOf(trial: Trial): RunSettings["standard"] {
  if (trial.standard !== undefined) return trial.standard;
  return trial.kind !== "defect" || isAboutRfc(trial) ? "rfc" : "okta";
}

const isAboutRfc = ({ target }: Trial) => target.some((claim) => claim.startsWith("RFC"));

/** The other way round it is the same: what breaks an RFC is held against the scenarios of the RFCs. */
function scenariosOf(trial: Trial): readonly string[] {
  const isAboutBoth = trial.target.some((claim) => claim.startsWith("OKTA"));
  return trial.kind === "defect" && isAboutRfc(trial) && !isAboutBoth ? ["rfc/*"] : [];
}

// As many people as the import scenarios need anyway.
const CROWD = 130;
// The claims that speak of a request with 1,000 changes.
const OF_A_THOUSAND = ["OKTA-LARGE-03.", "OKTA-LARGE-04.longer-lists"];

/**
 * As large as the claims of the trial need: a thousand people are dear when they come hundreds of times. A server
 * with a limit of members gets a group that fits, beside those that the scenarios about limits make.
 */
function largeGroupOf({ kind, layer, target, also }: Trial, maxGroupMembers: number | undefined): number {
  if (maxGroupMembers !== undefined) return Math.min(257, maxGroupMembers);
  const isAbout = (start: string) => [...target, ...also].some((claim) => claim.startsWith(start));
  if (layer === "wire") return CROWD;
  if (kind === "sound" || OF_A_THOUSAND.some(isAbout)) return 1_001;
  return isAbout("OKTA-LARGE-") ? 257 : CROWD;
}

function observed(report: RunReport, remaining: number, wallMs: number): Observation {
  return {
    claims: report.behaviours.flatMap(({ claims }) => claims.map(seenClaim)),
    requests: report.run.requests,
    wallMs,
    leftovers: report.leftovers.length,
    remaining,
    ...(report.stopped === undefined ? {} : { stopped: report.stopped.why }),
  };
}

function seenClaim({ id, level, verdict }: ClaimReport): SeenClaim {
  const seen = whatWasSeen(verdict);
  return {
    claim: id,
    level,
    verdict: verdict.kind,
    ...(verdict.kind === "unknown" && verdict.neutral === true ? { neutral: true } : {}),
    ...(verdict.kind === "skip" && verdict.because === "blocked" ? { blocked: true } : {}),
    ...(seen === undefined ? {} : { seen }),
  };
}

function whatWasSeen(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case "pass":
      return undefined;
    case "fail": {
      const [first] = verdict.findings;
      return first && `${first.where}: expected ${first.expected}, was ${first.actual}`;
    }
    case "skip":
    case "unknown":
      return verdict.why;
  }
}
