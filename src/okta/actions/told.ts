import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { jsonBody } from "../../model/json-body.ts";
import type { ActionContext } from "../../model/play.ts";

/** The status of an exchange, or 0 where no answer came. */
export const statusOf = ({ outcome }: Exchange): number => (outcome.kind === "answer" ? outcome.status : 0);

export function isSuccess(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status >= 200 && status < 300;
}

/** The JSON an exchange was answered with, whatever the status; undefined when it is none. */
export function jsonOf({ outcome }: Exchange): Json | undefined {
  return outcome.kind === "answer" ? jsonBody(outcome) : undefined;
}

/** The id in a successful answer, as text; null when it tells none. */
export function idOf(exchange: Exchange): string | null {
  const body = isSuccess(exchange) ? jsonOf(exchange) : undefined;
  const id = isJsonObject(body) ? body.id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : null;
}

/**
 * The exchanges of an action that sends one request after the other. The latest one is the step's answer and stays whole;
 * of those before it no more is kept than a report shows, because a server may answer each with megabytes.
 */
export class SentInTurn {
  readonly #brief: ActionContext["brief"];
  readonly #before: Exchange[] = [];
  #latest: Exchange | undefined;

  constructor({ brief }: Pick<ActionContext, "brief">) {
    this.#brief = brief;
  }

  add(exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) {
      if (this.#latest !== undefined) this.#before.push(this.#brief(this.#latest));
      this.#latest = exchange;
    }
  }

  /** How many there are: the number of the next one, counted from 0. */
  get count(): number {
    return this.#latest === undefined ? 0 : this.#before.length + 1;
  }

  get all(): readonly Exchange[] {
    return this.#latest === undefined ? [] : [...this.#before, this.#latest];
  }
}
