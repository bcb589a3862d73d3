import type { Exchange, Request, SilenceReason } from "../../model/exchange.ts";

/** Why no usable answer came. `detail` is one sentence for a person, without secrets. */
export interface WireFailure {
  readonly reason: SilenceReason | "idle-closed";
  readonly detail: string;
  /** What to do about it, where the reason alone does not tell. */
  readonly remedy?: string;
}

/**
 * An answer as it lies in the reading buffer. There is one for each wire, filled anew for every answer: whoever wants
 * to keep something of it copies it before returning.
 */
export interface WireAnswer {
  readonly status: number;
  /** Holds the body, any content coding removed. */
  readonly body: Buffer;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Bytes of the whole answer, as they came. */
  readonly bytesIn: number;
  /** When the last of it was read, on the scale of `now`; what is done with it afterwards is no time of the server's. */
  readonly at: number;
  /** Value of the first Retry-After, trimmed; undefined when there was none. */
  readonly retryAfter: string | undefined;
  /** The answer to this request as an exchange, secrets masked. Costs microseconds: for what is judged in full. */
  toExchange(request: Request): Exchange;
}

/** A request under way, and who waits for its answer. Of the two callbacks one is called, exactly once. */
export interface Asker {
  /** Written by the wire when the request leaves, on the scale of `now`. 0 before. */
  sentAt: number;
  answered(answer: WireAnswer): void;
  failed(failure: WireFailure): void;
}

/** What is fixed about a request, prepared once and sent many times. */
export interface Sendable {
  /** The head up to and without `content-length` and the final empty line. Latin-1. */
  readonly head: string;
  /** Text, or bytes that are kept and sent again as they are; undefined when there is none. */
  readonly body: string | Buffer | undefined;
  /** Whether every character of a text body is below U+0080, so that its length is its length in bytes. */
  readonly isAscii: boolean;
  /** All bytes of the request, where they are the same each time it is sent. */
  readonly whole?: Buffer | undefined;
  readonly isHead: boolean;
  /** Sending it twice changes nothing, so that it may be sent again after an idle connection was closed. */
  readonly isIdempotent: boolean;
  readonly freshConnection: boolean;
  /** Milliseconds for the whole exchange; the wire's own when 0. */
  readonly timeoutMs: number;
  /** The same as a request, for ways that do not write heads themselves. */
  request(): Request;
}

/** The way to a server, for many requests: over our own sockets, over a `Send` (a proxy, memory), or over HTTP/2. */
export interface Wire {
  /**
   * Sends at once, or as soon as a connection is free; the order of asking is kept. Returns the bytes that will be
   * written. Neither callback is called from within.
   */
  send(sendable: Sendable, asker: Asker): number;
  /** The head of a request as `Sendable` wants it, credential included. */
  headOf(request: Request): string;
  /** A request that got no answer, as an exchange, secrets masked. */
  silent(request: Request, failure: WireFailure): Exchange;
  readonly open: number;
  readonly opened: number;
  readonly idleClosed: number;
  readonly connectsFailed: number;
  /** Opens connections ahead, at most four at a time; resolves with why there are fewer, if there are. */
  openAhead(count: number): Promise<WireFailure | undefined>;
  /** Ends what is under way as `aborted`, and resolves when every socket is closed. */
  close(): Promise<void>;
}
