/** What a group push has to fit into. */
export interface GroupPlanInput {
  /** How many people the group has in Okta. */
  readonly members: number;
  /** The most members a group of the target may have; absent: no limit is known. */
  readonly maxPerGroup?: number;
  /** The most membership changes in one request; 100 when absent, as Okta once documented as its default. */
  readonly batch?: number;
  /** Requests a second that the target takes; absent: not known. */
  readonly requestsPerSecond?: number;
}

/** One group of the plan. */
export interface PlannedGroup {
  /** Counts from 1. */
  readonly number: number;
  readonly members: number;
  /** Creating it, naming it again (catalogue apps do) and its batches of members. */
  readonly requests: number;
}

export interface GroupPlan {
  readonly groups: readonly PlannedGroup[];
  /** How to name the groups in Okta: `{name}` is the name of the whole, `{n}` the group's number. */
  readonly names: string;
  readonly requests: number;
  /** How long the first push takes at least, in seconds, at the rate the target takes; absent without a rate. */
  readonly seconds?: number;
}

const DEFAULT_BATCH = 100;
// POST, and the PATCH with the name that catalogue apps send before the members (OKTA-GROUP-PUSH-07).
const REQUESTS_BESIDE_BATCHES = 2;

/**
 * How to split a group so that each part fits the target: every group is filled up to the limit, and the last one
 * takes the rest, so that a later joiner never moves anybody. A group that fits stays one. Throws `RangeError`
 * when a number is not a whole number of at least 1 (`members` may be 0, the rate a fraction).
 */
export function planGroups(input: GroupPlanInput): GroupPlan {
  const { members, requestsPerSecond } = input;
  const batch = input.batch ?? DEFAULT_BATCH;
  const limit = input.maxPerGroup ?? Math.max(1, members);
  demandWhole("members", members, 0);
  demandWhole("maxPerGroup", limit, 1);
  demandWhole("batch", batch, 1);
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0)) {
    throw new RangeError("requestsPerSecond has to be more than 0");
  }
  const groups = Array.from({ length: Math.max(1, Math.ceil(members / limit)) }, (_, index): PlannedGroup => {
    const size = Math.min(limit, members - index * limit);
    return {
      number: index + 1,
      members: size,
      requests: REQUESTS_BESIDE_BATCHES + Math.ceil(size / batch),
    };
  });
  const requests = groups.reduce((sum, group) => sum + group.requests, 0);
  return {
    groups,
    names: groups.length === 1 ? "{name}" : "{name} {n}",
    requests,
    ...(requestsPerSecond === undefined ? {} : { seconds: Math.ceil(requests / requestsPerSecond) }),
  };
}

/** The name of one group of a plan. */
export function plannedName(plan: GroupPlan, name: string, group: PlannedGroup): string {
  return plan.names.replace(/\{(name|n)\}/g, (_, slot) => (slot === "name" ? name : String(group.number)));
}

function demandWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} has to be a whole number of at least ${least}`);
  }
}
