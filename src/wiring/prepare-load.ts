import type { LoadOptions } from "../config/load-options.ts";
import type { LoadCost } from "../load/cost.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import { BadInput } from "../model/problem.ts";
import { targetName } from "../model/target-name.ts";
import type { Library } from "./library.ts";
import { checkPlan, loadLibraryForLoad, loadPlanNamed } from "./load-plans.ts";
import { chooseTarget, type Surroundings, type Target } from "./target.ts";

/** What a load would do. */
export interface LoadPreview {
  readonly plan: LoadPlan;
  readonly cost: LoadCost;
  /** As the report will name it. */
  readonly target: string;
  /** How many people the server said it has, where it was asked. */
  readonly usersBefore?: number;
  /** Where it is another story than the plan tells. */
  readonly remarks: readonly string[];
  readonly curve: {
    readonly durationMs: number;
    /** In equal parts of the duration, the highest rate of each; a burst counts as the plays of its second. */
    readonly playsPerSecond: readonly number[];
  };
}

export interface PreparedLoad extends LoadPreview {
  readonly library: Library;
  readonly server: Target;
}

/**
 * Reads a plan, changes it as asked, and says what it would cost. Throws `BadInput`; sends nothing.
 * @param of shards that other processes play too; the workers of this one when absent
 */
export async function previewLoad(
  plan: string,
  options: LoadOptions,
  surroundings: Partial<Surroundings> = {},
  of?: number,
): Promise<LoadPreview> {
  const {
    library: _library,
    server: _server,
    ...preview
  } = await prepareLoad(plan, options, surroundings, of);
  return preview;
}

/** Threads that play. */
export async function workersOf({ workers }: LoadOptions): Promise<number> {
  if (workers !== "auto") return workers ?? 1;
  const { availableParallelism } = await import("node:os");
  return Math.max(1, availableParallelism() - 1);
}

/** @param of shards that other processes play too; the workers of this one when absent */
async function prepareLoad(
  name: string,
  options: LoadOptions,
  surroundings: Partial<Surroundings>,
  of?: number,
): Promise<PreparedLoad> {
  const [{ overridden }, { costOf }, { planRemarks, populationOver }, { speak }] = await Promise.all([
    import("../config/override-plan.ts"),
    import("../load/cost.ts"),
    import("../load/plan-remarks.ts"),
    import("../okta/headers.ts"),
  ]);
  const [given, library, server] = await Promise.all([
    loadPlanNamed(name),
    loadLibraryForLoad(options.scenarios),
    chooseTarget(options, {
      isCi: surroundings.isCi ?? false,
      hasProjectFile: surroundings.hasProjectFile ?? false,
    }),
  ]);
  if (options.http2 === true && server.noHttp2Because !== undefined) {
    const next = "Leave --http2 out.";
    throw new BadInput([{ place: { file: "--http2" }, what: server.noHttp2Because, next }]);
  }
  const plan = overridden(given, options);
  await checkPlan(plan, library.scenarios, server.profile);
  const shards = of ?? (await workersOf(options));
  const population = populationOver(plan.population, shards);
  const cost = costOf({ ...plan, population }, library.scenarios, speak, library.userBody, shards);
  const remarks = planRemarks(plan, library.scenarios, shards, (scenario) =>
    cost.playsOfEach.reduce((sum, plays, at) => sum + (plan.mix[at]?.scenario === scenario ? plays : 0), 0),
  );
  return {
    plan,
    cost,
    target: targetName(server.report),
    remarks,
    curve: await curveOf(plan),
    library,
    server,
  };
}

const CURVE_POINTS = 200;

async function curveOf(plan: LoadPlan): Promise<LoadPreview["curve"]> {
  const { arrivalsOf } = await import("../load/arrivals.ts");
  const { highestRate, durationMs } = arrivalsOf(plan.stages);
  const step = durationMs / CURVE_POINTS;
  const playsPerSecond = Array.from({ length: CURVE_POINTS }, (_, point) =>
    highestRate(point * step, (point + 1) * step),
  );
  return { durationMs, playsPerSecond };
}

/** The same, once every host and ceiling is consented to. Throws `BadInput` where one is not. */
export async function consented(
  name: string,
  options: LoadOptions,
  surroundings: Partial<Surroundings>,
  of?: number,
): Promise<PreparedLoad> {
  const prepared = await prepareLoad(name, options, surroundings, of);
  const { loadRefusals } = await import("../config/load-consent.ts");
  const { host, facts } = prepared.server;
  const refusals = loadRefusals({ ...prepared.cost, host, isLoopback: facts.isLoopback }, options);
  if (refusals.length > 0) throw new BadInput(refusals);
  return prepared;
}
