import type { Problem } from "../model/problem.ts";
import { MOST_PLAYS_A_SECOND } from "../model/rate.ts";
import { namesHost } from "./consent.ts";
import type { LoadOptions } from "./load-options.ts";

/** What a load is about to do, as far as consent is concerned. */
export interface LoadIntention {
  readonly host: string;
  readonly isLoopback: boolean;
  readonly users: number;
  readonly groups: number;
  readonly members: number;
  readonly requests: number;
  /** Plays a second at the busiest moment. */
  readonly peakRate: number;
}

/** What a load may make on a host other than this machine before somebody says that more is meant. */
export const LOAD_CEILINGS = {
  users: 10_000,
  groups: 200,
  members: 5_000,
  requests: 100_000,
  rate: 100,
} as const;

/** More than this is no test of anybody's provisioning, on any host. */
const MOST_USERS = 2_000_000;

/** Why a load must not start; empty when it may. Loopback is free; any other host has to be named twice. */
export function loadRefusals(intention: LoadIntention, options: LoadOptions): readonly Problem[] {
  const { host, isLoopback, users, peakRate } = intention;
  const problems: Problem[] = [];
  if (users > MOST_USERS || peakRate > MOST_PLAYS_A_SECOND) {
    problems.push({
      place: { file: "load" },
      what: `${users} people at up to ${peakRate} plays a second is more than scim-check loads with.`,
      next: `Stay within ${MOST_USERS} people and ${MOST_PLAYS_A_SECOND} plays a second.`,
    });
  }
  if (isLoopback) return problems;
  const named = (hosts: readonly string[] | undefined) => hosts?.some((one) => namesHost(one, host)) === true;
  if (!named(options.allowLoad)) {
    problems.push({
      place: { file: "--allow-load" },
      what: `This puts ${host} under load, and nobody has allowed that.`,
      next: `Name the host a second time with --allow-load ${host}, if it is a server that may be loaded.`,
    });
  }
  if (!named(options.allowWrites)) {
    problems.push({
      place: { file: "--allow-writes" },
      what: `This creates users and groups on ${host}, and nobody has allowed that.`,
      next: `Name the host with --allow-writes ${host}.`,
    });
  }
  if (problems.length > 0) return problems;
  return ceilingProblems(intention, options);
}

function ceilingProblems(intention: LoadIntention, options: LoadOptions): readonly Problem[] {
  const given = {
    users: options.maxUsers,
    groups: options.maxGroups,
    members: options.maxMembers,
    requests: options.maxRequests,
  };
  const subjects = ["users", "groups", "members", "requests"] as const;
  const counted = subjects
    .filter((subject) => intention[subject] > (given[subject] ?? LOAD_CEILINGS[subject]))
    .map((subject) => ({
      place: { file: `--max-${subject}` },
      what: `This load would make about ${Math.ceil(intention[subject])} ${subject}; the ceiling is ${given[subject] ?? LOAD_CEILINGS[subject]}.`,
      next: `Raise it with --max-${subject} ${Math.ceil(intention[subject])} if that is meant.`,
    }));
  const ceiling = options.maxRate ?? LOAD_CEILINGS.rate;
  if (intention.peakRate <= ceiling) return counted;
  return [
    ...counted,
    {
      place: { file: "--max-rate" },
      what: `This load would start up to ${Math.ceil(intention.peakRate)} plays in a second; the ceiling is ${ceiling}.`,
      next: `Raise it with --max-rate ${Math.ceil(intention.peakRate)} if that is meant.`,
    },
  ];
}
