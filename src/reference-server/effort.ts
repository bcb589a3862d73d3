import { badRequest } from "./errors.ts";
import type { Filter } from "./filter-syntax.ts";
import type { ResourceType } from "./schemas.ts";
import type { Store } from "./store.ts";

/** Single conditions tried on single values before a request is refused: a few seconds of work. */
const MOST_TRIALS = 20_000_000;
/** What it takes to show one membership, next to trying one condition. */
export const TRIALS_PER_MEMBERSHIP = 10;

/**
 * This server answers one request at a time, so a filter with thousands of conditions over a million users would keep
 * everybody waiting for minutes.
 * @throws ScimFailure `tooMany` when looking at all resources of a type would take too long.
 */
export function requireAffordable(store: Store, type: ResourceType, filter: Filter): void {
  const perCondition = store.count(type) + TRIALS_PER_MEMBERSHIP * store.memberships;
  requireTrials(conditionsIn(filter) * perCondition);
}

/** @throws ScimFailure `tooMany` when the paths of one PATCH would look at too many members. */
export function requireTrials(trials: number): void {
  if (trials > MOST_TRIALS) {
    throw badRequest("tooMany", "The filter would take this server too long; use fewer conditions.");
  }
}

export function conditionsIn(filter: Filter): number {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.reduce((sum, part) => sum + conditionsIn(part), 0);
    case "not":
    case "some":
      return conditionsIn(filter.filter);
    default:
      return 1;
  }
}
