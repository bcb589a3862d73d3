import { BadInput } from "../model/problem.ts";
import type { LimitSubject, TargetProfile } from "../model/target.ts";

/** The target profile of that name or path. Throws `BadInput` with everything wrong with it. */
export async function profileNamed(name: string): Promise<TargetProfile> {
  const { loadTarget } = await import("../targets/load-target.ts");
  const loaded = loadTarget(name);
  if (!loaded.ok) throw new BadInput(loaded.problems);
  return loaded.profile;
}

/** A limit as the product documents it: the smallest where several facts name one; open facts bind nobody. */
export function limitOf(profile: TargetProfile | undefined, subject: LimitSubject): number | undefined {
  const limits = profile?.facts.filter(({ limit, grade }) => limit?.subject === subject && grade !== "open");
  const values = limits?.flatMap(({ limit }) => (limit === undefined ? [] : [limit.value])) ?? [];
  return values.length === 0 ? undefined : Math.min(...values);
}
