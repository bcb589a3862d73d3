import { type LoadPlan, type LoadStage, MOST_IN_FLIGHT, type Threshold } from "../model/load-plan.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { unusableNumbers } from "./load-numbers.ts";
import type { LoadOptions } from "./load-options.ts";
import { parseThreshold } from "./threshold.ts";

/** The plan as the command line changes it. Throws `BadInput` with everything that cannot be. */
export function overridden(plan: LoadPlan, options: LoadOptions): LoadPlan {
  const problems: Problem[] = [...unusableNumbers(options)];
  const thresholds = thresholdsOf(options.threshold, problems) ?? plan.thresholds;
  const unusable = new Set(problems.map(({ place }) => place.file));
  problems.push(...modelProblems(plan, options).filter(({ place }) => !unusable.has(place.file)));
  const { population } = plan;
  const changed: LoadPlan = {
    ...plan,
    ...modelOf(plan, options),
    population: {
      users: options.users ?? population.users,
      groups: options.groups ?? population.groups,
      members: options.members ?? Math.min(population.members, options.users ?? population.members),
    },
    warmUpMs: options.warmUp ?? plan.warmUpMs,
    maxInFlight: options.maxInFlight ?? Math.max(plan.maxInFlight, options.closed ?? 0),
    thresholds,
    seed: options.seed ?? plan.seed,
  };
  if (problems.length === 0) problems.push(...crowdedUsers(changed, options));
  const forMs = durationOf(changed);
  if (problems.length === 0 && changed.warmUpMs >= forMs && options.warmUp !== undefined) {
    problems.push({
      place: { file: "--warm-up" },
      what: `A warm-up of ${changed.warmUpMs} ms leaves nothing of a load that takes ${forMs} ms.`,
      next: "Make it shorter, or the load longer.",
    });
  }
  if (options.warmUp === undefined) problems.push(...longWarmUp(plan));
  if (problems.length > 0) throw new BadInput(problems);
  // A short run of a long plan is for a quick look: its warm-up shrinks with it.
  const warmUpMs = changed.warmUpMs >= forMs ? Math.floor(forMs / 10) : changed.warmUpMs;
  return { ...changed, warmUpMs };
}

function modelProblems(plan: LoadPlan, { closed, playRate, think }: LoadOptions): readonly Problem[] {
  if (closed !== undefined && playRate !== undefined) {
    const what = "A load has a rate, or users who wait for their answers, not both.";
    return [{ place: { file: "--closed" }, what, next: "Leave out --rate or --closed." }];
  }
  const isOpen = closed === undefined && (plan.closed === undefined || playRate !== undefined);
  if (think === undefined || !isOpen) return [];
  const what = "Only users who wait for their answers think between plays; here plays start on schedule.";
  return [{ place: { file: "--think" }, what, next: "Leave it out, or say how many users with --closed." }];
}

/** A plan whose own warm-up is all there is of it was not meant so. */
function longWarmUp(plan: LoadPlan): readonly Problem[] {
  const { warmUpMs, place } = plan;
  const forMs = durationOf(plan);
  if (warmUpMs < forMs || warmUpMs === 0) return [];
  const what = `A warm-up of ${warmUpMs} ms leaves nothing of a plan that takes ${forMs} ms.`;
  return [{ place, what, next: "Make `warm-up` shorter, or the plan longer." }];
}

/** Users without a place of their own would wait for each other, and their times would read as the server's. */
function crowdedUsers({ closed, maxInFlight, place }: LoadPlan, options: LoadOptions): readonly Problem[] {
  if (closed === undefined || closed.users <= maxInFlight) return [];
  const what = `${closed.users} users wait for their answers, and only ${maxInFlight} plays may be under way at the same time.`;
  const next = `Ask for fewer users, or allow as many plays as there are users (at most ${MOST_IN_FLIGHT}).`;
  const flag = options.maxInFlight === undefined ? undefined : { file: "--max-in-flight" };
  return [{ place: flag ?? place, what, next }];
}

type Model = Pick<LoadPlan, "stages" | "closed">;

function modelOf(plan: LoadPlan, options: LoadOptions): Model {
  const { playRate, closed, think } = options;
  const forMs = options.for ?? durationOf(plan);
  if (closed !== undefined || (plan.closed !== undefined && playRate === undefined)) {
    const users = closed ?? plan.closed?.users ?? 1;
    return { stages: [], closed: { users, forMs, thinkMs: think ?? plan.closed?.thinkMs ?? 0 } };
  }
  if (playRate !== undefined) return { stages: [{ kind: "constant", rate: playRate, forMs }] };
  return options.for === undefined ? { stages: plan.stages } : { stages: stretched(plan.stages, forMs) };
}

/** Stages of so many parts of a millisecond add up exactly, as those of any fraction do not. */
const PARTS_OF_MS = 1_024;

/** The same curve in another time. */
function stretched(stages: readonly LoadStage[], forMs: number): readonly LoadStage[] {
  const whole = stages.reduce((sum, stage) => sum + stage.forMs, 0);
  let before = 0;
  let from = 0;
  return stages.map((stage) => {
    before += stage.forMs;
    const to = Math.round((before / whole) * forMs * PARTS_OF_MS) / PARTS_OF_MS;
    const lasts = to - from;
    from = to;
    return { ...stage, forMs: lasts };
  });
}

export function durationOf({ stages, closed }: Pick<LoadPlan, "stages" | "closed">): number {
  return closed?.forMs ?? stages.reduce((sum, stage) => sum + stage.forMs, 0);
}

function thresholdsOf(
  given: readonly string[] | undefined,
  problems: Problem[],
): readonly Threshold[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  return given.flatMap((text) => {
    const parsed = parseThreshold(text);
    if (parsed.ok) return [{ ...parsed.threshold, place: { file: "--threshold" } }];
    problems.push({ place: { file: "--threshold" }, what: parsed.what, next: parsed.next });
    return [];
  });
}
