import type { Exchange } from "../model/exchange.ts";
import type { Scenario, SendStep, Step } from "../model/scenario.ts";
import { MissingValue, type Scope } from "./fill.ts";
import { isUndone, type OwedLog, wasRefused } from "./owed.ts";
import { requestOf, type Speak } from "./request.ts";

/** Keeps on record what undoes each step of a play, from before the step is sent until it is undone. */
export class Owing {
  readonly #log: OwedLog;
  readonly #scope: Scope;
  readonly #speak: Speak;
  /** The step that undoes another, by that other. */
  readonly #undoing: ReadonlyMap<string, SendStep>;

  constructor(log: OwedLog, { steps }: Pick<Scenario, "steps">, scope: Scope, speak: Speak) {
    this.#log = log;
    this.#scope = scope;
    this.#speak = speak;
    this.#undoing = new Map(
      steps.flatMap((step) =>
        step.kind === "send" && step.undoes !== undefined ? [[step.undoes, step] as const] : [],
      ),
    );
  }

  /** Before a step is sent, as far as what undoes it is known by then. */
  before({ id }: Step): void {
    const undoing = this.#undoing.get(id);
    if (undoing === undefined) return;
    try {
      this.#log.owe(id, requestOf(undoing, this.#scope, this.#speak));
    } catch (problem) {
      // It needs what the answer will tell.
      if (!(problem instanceof MissingValue)) throw problem;
    }
  }

  /** After its answer, or the want of one. */
  after(step: Step, exchange: Exchange | undefined): void {
    if (step.undoes !== undefined && isUndone(exchange)) this.#log.paid(step.undoes);
    if (!this.#undoing.has(step.id)) return;
    if (wasRefused(exchange)) this.#log.paid(step.id);
    else this.before(step);
  }
}
