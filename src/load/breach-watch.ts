import type { Threshold } from "../model/load-plan.ts";
import { healthOf } from "./health.ts";
import type { ShardResult } from "./shard-result.ts";
import { decideThreshold } from "./thresholds.ts";

/** A breach has to be seen so many seconds in a row: the first percentiles of a run jump about. */
const IN_A_ROW = 3;

/** Watches for a threshold that is broken while the load still runs. */
export class BreachWatch {
  readonly #thresholds: readonly Threshold[];
  #inARow = 0;

  constructor(thresholds: readonly Threshold[]) {
    this.#thresholds = thresholds;
  }

  /** To be called once a second. Tells why the load should end, if so. */
  look(whole: ShardResult): string | undefined {
    // Times and rates that are this machine's own break nothing, now as at the end.
    const decided = { whole, generator: healthOf(whole) };
    const breached = this.#thresholds
      .map((threshold) => decideThreshold(threshold, decided))
      .find(({ verdict }) => verdict === "breached");
    this.#inARow = breached === undefined ? 0 : this.#inARow + 1;
    return this.#inARow >= IN_A_ROW ? breached?.why : undefined;
  }
}
