import { LONGEST_MS } from "../model/duration.ts";
import type { Problem } from "../model/problem.ts";
import type { RunOptions } from "./options.ts";

/** Times of which nothing means something: a write that has to show in the very next read. */
const MAY_BE_NOTHING: ReadonlySet<string> = new Set(["settle"]);

/** Why times that were given cannot be kept, wherever they come from; none where all can. */
export function unusableTimes(
  times: Pick<RunOptions, "timeout" | "deadline" | "settle">,
): readonly Problem[] {
  return (["timeout", "deadline", "settle"] as const).flatMap((name) => {
    const ms = times[name];
    const least = MAY_BE_NOTHING.has(name) ? 0 : 1;
    if (ms === undefined || (ms >= least && ms <= LONGEST_MS)) return [];
    const next = ms > LONGEST_MS ? "Give at most 24 days, 596h." : `Give at least ${least}ms.`;
    return [{ place: { file: `--${name}` }, what: `${ms} ms cannot be waited for.`, next }];
  });
}
