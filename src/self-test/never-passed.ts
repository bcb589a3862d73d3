import type { Behaviour } from "../model/behaviour.ts";
import type { Observation } from "../model/self-test.ts";
import { NEVER_SHOWN } from "./never-shown.ts";

/** One sentence for each claim that can be judged, passed on no permitted server, and is not known to be out of reach. */
export function neverPassed(
  permitted: readonly Observation[],
  catalogue: readonly Behaviour[],
): readonly string[] {
  const passed = new Set(
    permitted.flatMap(({ claims }) =>
      claims.filter(({ verdict }) => verdict === "pass").map(({ claim }) => claim),
    ),
  );
  const whyOpen = new Map(
    permitted.flatMap(({ claims }) =>
      claims.map(({ claim, verdict, seen }) => [claim, seen ?? verdict] as const),
    ),
  );
  return catalogue
    .filter(({ notJudged }) => notJudged === undefined)
    .flatMap(({ claims }) => claims)
    .filter(({ id }) => !passed.has(id) && !NEVER_SHOWN.has(id))
    .map(({ id }) => `${id} passed on no permitted server (${whyOpen.get(id) ?? "nobody asked"})`);
}
