import type { Connection } from "./connection.ts";

/** Of more than this many requests, none waits for the others: what is sent late is sent late by our doing. */
const MOST = 64;
/** When so many in a row had no other to leave with, this many are written without waiting. */
const [ALONE, WITHOUT_WAITING] = [4, 60];

/**
 * Requests that follow from answers, to be written when all answers that came together are read. A server that
 * sleeps is then woken once for all of them, at the cost of whoever writes: a quarter less time in the kernel. Where
 * answers come one by one there is nothing to wait for, and the wait itself is saved, but for a look now and then
 * whether that is still so. A request counts as sent when it is written, so that the wait shows as send lag.
 */
export class Departures {
  readonly #due: Pick<Connection, "depart">[] = [];
  /** Times in a row that a request was due alone. */
  #alone = 0;
  /** Requests still to be written without waiting. */
  #withoutWaiting = 0;

  /** @param connection has taken a request */
  add(connection: Pick<Connection, "depart">): void {
    if (this.#withoutWaiting > 0) {
      this.#withoutWaiting -= 1;
      connection.depart();
      return;
    }
    const due = this.#due.push(connection);
    if (due === 1) setImmediate(this.#leave);
    else if (due >= MOST) this.#leave();
  }

  readonly #leave = (): void => {
    const due = this.#due;
    this.#alone = due.length === 1 ? this.#alone + 1 : 0;
    if (this.#alone === ALONE) {
      this.#alone = 0;
      this.#withoutWaiting = WITHOUT_WAITING;
    }
    for (let at = 0; at < due.length; at += 1) (due[at] as Pick<Connection, "depart">).depart();
    due.length = 0;
  };
}
