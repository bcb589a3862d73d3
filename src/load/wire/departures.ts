import type { Connection } from "./connection.ts";

/** Of more than this many requests, none waits for the others: what is sent late is sent late by our doing. */
const MOST = 64;

/**
 * Requests that follow from answers, to be written when all answers that came together are read. A server that
 * sleeps is then woken once for all of them, at the cost of whoever writes: a quarter less time in the kernel. A request
 * counts as sent when it is written, so that the wait shows as send lag.
 */
export class Departures {
  readonly #due: Connection[] = [];

  /** @param connection has taken a request */
  add(connection: Connection): void {
    const due = this.#due.push(connection);
    if (due === 1) setImmediate(this.#leave);
    else if (due >= MOST) this.#leave();
  }

  readonly #leave = (): void => {
    const due = this.#due;
    for (let at = 0; at < due.length; at += 1) (due[at] as Connection).depart();
    due.length = 0;
  };
}
