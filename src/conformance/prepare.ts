import { type Cost, costOf, withTime } from "./cost.ts";
import { givenValues } from "./given-values.ts";
import type { RunInput } from "./input.ts";
import { planRun, type RunPlan } from "./plan.ts";

/** The plan of a run and what it will cost, without sending anything. Throws `BadInput`. */
export function prepareRun(input: Pick<RunInput, "scenarios" | "catalogue" | "settings" | "target">): {
  readonly plan: RunPlan;
  readonly cost: Cost;
} {
  const plan = planRun(input.scenarios, input.catalogue, input.settings, input.target.kind === "embedded");
  const cost = costOf(plan.play, givenValues(input.settings));
  return { plan, cost: withTime(cost, plan.play, input.settings) };
}
