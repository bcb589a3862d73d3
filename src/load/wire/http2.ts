import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http2";
import type { Exchange, Headers, Request } from "../../model/exchange.ts";
import { CLOSED } from "./failure.ts";
import { urlOf } from "./held-answer.ts";
import { TooLarge } from "./store.ts";
import type { Asker, Sendable, Wire, WireAnswer, WireFailure } from "./wire.ts";
import type { WireOptions } from "./wire-options.ts";

/**
 * A load over one HTTP/2 connection, to see whether the server speaks it soundly. It costs several times the CPU of our own
 * HTTP/1.1 sockets, so that the rates it reaches say more about this machine than about the server.
 */
export class Http2Wire implements Wire {
  opened = 0;
  readonly idleClosed = 0;
  connectsFailed = 0;
  readonly #options: WireOptions;
  #session: ClientHttp2Session | undefined;
  #isClosed = false;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#session === undefined || this.#session.destroyed ? 0 : 1;
  }

  headOf({ method, path, headers }: Request): string {
    const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    return `${method} ${path} HTTP/2\r\n${fields}`;
  }

  send(sendable: Sendable, asker: Asker): number {
    asker.sentAt = 0;
    if (this.#isClosed) {
      queueMicrotask(() => asker.failed(CLOSED));
      return 0;
    }
    const request = sendable.request();
    const bytes = bytesOf(sendable.body);
    const stream = this.#connected().request(this.#headers(request), { endStream: bytes === undefined });
    asker.sentAt = this.#options.now();
    new Course(stream, asker, this.#options, sendable.timeoutMs, () => this.#isClosed);
    if (bytes !== undefined) stream.end(bytes);
    return sendable.head.length + (bytes?.length ?? 0);
  }

  silent(request: Request, { reason, detail }: WireFailure): Exchange {
    const { baseUrl, headersOf, record, epoch, now } = this.#options;
    return record({
      request: { ...request, headers: headersOf(request) },
      url: urlOf(baseUrl, request),
      outcome: { kind: "silence", reason: reason === "idle-closed" ? "reset" : reason, detail },
      timing: { startedAt: Math.round(epoch + now()) },
    });
  }

  openAhead(): Promise<WireFailure | undefined> {
    return new Promise((resolve) => {
      const session = this.#connected();
      const notOffered: WireFailure = {
        reason: "malformed",
        detail: `${this.#options.baseUrl.host} does not offer HTTP/2.`,
        remedy: "Leave --http2 out, or have the server offer h2 while a TLS connection is made (ALPN).",
      };
      session.once("connect", () => {
        if (session.encrypted !== true || session.alpnProtocol === "h2") return resolve(undefined);
        session.destroy();
        resolve(notOffered);
      });
      session.once("error", (error) => {
        const isOffered = (error as { code?: unknown }).code !== NO_COMMON_PROTOCOL;
        resolve(isOffered ? this.#options.explain(connecting(error)) : notOffered);
      });
      const early = "The connection was closed before it stood.";
      session.once("close", () => resolve({ reason: "reset", detail: early }));
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const session = this.#session;
    if (session === undefined || session.destroyed) return;
    await new Promise<void>((resolve) => {
      session.once("close", resolve);
      session.destroy();
    });
  }

  #connected(): ClientHttp2Session {
    const known = this.#session;
    if (known !== undefined && !known.destroyed && !known.closed) return known;
    const { baseUrl, tls, connectTimeoutMs } = this.#options;
    const session = connect(baseUrl.origin, { ...tls, timeout: connectTimeoutMs });
    session.once("connect", () => {
      this.opened += 1;
      session.setTimeout(0);
    });
    session.once("timeout", () => session.destroy());
    // Every stream under way is told by itself; here it only must not go unheard.
    session.on("error", () => {
      if (session.connecting) this.connectsFailed += 1;
    });
    this.#session = session;
    return session;
  }

  #headers(request: Request): OutgoingHttpHeaders {
    const { baseUrl, headersOf } = this.#options;
    const headers: Record<string, string> = {
      [constants.HTTP2_HEADER_METHOD]: request.method,
      [constants.HTTP2_HEADER_PATH]: baseUrl.pathname.replace(/\/+$/, "") + request.path,
    };
    for (const [name, value] of headersOf(request)) headers[name.toLowerCase()] = value;
    return headers;
  }
}

/** What TLS says where a server knows only other protocols. */
const NO_COMMON_PROTOCOL = "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL";

const connecting = (error: unknown) => ({ error, phase: "connecting" as const, bodyBytes: 0, reused: false });

const bytesOf = (body: string | Buffer | undefined) => (typeof body === "string" ? Buffer.from(body) : body);

/** One exchange under way. */
class Course {
  readonly #stream: ClientHttp2Stream;
  readonly #asker: Asker;
  readonly #options: WireOptions;
  readonly #chunks: Buffer[] = [];
  #headers: IncomingHttpHeaders & { readonly ":status"?: number } = {};
  #raw: Headers = [];
  #bytes = 0;
  #firstByteAt = 0;
  #isOver = false;
  #why: WireFailure | undefined;

  constructor(
    stream: ClientHttp2Stream,
    asker: Asker,
    options: WireOptions,
    timeoutMs: number,
    isClosed: () => boolean,
  ) {
    this.#stream = stream;
    this.#asker = asker;
    this.#options = options;
    const patience = timeoutMs === 0 ? options.timeoutMs : timeoutMs;
    const timer = setTimeout(
      () => this.#giveUp("timed-out", `had not finished its answer after ${patience} ms`),
      patience,
    );
    stream.on("response", (headers, _flags, raw?: readonly string[]) => this.#begin(headers, raw));
    stream.on("data", (chunk: Buffer) => this.#take(chunk));
    stream.on("error", (error) => {
      this.#why ??= isClosed() ? CLOSED : options.explain(this.#trouble(error));
    });
    stream.on("close", () => {
      clearTimeout(timer);
      this.#end(isClosed());
    });
  }

  #begin(headers: IncomingHttpHeaders, raw: readonly string[] | undefined): void {
    this.#firstByteAt = this.#options.now();
    this.#headers = headers;
    this.#raw =
      raw === undefined
        ? Object.entries(headers).flatMap(([name, value]) =>
            name.startsWith(":") ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
          )
        : pairs(raw);
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const { maxBodyBytes } = this.#options;
    if (this.#bytes > maxBodyBytes) {
      this.#giveUp("too-large", new TooLarge(`sent a body of more than ${maxBodyBytes} bytes`).message);
    } else this.#chunks.push(chunk);
  }

  #giveUp(reason: WireFailure["reason"], why: string): void {
    this.#why ??= { reason, detail: `${this.#options.baseUrl.host} ${why}.` };
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  #end(isClosed: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const status = this.#headers[":status"];
    const code = this.#stream.rstCode ?? constants.NGHTTP2_NO_ERROR;
    if (this.#why !== undefined) this.#asker.failed(this.#why);
    else if (isClosed) this.#asker.failed(CLOSED);
    else if (status === undefined || code !== constants.NGHTTP2_NO_ERROR) {
      this.#asker.failed(this.#options.explain(this.#trouble(new Error(`the stream was reset (${code})`))));
    } else this.#answer(status);
  }

  #answer(status: number): void {
    const coding = this.#headers["content-encoding"];
    const at = this.#options.now();
    const body = Buffer.concat(this.#chunks);
    const inflated =
      coding === undefined || body.length === 0
        ? { ok: true as const, bytes: body }
        : this.#options.inflate(body, [coding], this.#options.maxBodyBytes);
    if (!inflated.ok) {
      const detail = `The body of the answer cannot be used: ${inflated.why}.`;
      this.#asker.failed({ reason: inflated.reason, detail });
      return;
    }
    const { sentAt } = this.#asker;
    const timing = { sentAt, firstByteAt: this.#firstByteAt, at };
    this.#asker.answered(
      new Http2Answer(status, this.#raw, inflated.bytes, body.length, timing, this.#options),
    );
  }

  #trouble(error: unknown) {
    const phase = this.#firstByteAt > 0 ? ("receiving" as const) : ("waiting" as const);
    return { error, phase, bodyBytes: this.#bytes, reused: true };
  }
}

function pairs(raw: readonly string[]): Headers {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = "", value = ""] = [raw[at], raw[at + 1]];
    if (!name.startsWith(":")) headers.push([name, value]);
  }
  return headers;
}

interface Timing {
  readonly sentAt: number;
  readonly firstByteAt: number;
  readonly at: number;
}

class Http2Answer implements WireAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly bodyStart = 0;
  readonly bodyEnd: number;
  readonly bytesIn: number;
  readonly at: number;
  readonly retryAfter: string | undefined;
  readonly #headers: Headers;
  readonly #timing: Timing;
  readonly #options: WireOptions;

  constructor(
    status: number,
    headers: Headers,
    body: Buffer,
    bodyBytes: number,
    timing: Timing,
    options: WireOptions,
  ) {
    this.status = status;
    this.#headers = headers;
    this.body = body;
    this.bodyEnd = body.length;
    this.bytesIn = bodyBytes + headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    this.retryAfter = headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1].trim();
    this.at = timing.at;
    this.#timing = timing;
    this.#options = options;
  }

  toExchange(request: Request): Exchange {
    const { baseUrl, headersOf, record, epoch } = this.#options;
    const { sentAt, firstByteAt, at } = this.#timing;
    return record({
      request: { ...request, headers: headersOf(request) },
      url: urlOf(baseUrl, request),
      outcome: {
        kind: "answer",
        status: this.status,
        headers: this.#headers,
        body: new TextDecoder("utf-8").decode(this.body),
      },
      timing: {
        startedAt: Math.round(epoch + sentAt),
        firstByteMs: firstByteAt - sentAt,
        totalMs: at - sentAt,
      },
    });
  }
}
