import type { RenderOptions } from "./format.ts";
import { PLAIN_STYLE } from "./style.ts";
import { countText, durationText, plural } from "./wording.ts";

/** How a large group is split, as the planner and the target's limits say. */
export interface GroupPlanReport {
  /** Members of the whole group. */
  readonly members: number;
  /** Members one group may have. */
  readonly limit: number;
  /** Membership changes in one request. */
  readonly batch: number;
  readonly product?: string;
  readonly groups: readonly {
    readonly number: number;
    readonly members: number;
    readonly requests: number;
  }[];
  readonly names: string;
  readonly requests: number;
  /** How long the first push takes at least, where the target's rate is known. */
  readonly seconds?: number;
}

const LISTED = 20;

/** The plan as a person reads it: how many groups, of what size, in how many requests, how long. */
export function groupPlanText(plan: GroupPlanReport, options: RenderOptions = {}): string {
  const { bold, dim } = options.style ?? PLAIN_STYLE;
  const { groups, members, limit, batch, product, requests, seconds, names } = plan;
  const allowed =
    product === undefined
      ? `a group may have ${countText(limit)}`
      : `${product} allows ${countText(limit)} in a group`;
  const time = seconds === undefined ? "no rate is known" : `at least ${durationText(seconds * 1000)}`;
  const listed = groups.slice(0, LISTED).map(({ number, members: size, requests: needed }) => {
    const name = names.replace("{name}", "NAME").replace("{n}", String(number));
    return `  ${name.padEnd(9)} ${plural(size, "member").padStart(14)}  ${plural(needed, "request")}`;
  });
  const rest = groups.length - LISTED;
  return [
    bold(
      groups.length === 1
        ? `${plural(members, "member fits", "members fit")} into one group: ${allowed}.`
        : `${plural(members, "member")} need ${groups.length} groups: ${allowed}.`,
    ),
    ...listed,
    ...(rest > 0 ? [`  … and ${rest} more of ${plural(limit, "member")}`] : []),
    `${plural(requests, "request")} in all, in batches of ${batch} for a catalogue app (OIN); ${time}.`,
    dim("A custom app (AIW) sends each whole group in one PUT, and again for every change."),
    "",
  ].join("\n");
}
