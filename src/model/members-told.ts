import type { Difference } from "./evidence.ts";

/** How many members a group ought to have, as a finding says it. */
export const membersTold = (count: number): string => `${count} ${count === 1 ? "member" : "members"}`;

/** How many of them it lacks, and some of those by id. */
export const missingTold = (count: number, some: string): string => `${count} missing: ${some}`;

/** Whether a finding says that a group lacks everybody who ought to be in it. */
export function lacksEverybody({ where, expected, actual }: Difference): boolean {
  const [, missing] = /^(\d+) missing: /.exec(actual) ?? [];
  return where === "body members" && missing !== undefined && expected === membersTold(Number(missing));
}
