import type { Scenario } from "../model/scenario.ts";

const known = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

/**
 * For every step, the index of the last step that may look at its answer: the step itself where no later one names it.
 * A step that is named anywhere in a later one, in whatever part, counts as looked at; it is never missed that way.
 */
export function lastLooks({ steps }: Pick<Scenario, "steps">): ReadonlyMap<string, number> {
  const looks = known.get(steps) ?? looksIn(steps);
  known.set(steps, looks);
  return looks;
}

function looksIn(steps: Scenario["steps"]): ReadonlyMap<string, number> {
  const written = steps.map((step) => JSON.stringify(step));
  return new Map(
    steps.map(({ id }, own) => [
      id,
      Math.max(
        own,
        written.findLastIndex((step) => step.includes(JSON.stringify(id))),
      ),
    ]),
  );
}
