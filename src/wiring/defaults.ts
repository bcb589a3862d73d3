import { type Ceilings, DEFAULT_CEILINGS } from "../config/ceilings.ts";
import { COUNT, type Numbers, unusableIn } from "../config/numbers.ts";
import type { RunOptions } from "../config/options.ts";
import { OKTA_ACTIONS, type OktaAction, type RunSettings } from "../conformance/settings.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { DocumentedRate } from "../model/target.ts";

/** Facts about the target that defaults depend on. */
export interface TargetFacts {
  readonly kind: "embedded" | "remote";
  readonly isLoopback: boolean;
  /** Limits of the target profile, where one was chosen. */
  readonly groupMembers?: number;
  readonly requestsPerSecond?: number;
  readonly rates?: readonly DocumentedRate[];
}

const EMBEDDED_LARGE_GROUP = 2_000;
// Where people can be made at a few a second, the 256 that Okta's documents name have to do.
const EMBEDDED_PACED_GROUP = 256;
const LOOPBACK_BURST = 60;
// Below a documented rate by a margin, because our clock and the server's window do not start together.
const PACE = 0.8;

export function ceilingsOf(options: RunOptions): Ceilings {
  return {
    users: options.maxUsers ?? DEFAULT_CEILINGS.users,
    groups: options.maxGroups ?? DEFAULT_CEILINGS.groups,
    members: options.maxMembers ?? DEFAULT_CEILINGS.members,
    requests: options.maxRequests ?? DEFAULT_CEILINGS.requests,
    rate: options.rate ?? DEFAULT_CEILINGS.rate,
  };
}

/** Every option with its default, as the run takes it. Throws `BadInput` for words and numbers that are none. */
export function settingsOf(options: RunOptions, target: TargetFacts, seed: number): RunSettings {
  requireNumbers(options);
  const paces = (target.rates ?? []).map((one) => ({
    ...one,
    perSecond: one.perSecond * PACE,
    burst: Math.max(1, Math.floor(one.burst * PACE)),
  }));
  const usualGroup = paces.length === 0 ? EMBEDDED_LARGE_GROUP : EMBEDDED_PACED_GROUP;
  // A product that documents a smaller limit is not asked for more.
  const embeddedGroup = Math.min(usualGroup, target.groupMembers ?? usualGroup);
  const largeGroup = options.largeGroup ?? (target.kind === "embedded" ? embeddedGroup : undefined);
  const burst = options.burst ?? (target.isLoopback ? LOOPBACK_BURST : undefined);
  const maxGroupMembers = options.maxGroupMembers ?? target.groupMembers;
  const rate = rateOf(options, target);
  return {
    oktaApps: options.oktaApp === undefined ? ["aiw", "oin"] : [options.oktaApp],
    standard: options.standard ?? "okta",
    actions: actionsOf(options.actions),
    ...(options.pushedGroups === undefined ? {} : { groups: options.pushedGroups }),
    onlyScenarios: options.scenario ?? [],
    onlyBehaviours: options.behaviour ?? [],
    readOnly: options.readOnly ?? false,
    ...(largeGroup === undefined ? {} : { largeGroup }),
    ...(burst === undefined ? {} : { burst }),
    ...(maxGroupMembers === undefined ? {} : { maxGroupMembers }),
    maxPages: options.maxPages ?? 50,
    settleMs: options.settle ?? 2_000,
    ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline }),
    oktaWaits: options.oktaWaits ?? false,
    concurrency: options.concurrency ?? (target.isLoopback ? 8 : 4),
    ...(rate === undefined ? {} : { rate }),
    ...(paces.length === 0 ? {} : { paces }),
    maxRequests: target.isLoopback
      ? (options.maxRequests ?? Number.MAX_SAFE_INTEGER)
      : ceilingsOf(options).requests,
    strict: options.strict ?? false,
    showForeignData: options.showForeignData ?? false,
    inputs: options.input ?? {},
    seed,
  };
}

const NUMBERS: Numbers = {
  burst: ["--burst", COUNT],
  largeGroup: ["--large-group", COUNT],
  maxGroupMembers: ["--max-group-members", COUNT],
  maxPages: ["--max-pages", COUNT],
  maxUsers: ["--max-users", COUNT],
  maxGroups: ["--max-groups", COUNT],
  maxMembers: ["--max-members", COUNT],
  maxRequests: ["--max-requests", COUNT],
  concurrency: ["--concurrency", COUNT],
  rate: ["--rate", { allows: (value) => (value as number) > 0, next: "It has to be a number above 0." }],
} satisfies { readonly [Name in keyof RunOptions]: Numbers[string] };

function requireNumbers(options: RunOptions): void {
  const problems = unusableIn(NUMBERS, options);
  if (problems.length > 0) throw new BadInput(problems);
}

function rateOf(options: RunOptions, target: TargetFacts): number | undefined {
  if (options.rate !== undefined) return options.rate;
  if (target.requestsPerSecond !== undefined) return target.requestsPerSecond * PACE;
  return target.isLoopback ? undefined : DEFAULT_CEILINGS.rate;
}

function actionsOf(given: readonly string[] | undefined): readonly OktaAction[] {
  if (given === undefined) return OKTA_ACTIONS;
  const isAction = (word: string): word is OktaAction => OKTA_ACTIONS.some((action) => action === word);
  const problems: Problem[] = given
    .filter((word) => !isAction(word))
    .map((word) => ({
      place: { file: "--actions" },
      what: `${JSON.stringify(word)} is no switch of Okta's Provisioning tab.`,
      next: `Expected some of ${OKTA_ACTIONS.join(", ")}, separated by commas.`,
    }));
  if (problems.length > 0) throw new BadInput(problems);
  return given.filter(isAction);
}
