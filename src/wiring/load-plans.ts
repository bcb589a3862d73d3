import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { LoadPlan } from "../model/load-plan.ts";
import { BadInput } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import type { TargetProfile } from "../model/target.ts";
import { type Library, loadLibrary } from "./library.ts";
import { packagePath } from "./tool.ts";

const ENDING = ".yaml";
const PLANS = packagePath("scenarios/load");
const PLAYS = packagePath("scenarios/load/plays");

/** Names of the plans that come with scim-check. */
export function loadPlanNames(): readonly string[] {
  return readdirSync(PLANS)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .toSorted();
}

/** The library with the scenarios that only loads play: they need people and groups that are there before. */
export async function loadLibraryForLoad(folders: readonly string[] = []): Promise<Library> {
  const [library, { loadScenarios }] = await Promise.all([
    loadLibrary(folders),
    import("../scenarios/load.ts"),
  ]);
  const loaded = loadScenarios({
    folders: [PLAYS],
    known: library.scenarios,
    fixtures: packagePath("fixtures"),
    catalogue: library.catalogue,
    checks: library.checks,
    actions: library.actions,
  });
  if (!loaded.ok) throw new BadInput(loaded.problems);
  return { ...library, scenarios: loaded.scenarios };
}

/** Reads a plan by name, or from a file of the user's own. Throws `BadInput` with everything wrong with it. */
export async function loadPlanNamed(nameOrPath: string): Promise<LoadPlan> {
  const [{ decodeLoadPlan }, { didYouMean }] = await Promise.all([
    import("../config/load-plan.ts"),
    import("../decode/index.ts"),
  ]);
  const isPath = /[\\/]/.test(nameOrPath) || nameOrPath.endsWith(ENDING);
  const file = isPath ? nameOrPath : join(PLANS, `${nameOrPath}${ENDING}`);
  if (!existsSync(file)) {
    const next = isPath
      ? "Check the path."
      : `${didYouMean(nameOrPath, loadPlanNames())} A path to a file of your own works too.`;
    throw new BadInput([
      { place: { file: "load" }, what: `There is no load plan ${JSON.stringify(nameOrPath)}.`, next },
    ]);
  }
  const decoded = decodeLoadPlan(file, basename(file, ENDING));
  if (!decoded.ok) throw new BadInput(decoded.problems);
  return decoded.plan;
}

/** Everything that a plan names and that is not there, or that the product documents to refuse. Throws `BadInput`. */
export async function checkPlan(
  plan: LoadPlan,
  scenarios: readonly Scenario[],
  profile: TargetProfile | undefined,
): Promise<void> {
  const [{ loadPlanProblems }, { problemsWithTarget }] = await Promise.all([
    import("../config/link-load-plan.ts"),
    import("../config/plan-for-target.ts"),
  ]);
  const problems = [
    ...loadPlanProblems(plan, scenarios),
    ...(profile === undefined ? [] : problemsWithTarget(plan, scenarios, profile)),
  ];
  if (problems.length > 0) throw new BadInput(problems);
}
