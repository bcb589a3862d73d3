import { type Answer, type Exchange, headerValue, type Request, type Send } from "../../model/exchange.ts";
import type { Asker, Sendable, Wire, WireAnswer, WireFailure } from "./wire.ts";

export interface OverSendOptions {
  readonly send: Send;
  readonly now: () => number;
  /** Milliseconds since the epoch at 0 of that scale. */
  readonly epoch: number;
  /** Closes what `send` uses; called once everything under way has ended. */
  readonly close: () => Promise<void>;
  /** Host and port, for heads; they are written by `send` itself, and only their size is counted here. */
  readonly authority: string;
  /** Asks the server something, to see that it can be reached; tells why not. Nothing is asked when absent. */
  readonly probe?: () => Promise<WireFailure | undefined>;
}

/**
 * A load over any `Send`: through a proxy, with a credential that is renewed under way, or in memory. Slower than sockets
 * of our own by what undici and its promises cost; everything else is the same.
 */
export class OverSend implements Wire {
  opened = 0;
  readonly idleClosed = 0;
  readonly connectsFailed = 0;
  readonly #options: OverSendOptions;
  readonly #stop = new AbortController();
  #underWay = 0;
  #allEnded: (() => void) | undefined;

  constructor(options: OverSendOptions) {
    this.#options = options;
  }

  /** `Send` keeps its connections to itself: what is told is how many exchanges were under way at most. */
  get open(): number {
    return this.opened;
  }

  headOf({ method, path, headers }: Request): string {
    const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    return `${method} ${path} HTTP/1.1\r\nhost: ${this.#options.authority}\r\n${fields}`;
  }

  send(sendable: Sendable, asker: Asker): number {
    const { now, send } = this.#options;
    const request = sendable.request();
    asker.sentAt = now();
    this.#underWay += 1;
    this.opened = Math.max(this.opened, this.#underWay);
    void send(request, this.#stop.signal).then((exchange) => {
      this.#underWay -= 1;
      const { outcome } = exchange;
      if (outcome.kind === "answer") asker.answered(new SentAnswer(exchange, outcome, now()));
      else asker.failed({ reason: outcome.reason, detail: outcome.detail });
      if (this.#underWay === 0) this.#allEnded?.();
    });
    const { head, body } = sendable;
    return head.length + (typeof body === "string" ? Buffer.byteLength(body) : (body?.length ?? 0));
  }

  silent(request: Request, { reason, detail }: WireFailure): Exchange {
    return {
      request,
      url: request.path,
      outcome: { kind: "silence", reason: reason === "idle-closed" ? "reset" : reason, detail },
      timing: { startedAt: Math.round(this.#options.epoch + this.#options.now()) },
    };
  }

  /** Nothing is opened ahead: `Send` opens what it needs. */
  openAhead(): Promise<WireFailure | undefined> {
    return this.#options.probe?.() ?? Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#allEnded = resolve;
    });
    this.#stop.abort();
    if (this.#underWay > 0) await ended;
    await this.#options.close();
  }
}

class SentAnswer implements WireAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly bodyStart = 0;
  readonly bodyEnd: number;
  readonly bytesIn: number;
  readonly at: number;
  readonly retryAfter: string | undefined;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, { status, headers, body }: Answer, at: number) {
    this.at = at;
    this.#exchange = exchange;
    this.status = status;
    this.body = Buffer.from(body);
    this.bodyEnd = this.body.length;
    this.bytesIn =
      this.bodyEnd + headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
    this.retryAfter = headerValue(headers, "Retry-After")?.trim();
  }

  toExchange(): Exchange {
    return this.#exchange;
  }
}
