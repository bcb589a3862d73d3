import { plural } from "../model/count.ts";
import type { Observation, SeenClaim, Trial, TrialReport } from "../model/self-test.ts";

/** Holds what was seen against what had to be seen. */
export function judgeTrial(trial: Trial, observation: Observation): TrialReport {
  const failed = observation.claims.filter(({ verdict }) => verdict === "fail");
  const failedIds = new Set(failed.map(({ claim }) => claim));
  const expected = new Set([...trial.target, ...trial.also]);
  const isDefect = trial.kind === "defect";
  const isQuirk = trial.kind === "quirk" || trial.kind === "quirk-set";
  const findings = {
    failed,
    survivors: trial.target.filter((claim) => !failedIds.has(claim)),
    unexpected: isDefect ? failed.filter(({ claim }) => !expected.has(claim)) : [],
    unseen: trial.also.filter((claim) => !failedIds.has(claim)),
    falseAlarms: isQuirk ? failed.filter(({ level }) => level === "must") : [],
    undecided: observation.claims.filter((claim) => claim.level === "must" && isOpen(claim)),
  };
  return {
    ...trial,
    ...findings,
    problems: [
      ...brokenOff(trial, observation),
      ...findings.survivors.map((claim) => `${claim} was not seen to fail${wasInstead(claim, observation)}`),
      ...findings.unexpected.map((seen) => `${seen.claim} failed unexpectedly${told(seen)}`),
      ...findings.falseAlarms.map((seen) => `${seen.claim} is blamed, and it is permitted${told(seen)}`),
      ...(trial.kind === "sound" ? soundProblems(observation) : []),
    ],
    requests: observation.requests,
    wallMs: Math.round(observation.wallMs),
  };
}

/** Asked for, and no answer either way. */
const isOpen = ({ verdict, neutral, blocked }: SeenClaim) =>
  (verdict === "unknown" && neutral !== true) || (verdict === "skip" && blocked === true);

const told = ({ seen }: Pick<SeenClaim, "seen">) => (seen === undefined ? "" : ` (${seen})`);

function wasInstead(claim: string, { claims }: Observation): string {
  const seen = claims.find((one) => one.claim === claim);
  return seen === undefined ? "" : `: ${seen.verdict}${told(seen)}`;
}

function brokenOff({ kind }: Trial, { crashed, stopped }: Observation): readonly string[] {
  if (crashed !== undefined) return [`the run broke off: ${crashed}`];
  // A defect may well stop a run before anything is judged; then its claims survive, and that says enough.
  return stopped === undefined || kind === "defect" ? [] : [`the run was stopped: ${stopped}`];
}

/** Nothing may be amiss with the sound server, and nothing may be left on it. */
function soundProblems({ claims, leftovers, remaining }: Observation): readonly string[] {
  return [
    ...claims
      .filter((seen) => seen.verdict === "fail" || isOpen(seen))
      .map((seen) => `${seen.claim}: ${seen.verdict} on a sound server${told(seen)}`),
    ...(leftovers === 0 ? [] : [`clean-up says that it left ${plural(leftovers, "resource")} behind`]),
    ...(remaining === 0
      ? []
      : [`${plural(remaining, "resource was", "resources were")} still there after clean-up`]),
  ];
}
