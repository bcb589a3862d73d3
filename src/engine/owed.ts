import type { Exchange, Request } from "../model/exchange.ts";
import type { Ledger, Owed } from "../model/ledger.ts";

/**
 * What a play still has to undo: on disk before it is done, and gone once it is undone. Kept by the step that does it.
 */
export class OwedLog {
  readonly #ledger: Pick<Ledger, "owe" | "paid">;
  readonly #play: string;
  readonly #open = new Map<string, Request>();

  constructor(ledger: Pick<Ledger, "owe" | "paid">, play: string) {
    this.#ledger = ledger;
    this.#play = play;
  }

  /** The latest first: what was done last is undone first. */
  get open(): readonly (Owed & { readonly step: string })[] {
    return [...this.#open].map(([step, request]) => ({ id: this.#idOf(step), step, request })).toReversed();
  }

  owe(step: string, request: Request): void {
    this.#open.set(step, request);
    this.#ledger.owe?.({ id: this.#idOf(step), request });
  }

  paid(step: string): void {
    if (this.#open.delete(step)) this.#ledger.paid?.(this.#idOf(step));
  }

  #idOf(step: string): string {
    return `${this.#play}/${step}`;
  }
}

/** Whether something is undone: by this answer, or because there is nothing to undo. */
export function isUndone(exchange: Exchange | undefined): boolean {
  if (exchange?.outcome.kind !== "answer") return false;
  const { status } = exchange.outcome;
  return (status >= 200 && status < 300) || status === 404 || status === 410;
}

/** Whether something was refused outright, so that there is nothing to undo. */
export function wasRefused(exchange: Exchange | undefined): boolean {
  if (exchange?.outcome.kind !== "answer") return false;
  const { status } = exchange.outcome;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
