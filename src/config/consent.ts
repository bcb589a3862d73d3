import type { Problem } from "../model/problem.ts";
import { type Ceilings, LARGEST_BURST, LARGEST_GROUP } from "./ceilings.ts";

/** What a run is about to do, as far as consent is concerned. */
export interface Intention {
  /** Host name, with the port if the URL names one. */
  readonly host: string;
  readonly isLoopback: boolean;
  readonly writes: boolean;
  readonly users: number;
  readonly groups: number;
  readonly members: number;
  readonly requests: number;
  readonly burst: number;
}

/**
 * Why a run must not start; empty when it may. Loopback is free. Any other host has to be named a second time
 * before anything is written, and what exceeds a ceiling has to be meant.
 */
export function refusals(
  intention: Intention,
  allowWrites: readonly string[],
  ceilings: Ceilings,
): readonly Problem[] {
  return [
    ...hardLimits(intention),
    ...(intention.isLoopback ? [] : remoteRefusals(intention, allowWrites, ceilings)),
  ];
}

function hardLimits({ members, burst }: Intention): readonly Problem[] {
  const problems: Problem[] = [];
  if (members > LARGEST_GROUP) {
    problems.push({
      place: { file: "--large-group" },
      what: `A group of ${members} members is more than scim-check makes (${LARGEST_GROUP}).`,
      next: `Ask for ${LARGEST_GROUP} or fewer.`,
    });
  }
  if (burst > LARGEST_BURST) {
    problems.push({
      place: { file: "--burst" },
      what: `A burst of ${burst} requests is more than scim-check sends at once (${LARGEST_BURST}).`,
      next: `Ask for ${LARGEST_BURST} or fewer.`,
    });
  }
  return problems;
}

function remoteRefusals(
  intention: Intention,
  allowWrites: readonly string[],
  ceilings: Ceilings,
): readonly Problem[] {
  if (!intention.writes) return [];
  if (!allowWrites.some((host) => namesHost(host, intention.host))) {
    return [
      {
        place: { file: "--allow-writes" },
        what: `This run creates users and groups on ${intention.host}, and nobody has allowed that.`,
        next: `Name the host a second time with --allow-writes ${intention.host}, or use --read-only.`,
      },
    ];
  }
  const subjects = ["users", "groups", "members", "requests"] as const;
  return subjects
    .filter((subject) => intention[subject] > ceilings[subject])
    .map((subject) => ({
      place: { file: `--max-${subject}` },
      what: `This run would make about ${intention[subject]} ${subject}; the ceiling is ${ceilings[subject]}.`,
      next: `Raise it with --max-${subject} ${intention[subject]} if that is meant.`,
    }));
}

// A host given without a port means every port of that host.
export function namesHost(given: string, host: string): boolean {
  const one = given.toLowerCase();
  const other = host.toLowerCase();
  return one === other || one === other.replace(/:\d+$/, "");
}
