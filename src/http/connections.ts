import type { Connection } from "./connection.ts";

/**
 * Keeps connections alive between exchanges and hands each to one exchange at a time (no pipelining).
 * Ours rather than undici's pool, because it knows whether an exchange went over a used connection, and because the
 * wait for a free one is our own doing and must not be counted as the server's time.
 */
export class Connections {
  readonly #open: () => Connection;
  readonly #most: number;
  readonly #busy = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #closing = new Set<Promise<void>>();

  /** @param most how many may be open at once */
  constructor(open: () => Connection, most: number) {
    this.#open = open;
    this.#most = most;
    // Opened at once, so that a proxy that cannot be read is known before anything is sent. No socket is made yet.
    this.#idle.push(open());
  }

  /** Waits for a connection; undefined once the signal is aborted. */
  async take(fresh: boolean, signal: AbortSignal): Promise<Connection | undefined> {
    while (this.#busy.size >= this.#most && !signal.aborted) await this.#turn(signal);
    if (signal.aborted) return undefined;
    let connection = fresh ? undefined : this.#idle.pop();
    if (connection === undefined) {
      const surplus = this.#busy.size + this.#idle.length >= this.#most ? this.#idle.shift() : undefined;
      if (surplus !== undefined) this.#discard(surplus);
      connection = this.#open();
    }
    this.#busy.add(connection);
    return connection;
  }

  /** @param keep whether a later exchange may use it */
  giveBack(connection: Connection, keep: boolean): void {
    this.#busy.delete(connection);
    if (keep) this.#idle.push(connection);
    else this.#discard(connection);
    this.#waiting.shift()?.();
  }

  /** Closes what is idle, and waits until every socket is closed. The exchanges have to be over. */
  async close(): Promise<void> {
    for (const connection of this.#idle.splice(0)) this.#discard(connection);
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  #discard(connection: Connection): void {
    const closing = connection.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        const place = this.#waiting.indexOf(go);
        if (place !== -1) this.#waiting.splice(place, 1);
        resolve();
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(go);
    });
  }
}
