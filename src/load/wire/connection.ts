import { isIP, connect as netConnect, type Socket } from "node:net";
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from "node:tls";
import { AnswerReader } from "./answer-reader.ts";
import { BadAnswer } from "./head-syntax.ts";
import type { KeptRequests } from "./kept-requests.ts";
import type { KnownHeads } from "./known-heads.ts";
import { lengthLine } from "./request-head.ts";
import { TooLarge } from "./store.ts";
import type { Asker, Sendable } from "./wire.ts";
import type { Trouble, WireOptions } from "./wire-options.ts";

/** What a connection tells the one who keeps it. */
export interface Keeper {
  /** All sockets read into it; what is read is used up before anything else is read. */
  readonly buffer: Buffer;
  readonly kept: KeptRequests;
  readonly heads: KnownHeads;
  stands(connection: Connection): void;
  /** The answer is whole, in the connection's reader. */
  answered(connection: Connection, asker: Asker): void;
  /** The connection is of no more use. With an asker: its request got no answer. */
  lost(
    connection: Connection,
    trouble: Trouble,
    asker: Asker | undefined,
    sendable: Sendable | undefined,
  ): void;
}

/** One socket; one exchange at a time. */
export class Connection {
  readonly reader: AnswerReader;
  /** When it is given up, on the wire's scale; Infinity while nothing is under way. */
  deadline: number;
  /** When its latest answer was whole, or it was opened. */
  idleSince = 0;
  /** When the latest request was written. */
  wroteAt = 0;
  firstByteAt = 0;
  /** When bytes, or the end of them, came last. */
  readAt = 0;
  /** Milliseconds the server leaves it open unused; -1 until it says so. */
  allowedIdleMs = -1;
  /** Exchanges it has carried. */
  carried = 0;
  /** How long it had been unused when the latest request was written, in milliseconds. */
  restedMs = 0;
  stands = false;
  isLost = false;
  /** It has taken a request that is not written yet. */
  isDue = false;
  readonly #socket: Socket;
  readonly #keeper: Keeper;
  readonly #options: WireOptions;
  #asker: Asker | undefined;
  #sendable: Sendable | undefined;
  #error: unknown;
  /** What is due: text, or bytes, or the bytes behind the text. */
  #text = "";
  #bytes: Buffer | undefined;

  constructor(options: WireOptions, keeper: Keeper, session: Buffer | undefined) {
    this.#options = options;
    this.#keeper = keeper;
    this.reader = new AnswerReader(options, keeper.heads);
    this.deadline = options.now() + options.connectTimeoutMs;
    this.#socket = this.#open(session);
  }

  /** A TLS session to be resumed by the next connection; a full handshake costs a hundred times more. */
  session: Buffer | undefined;

  get isBusy(): boolean {
    return this.#asker !== undefined;
  }

