import type { LoadPlan, LoadStage, Threshold } from "../model/load-plan.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { unusableNumbers } from "./load-numbers.ts";
import type { LoadOptions } from "./load-options.ts";
import { parseThreshold } from "./threshold.ts";

/** The plan as the command line changes it. Throws `BadInput` with everything that cannot be. */
export function overridden(plan: LoadPlan, options: LoadOptions): LoadPlan {
  const problems: Problem[] = [...unusableNumbers(options)];
  const thresholds = thresholdsOf(options.threshold, problems) ?? plan.thresholds;
  if (options.closed !== undefined && options.playRate !== undefined) {
    problems.push({
      place: { file: "--closed" },
      what: "A load has a rate, or users who wait for their answers, not both.",
      next: "Leave out --rate or --closed.",
    });
  }
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
    maxInFlight: options.maxInFlight ?? plan.maxInFlight,
    thresholds,
    seed: options.seed ?? plan.seed,
  };
  const forMs = durationOf(changed);
  if (problems.length === 0 && changed.warmUpMs >= forMs && options.warmUp !== undefined) {
    problems.push({
      place: { file: "--warm-up" },
      what: `A warm-up of ${changed.warmUpMs} ms leaves nothing of a load that takes ${forMs} ms.`,
      next: "Make it shorter, or the load longer.",
    });
  }
  if (problems.length > 0) throw new BadInput(problems);
  // A short run of a long plan is for a quick look: its warm-up shrinks with it.
  const warmUpMs = changed.warmUpMs >= forMs ? Math.floor(forMs / 10) : changed.warmUpMs;
  return { ...changed, warmUpMs };
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

/** The same curve in another time. */
function stretched(stages: readonly LoadStage[], forMs: number): readonly LoadStage[] {
  const whole = stages.reduce((sum, stage) => sum + stage.forMs, 0);
  return stages.map((stage) => ({ ...stage, forMs: (stage.forMs / whole) * forMs }));
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
