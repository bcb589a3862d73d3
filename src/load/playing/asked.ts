import type { Exchange, Request } from "../../model/exchange.ts";
import { RequestSendable } from "../wire/request-sendable.ts";
import type { Asker, WireAnswer, WireFailure } from "../wire/wire.ts";
import type { Surroundings } from "./surroundings.ts";

/** One request of a play in full, on its way. */
export class Asked extends RequestSendable implements Asker {
  sentAt = 0;
  status = 0;
  silence: WireFailure["reason"] | undefined;
  retryAfter: string | undefined;
  bytesIn = 0;
  endedAt = 0;
  readonly bytesOut: number;
  readonly exchange: Promise<Exchange>;
  readonly #shared: Surroundings;
  #settle: (exchange: Exchange) => void = () => {};

  constructor(shared: Surroundings, request: Request) {
    const { wire } = shared.setup;
    super(wire, request);
    this.#shared = shared;
    this.exchange = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.bytesOut = wire.send(this, this);
  }

  waitedMs(since: number): number {
    return this.sentAt - since;
  }

  answered(answer: WireAnswer): void {
    this.status = answer.status;
    this.bytesIn = answer.bytesIn;
    this.retryAfter = answer.retryAfter;
    this.endedAt = answer.at;
    this.#settle(answer.toExchange(this.sent));
  }

  failed(failure: WireFailure): void {
    this.endedAt = this.#shared.setup.now();
    if (this.sentAt === 0) this.sentAt = this.endedAt;
    this.silence = failure.reason;
    this.#settle(this.#shared.setup.wire.silent(this.sent, failure));
  }
}