  #open(session: Buffer | undefined): Socket {
    const { baseUrl, tls, watchCertificate } = this.#options;
    const onread = {
      buffer: this.#keeper.buffer,
      callback: (count: number) => {
        this.#read(count);
        return true;
      },
    };
    const host = baseUrl.hostname.replace(/^\[|\]$/g, "");
    const isTls = baseUrl.protocol === "https:";
    const port = baseUrl.port === "" ? (isTls ? 443 : 80) : Number(baseUrl.port);
    const socket = isTls
      ? tlsConnect({
          host,
          port,
          onread,
          ALPNProtocols: ["http/1.1"],
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(session === undefined ? {} : { session }),
          ...tls,
        } as ConnectionOptions)
      : netConnect({ host, port, onread });
    socket.setNoDelay(true);
    socket.setDefaultEncoding("latin1");
    if (isTls) this.#watchTls(socket as TLSSocket, watchCertificate);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      this.stands = true;
      this.deadline = Number.POSITIVE_INFINITY;
      this.idleSince = this.#options.now();
      this.#keeper.stands(this);
    });
    socket.on("error", (error) => {
      this.#error ??= error;
    });
    socket.once("end", () => this.#ended());
    socket.once("close", () => this.#lose(this.#error ?? new HungUp()));
    return socket;
  }

  #watchTls(socket: TLSSocket, watch: ((socket: TLSSocket) => void) | undefined): void {
    watch?.(socket);
    socket.on("session", (session: Buffer) => {
      this.session = session;
    });
  }

  /** Takes a request and writes it. Returns the bytes written. */
  carry(sendable: Sendable, asker: Asker): number {
    const size = this.take(sendable, asker);
    this.depart();
    return size;
  }

  /** Takes a request, to be written by `depart`. The connection has to stand and to be free. Returns its bytes. */
  take(sendable: Sendable, asker: Asker): number {
    this.#asker = asker;
    this.#sendable = sendable;
    this.isDue = true;
    this.reader.begin(sendable.isHead);
    return this.#compose(sendable);
  }

  /** Writes the request that was taken, unless the connection was lost meanwhile. */
  depart(): void {
    const [asker, sendable] = [this.#asker, this.#sendable];
    if (asker === undefined || sendable === undefined) return;
    const now = this.#options.now();
    this.isDue = false;
    this.restedMs = now - this.idleSince;
    this.wroteAt = now;
    this.firstByteAt = 0;
    this.deadline = now + (sendable.timeoutMs === 0 ? this.#options.timeoutMs : sendable.timeoutMs);
    asker.sentAt = now;
    this.#write();
  }

  #compose({ head, body, isAscii, whole: constant }: Sendable): number {
    if (constant !== undefined) {
      this.#bytes = constant;
      return constant.length;
    }
    if (body === undefined || (body.length > 0 && isAscii && typeof body === "string")) {
      this.#text = head + lengthLine(head, body?.length ?? 0) + (body ?? "");
      return this.#text.length;
    }
    const whole = typeof body === "string" ? undefined : this.#keeper.kept.wholeOf(head, body);
    if (whole !== undefined) {
      this.#bytes = whole;
      return whole.length;
    }
    const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
    this.#text = head + lengthLine(head, bytes.length);
    this.#bytes = bytes;
    return this.#text.length + bytes.length;
  }

  #write(): void {
    const [text, bytes] = [this.#text, this.#bytes];
    this.#text = "";
    this.#bytes = undefined;
    if (bytes === undefined) this.#socket.write(text);
    else if (text === "") this.#socket.write(bytes);
    else {
      this.#socket.cork();
      this.#socket.write(text);
      if (bytes.length > 0) this.#socket.write(bytes);
      this.#socket.uncork();
    }
  }

  #read(count: number): void {
    const asker = this.#asker;
    if (asker === undefined || this.isDue) {
      // Nobody asked: whatever it is, the connection cannot be trusted any more.
      if (!this.isLost) this.#lose(new HungUp());
      return;
    }
    const { buffer } = this.#keeper;
    this.readAt = this.#options.now();
    if (this.firstByteAt === 0) this.firstByteAt = this.readAt;
    try {
      if (!this.reader.read(buffer, 0, count)) return;
    } catch (problem) {
      if (!(problem instanceof BadAnswer) && !(problem instanceof TooLarge)) throw problem;
      this.fail(problem);
      return;
    }
    this.#complete(asker, this.reader.head.keepsAlive && this.reader.next === count);
  }

  #complete(asker: Asker, stays: boolean): void {
    this.#asker = undefined;
    this.#sendable = undefined;
    this.carried += 1;
    this.deadline = Number.POSITIVE_INFINITY;
    if (!stays) this.isLost = true;
    this.#keeper.answered(this, asker);
    if (!stays) this.#socket.destroy();
  }

  /** The server closed its side: the end of an answer, of an idle connection, or of our hopes. */
  #ended(): void {
    const asker = this.#asker;
    if (asker !== undefined && this.reader.hasBegun && this.reader.end()) {
      this.readAt = this.#options.now();
      this.#complete(asker, false);
    } else this.#lose(new HungUp());
  }

  /** Gives up what is under way, for this reason, and the connection with it. */
  fail(error: unknown): void {
    this.#lose(error);
  }

  /** Closes it, of our own accord. */
  discard(): void {
    this.#lose(new Discarded());
  }

  #lose(error: unknown): void {
    const [asker, sendable] = [this.#asker, this.#sendable];
    if (this.isLost && asker === undefined) return;
    this.isLost = true;
    this.#asker = undefined;
    this.#sendable = undefined;
    const { reader } = this;
    const phase = !this.stands ? "connecting" : reader.hasBegun ? "receiving" : "waiting";
    const bodyBytes = asker === undefined ? 0 : reader.bodyBytes;
    this.#socket.destroy();
    this.#keeper.lost(this, { error, phase, bodyBytes, reused: this.carried > 0 }, asker, sendable);
  }
}

/** We had no more use for it. */
export class Discarded extends Error {}

/** The server closed the connection in good order. Carries the code that undici gives it. */
export class HungUp extends Error {
  readonly code = "UND_ERR_SOCKET";

  constructor() {
    super("other side closed");
    this.name = "HungUp";
  }
}
