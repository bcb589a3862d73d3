import type { Observation, Trial } from "../../src/model/self-test.ts";
import { trialsOf } from "../../src/self-test/trials.ts";
import { observerHere } from "../../src/wiring/self-test.ts";
import { variationTables } from "../../src/wiring/variations.ts";
import aboutConcurrency from "./about-concurrency.json" with { type: "json" };

/** Servers whose answers depend on how much comes at once, each with the reason; the bench names them too. */
export const ABOUT_CONCURRENCY: ReadonlyMap<string, string> = new Map(Object.entries(aboutConcurrency));

/** Trials in memory: the sound servers, and every defect and quirk that is not about concurrency. */
export async function trialsInMemory(seed: number): Promise<readonly Trial[]> {
  const trials = trialsOf(await variationTables(), seed);
  return trials.filter(
    ({ layer, variations }) => layer === "app" && !variations.some((name) => ABOUT_CONCURRENCY.has(name)),
  );
}

/** Plays one trial with so many scenarios at once. */
export async function observing(
  seed: number,
  concurrency: number,
): Promise<(trial: Trial) => Promise<Observation>> {
  return observerHere(await variationTables(), {
    seed,
    isWhole: true,
    signal: new AbortController().signal,
    concurrency,
  });
}

/** One line for each claim whose verdict differs. */
export function differences(one: Observation, other: Observation): readonly string[] {
  const verdictsOf = ({ claims }: Observation) =>
    new Map(claims.map(({ claim, verdict }) => [claim, verdict]));
  const [left, right] = [verdictsOf(one), verdictsOf(other)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((claim) => left.get(claim) !== right.get(claim))
    .map((claim) => `${claim}: ${left.get(claim) ?? "absent"}, then ${right.get(claim) ?? "absent"}`);
}
