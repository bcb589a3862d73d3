import { REPEATABLE, type Request } from "../../model/exchange.ts";
import type { Sendable, Wire } from "./wire.ts";

/** A request that is sent once, as a wire wants it. */
export class RequestSendable implements Sendable {
  readonly head: string;
  readonly body: string | undefined;
  readonly isAscii: boolean;
  readonly isHead: boolean;
  readonly isIdempotent: boolean;
  readonly freshConnection: boolean;
  readonly timeoutMs: number;
  readonly sent: Request;

  constructor(wire: Pick<Wire, "headOf">, request: Request) {
    this.sent = request;
    this.head = wire.headOf(request);
    this.body = request.body;
    this.isAscii = request.body === undefined || Buffer.byteLength(request.body) === request.body.length;
    this.isHead = request.method === "HEAD";
    this.isIdempotent = REPEATABLE.has(request.method);
    this.freshConnection = request.freshConnection === true;
    this.timeoutMs = request.timeoutMs ?? 0;
  }

  request(): Request {
    return this.sent;
  }
}
