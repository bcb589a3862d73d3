import type { Behaviour } from "../model/behaviour.ts";
import type { Clock } from "../model/clock.ts";
import type { Observation, SelfTestReport, Trial, TrialReport } from "../model/self-test.ts";
import { countsOf, mustsWithoutDefect } from "./counts.ts";
import { judgeTrial } from "./judge-trial.ts";
import { neverPassed } from "./never-passed.ts";

export interface SelfTestInput {
  readonly trials: readonly Trial[];
  readonly catalogue: readonly Behaviour[];
  /** Plays one trial; `observe`, here or in a worker. */
  readonly observe: (trial: Trial) => Promise<Observation>;
  /** How many trials are played at the same time. */
  readonly lanes: number;
  readonly clock: Clock;
  readonly seed: number;
  readonly toolVersion: string;
  /** False when only some trials were chosen: then what is missing among the others says nothing. */
  readonly isComplete: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SelfTestProgress) => void;
}

export interface SelfTestProgress {
  readonly done: number;
  readonly all: number;
  readonly trial: string;
}

/** Plays every trial and says whether scim-check can be believed. */
export async function runSelfTest(input: SelfTestInput): Promise<SelfTestReport> {
  const { clock, catalogue, trials, signal } = input;
  const startedAt = clock.now();
  const observations = await observeAll(input);
  const judged = trials.flatMap((trial) => {
    const observation = observations.get(trial);
    return observation === undefined ? [] : [judgeTrial(trial, observation)];
  });
  const reports =
    input.isComplete && !signal.aborted ? withNeverPassed(judged, observations, catalogue) : judged;
  return {
    format: "scim-check/self-test@1",
    tool: { name: "scim-check", version: input.toolVersion },
    seed: input.seed,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: Math.round(clock.now() - startedAt),
    outcome: outcomeOf(reports, signal.aborted),
    counts: countsOf(reports, catalogue, trials),
    unproven: mustsWithoutDefect(catalogue, trials),
    trials: reports,
  };
}

/** Trials on a socket take longest and come first, so that the lanes end together. */
async function observeAll(input: SelfTestInput): Promise<ReadonlyMap<Trial, Observation>> {
  const { trials, observe, lanes, signal, onProgress } = input;
  const waiting = trials.toSorted((one, other) => costOf(other) - costOf(one));
  const observations = new Map<Trial, Observation>();
  const lane = async () => {
    for (let trial = waiting.shift(); trial !== undefined && !signal.aborted; trial = waiting.shift()) {
      const observation = await observe(trial);
      // A run that was stopped half-way shows too little to be judged.
      if (signal.aborted) return;
      observations.set(trial, observation);
      onProgress?.({ done: observations.size, all: trials.length, trial: trial.name });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
  return observations;
}

const costOf = ({ kind, layer }: Trial) => (layer === "wire" ? 2 : kind === "sound" ? 1 : 0);

/** A claim that passes on no permitted server is not known to be right: that is a problem of the sound one. */
function withNeverPassed(
  reports: readonly TrialReport[],
  observations: ReadonlyMap<Trial, Observation>,
  catalogue: readonly Behaviour[],
): readonly TrialReport[] {
  const permitted = [...observations].filter(([trial]) => trial.kind !== "defect");
  const missing = neverPassed(
    permitted.map(([, observation]) => observation),
    catalogue,
  );
  const first = reports.find(({ kind }) => kind === "sound");
  return reports.map((report) =>
    report === first ? { ...report, problems: [...report.problems, ...missing] } : report,
  );
}

function outcomeOf(reports: readonly TrialReport[], isInterrupted: boolean): SelfTestReport["outcome"] {
  if (isInterrupted) return { exitCode: 130, why: "The self-test was interrupted." };
  const troubled = reports.filter(({ problems }) => problems.length > 0);
  if (troubled.length === 0) {
    return {
      exitCode: 0,
      why: "Every defect was caught, nothing permitted was blamed, and the sound server is clean.",
    };
  }
  const number = troubled.length === 1 ? "1 trial" : `${troubled.length} trials`;
  return {
    exitCode: 1,
    why: `scim-check itself has to be mended: ${number} did not come out as they should.`,
  };
}
