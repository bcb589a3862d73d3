import { BadInput } from "../model/problem.ts";
import { playedLimitOf, ratesOf, type TargetProfile } from "../model/target.ts";
import type { RenderOptions } from "../report/format.ts";
import { profileNamed } from "./profile.ts";

/** Numbers on the command line beat the profile's. */
export interface PlanGroupsOptions {
  readonly members: number;
  readonly maxGroupMembers?: number;
  /** Name or path of a target profile. */
  readonly target?: string;
  /** Membership changes in one request; 100 when absent. */
  readonly batch?: number;
  /** Requests a second. */
  readonly rate?: number;
}

/** How a large group is split, as text. Throws `BadInput` when no limit is known. */
export async function planGroups(options: PlanGroupsOptions, style: RenderOptions = {}): Promise<string> {
  const profile = options.target === undefined ? undefined : await profileNamed(options.target);
  const limit = options.maxGroupMembers ?? playedLimitOf(profile, "group-members");
  if (limit === undefined) {
    throw new BadInput([
      {
        place: { file: "--max-group-members" },
        what:
          profile === undefined
            ? "No limit of members per group is known."
            : `${profile.product} documents no limit of members per group.`,
        next: "Give --max-group-members N, or --target with a profile that has one.",
      },
    ]);
  }
  const rate = options.rate ?? perSecondOf(profile);
  const batch = Math.min(
    options.batch ?? 100,
    playedLimitOf(profile, "operations-per-patch") ?? Infinity,
    playedLimitOf(profile, "members-per-request") ?? Infinity,
  );
  const [{ planGroups: plan }, { groupPlanText }] = await Promise.all([
    import("../targets/plan-groups.ts"),
    import("../report/group-plan.ts"),
  ]);
  const planned = plan({
    members: options.members,
    maxPerGroup: limit,
    batch,
    ...(rate === undefined ? {} : { requestsPerSecond: rate }),
  });
  return groupPlanText(
    {
      ...planned,
      members: options.members,
      limit,
      batch,
      ...(profile === undefined ? {} : { product: profile.product }),
    },
    style,
  );
}

/** The slowest rate that the product documents, whatever it is of: a plan is no place to be bold. */
function perSecondOf(profile: TargetProfile | undefined): number | undefined {
  const perSecond = playedLimitOf(profile, "requests-per-second") ?? Infinity;
  const slowest = Math.min(perSecond, ...ratesOf(profile).map((rate) => rate.perSecond));
  return Number.isFinite(slowest) ? slowest : undefined;
}
