import type { Scenario } from "../model/scenario.ts";

const known = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

/**
 * For every step, the index of the last step that may look at its answer: the step itself where no later one names it.
 * A step that is named anywhere in a later one counts as looked at, so that it is never missed; but for the two places
 * where its status is all that matters.
 */
export function lastLooks({ steps }: Pick<Scenario, "steps">): ReadonlyMap<string, number> {
  const looks = known.get(steps) ?? looksIn(steps);
  known.set(steps, looks);
  return looks;
}

/** Keys of a step, or of what it expects, that name steps which had to be answered at all, or with success. */
const BY_STATUS = new Set(["after", "ifAccepted"]);

function looksIn(steps: Scenario["steps"]): ReadonlyMap<string, number> {
  const written = steps.map((step) =>
    JSON.stringify(step, (key, part) => (BY_STATUS.has(key) ? undefined : part)),
  );
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
