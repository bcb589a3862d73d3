import { OKTA_ACTIONS, type RunSettings } from "../conformance/settings.ts";
import type { Trial } from "../model/self-test.ts";

/** What is asked of the server of one trial, and how large the large group is. */
export function settingsOf(
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
