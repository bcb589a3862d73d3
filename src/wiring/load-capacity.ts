import { LOAD_CEILINGS } from "../config/load-consent.ts";
import type { LoadOptions } from "../config/load-options.ts";
import { durationOf } from "../config/override-plan.ts";
import type { LoadReport } from "../model/load.ts";
import { type LoadContext, loadOnce } from "./load.ts";
import type { PreparedLoad } from "./prepare-load.ts";
import type { OpenTarget } from "./target.ts";

/** Each rate is tried for so long unless `--for` says otherwise. */
const TRIAL_MS = 15_000;
const TRIAL_WARM_UP_MS = 2_000;
const FROM = 5;
const LOOPBACK_UP_TO = 20_000;

/** Searches for the highest rate at which every threshold holds. The report is that of the last trial, with the answer. */
export async function findCapacity(
  prepared: PreparedLoad,
  open: OpenTarget,
  options: LoadOptions,
  context: LoadContext,
): Promise<LoadReport> {
  const { searchCapacity } = await import("../load/capacity-search.ts");
  const { plan, cost, server } = prepared;
  const forMs = options.for ?? Math.min(TRIAL_MS, durationOf(plan));
  const made = cost.users - plan.population.users;
  const upTo = options.maxRate ?? (server.facts.isLoopback ? LOOPBACK_UP_TO : LOAD_CEILINGS.rate);
  const attempt = (rate: number, phase: "step-up" | "bisect" | "confirm") => {
    context.onProgress?.({ kind: "capacity", phase, rate });
    const { closed: _closed, ...open_ } = plan;
    const trial = {
      ...open_,
      stages: [{ kind: "constant" as const, rate, forMs }],
      warmUpMs: Math.min(TRIAL_WARM_UP_MS, forMs / 5),
    };
    return loadOnce({ ...prepared, plan: trial }, open, options, context);
  };
  const { capacity, last } = await searchCapacity({
    from: Math.min(options.playRate ?? FROM, upTo),
    upTo,
    attempt,
    peoplePerPlay: cost.plays === 0 ? 0 : made / cost.plays,
    signal: context.signal ?? new AbortController().signal,
  });
  if (last === undefined) throw new Error("no rate was tried");
  return { ...last, capacity, outcome: outcomeOf(last, capacity) };
}

function outcomeOf(last: LoadReport, capacity: NonNullable<LoadReport["capacity"]>): LoadReport["outcome"] {
  if (last.outcome.exitCode === 130) return last.outcome;
  const { rate, trials, gaveWay, peoplePerHour } = capacity;
  if (rate === undefined) {
    const saw = (wanted: string) => trials.some(({ verdict }) => verdict === wanted);
    if (saw("met")) {
      return {
        exitCode: 3,
        why: `No rate held each time that it was tried. What gave way first: ${gaveWay}.`,
      };
    }
    return saw("breached")
      ? { exitCode: 1, why: `Not even the lowest rate held: ${gaveWay}.` }
      : { exitCode: 3, why: `No rate could be judged: ${gaveWay}.` };
  }
  const people =
    peoplePerHour === undefined ? "" : `, about ${peoplePerHour.toLocaleString("en-US")} people an hour`;
  return {
    exitCode: 0,
    why: `${rate} plays a second hold${people}. First to give way: ${gaveWay}.`,
  };
}
