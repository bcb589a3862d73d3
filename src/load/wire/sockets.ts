import type { Exchange, Request } from "../../model/exchange.ts";
import { Connection, Discarded, type Keeper } from "./connection.ts";
import { Departures } from "./departures.ts";
import { CLOSED, Ended, failureOf, isHangUp, TooLate } from "./failure.ts";
import { HeldAnswer, urlOf } from "./held-answer.ts";
import { allowedIdle, UNUSED_MS } from "./idle-time.ts";
import { KeptRequests } from "./kept-requests.ts";
import { KnownHeads } from "./known-heads.ts";
import { requestHead, sizeOf } from "./request-head.ts";
import { WaitingLine } from "./waiting-line.ts";
import type { Asker, Sendable, Wire, WireFailure } from "./wire.ts";
import type { Trouble, WireOptions } from "./wire-options.ts";

/** More at once would block the loop and make an outage of our own. */
const CONNECTS_AT_ONCE = 4;
/** How often deadlines are looked at. */
const SWEEP_MS = 50;
/** A connection that had rested this long, and is closed this soon after we wrote, was closed for being idle. */
const RESTED_MS = 20;
const SOON_MS = 250;
const BUFFER_BYTES = 256 * 1024;

/** Persistent HTTP/1.1 connections to one server, over `node:net` or `node:tls`. */
export class Sockets implements Wire, Keeper {
  readonly buffer: Buffer = Buffer.alloc(BUFFER_BYTES);
  readonly kept: KeptRequests = new KeptRequests();
  readonly heads: KnownHeads = new KnownHeads();
  opened = 0;
  idleClosed = 0;
  connectsFailed = 0;
  readonly #options: WireOptions;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #line = new WaitingLine();
  readonly #answer: HeldAnswer;
  /** Requests that asked for a connection of their own, by the connection that is being made for them. */
  readonly #reserved = new Map<Connection, { readonly sendable: Sendable; readonly asker: Asker }>();
  /** Requests that were sent a second time after an idle connection was closed. */
  readonly #again = new WeakSet<Asker>();
  readonly #departures = new Departures();
  readonly #sweep: ReturnType<typeof setInterval>;
  #connecting = 0;
  #standing = 0;
  /** An answer is being handed over. */
  #isHandingOver = false;
  /** The connection that brought it, while it is free: what is sent next mostly follows from the answer. */
  #inHand: Connection | undefined;
  #isClosed = false;
  #session: Buffer | undefined;
  #ahead: { readonly wanted: number; readonly settle: (why: WireFailure | undefined) => void } | undefined;
  #allClosed: (() => void) | undefined;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#answer = new HeldAnswer(options);
    this.#sweep = setInterval(() => this.#checkDeadlines(), SWEEP_MS);
    this.#sweep.unref();
  }

  get open(): number {
    return this.#standing;
  }

  headOf(request: Request): string {
    return requestHead(this.#options.baseUrl, request, this.#options.headersOf(request));
  }

  send(sendable: Sendable, asker: Asker): number {
    asker.sentAt = 0;
    if (this.#isClosed) {
      queueMicrotask(() => asker.failed(CLOSED));
      return 0;
    }
    if (sendable.freshConnection) {
      this.#reserved.set(this.#connect(), { sendable, asker });
      return sizeOf(sendable);
    }
    const connection = this.#takeInHand() ?? this.#takeIdle();
    if (connection !== undefined) {
      if (!this.#isHandingOver) return connection.carry(sendable, asker);
      const size = connection.take(sendable, asker);
      this.#departures.add(connection);
      return size;
    }
    this.#line.push(sendable, asker);
    if (!this.#isHandingOver) this.#connectMore();
    return sizeOf(sendable);
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

  openAhead(count: number): Promise<WireFailure | undefined> {
    const wanted = Math.min(count, this.#options.maxConnections);
    return new Promise((resolve) => {
      this.#ahead = { wanted, settle: resolve };
      this.#connectMore();
      this.#checkAhead(undefined);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweep);
    while (this.#line.shift((_, asker) => asker.failed(CLOSED)));
    const closed = new Promise<void>((resolve) => {
      this.#allClosed = resolve;
    });
    for (const connection of [...this.#all]) connection.fail(new Ended());
    this.#checkAhead(CLOSED);
    if (this.#all.size > 0) await closed;
  }

  stands(connection: Connection): void {
    this.#connecting -= 1;
    this.#standing += 1;
    this.opened += 1;
    const reserved = this.#reserved.get(connection);
    if (reserved === undefined) this.#release(connection);
    else {
      this.#reserved.delete(connection);
      connection.carry(reserved.sendable, reserved.asker);
    }
    this.#connectMore();
    this.#checkAhead(undefined);
  }

  answered(connection: Connection, asker: Asker): void {
    if (connection.isLost) this.#forget(connection);
    const damaged = this.#answer.hold(
      connection.reader,
      connection.wroteAt,
      connection.firstByteAt,
      connection.readAt,
    );
    if (!connection.isLost) {
      if (connection.carried === 1) connection.allowedIdleMs = allowedIdle(connection.reader);
      connection.idleSince = connection.readAt;
      if (connection.session !== undefined) this.#session = connection.session;
      if (this.#line.length === 0) this.#inHand = connection;
    }
    this.#isHandingOver = true;
    if (damaged === undefined) asker.answered(this.#answer);
    else
      asker.failed({
        reason: damaged.reason,
        detail: `The body of the answer cannot be used: ${damaged.why}.`,
      });
    this.#isHandingOver = false;
    this.#inHand = undefined;
    if (!connection.isLost && !connection.isBusy) this.#release(connection);
    if (this.#line.length > 0) this.#connectMore();
  }

  lost(
    connection: Connection,
    trouble: Trouble,
    asker: Asker | undefined,
    sendable: Sendable | undefined,
  ): void {
    const reserved = this.#reserved.get(connection);
    this.#reserved.delete(connection);
    this.#forget(connection);
    if (trouble.phase === "connecting" && !connection.stands) {
      this.#failToConnect(trouble, reserved?.asker);
    } else if (asker !== undefined && sendable !== undefined && connection.isDue && !this.#isClosed) {
      this.idleClosed += 1;
      this.#sendElsewhere(sendable, asker);
    } else if (asker !== undefined && sendable !== undefined) {
      this.#failAsked(connection, trouble, asker, sendable);
    } else if (!this.#isClosed && !(trouble.error instanceof Discarded)) {
      this.idleClosed += 1;
    }
    if (!this.#isClosed && this.#line.length > 0) this.#connectMore();
  }

  /** Nothing of the request was written before its connection was lost. */
  #sendElsewhere(sendable: Sendable, asker: Asker): void {
    const connection = this.#takeIdle();
    if (connection === undefined) this.#line.push(sendable, asker);
    else connection.carry(sendable, asker);
  }

  #failToConnect(trouble: Trouble, reserved: Asker | undefined): void {
    this.#connecting -= 1;
    this.connectsFailed += 1;
    const failure = failureOf(trouble, this.#options);
    reserved?.failed(failure);
    // Whoever waits would meet the same; while some connections stand, those are waited for.
    if (this.#standing === 0 && reserved === undefined) {
      let waiting = this.#line.length;
      while (waiting-- > 0) this.#line.shift((_, asker) => asker.failed(failure));
    }
    this.#checkAhead(failure);
  }

  /** A server may close an idle connection at the moment we write to it, and that is no fault of its own. */
  #failAsked(connection: Connection, trouble: Trouble, asker: Asker, sendable: Sendable): void {
    const wasIdle =
      trouble.phase === "waiting" &&
      trouble.reused &&
      connection.restedMs >= RESTED_MS &&
      this.#options.now() - connection.wroteAt <= SOON_MS &&
      isHangUp(trouble.error) &&
      !this.#again.has(asker);
    if (!wasIdle || this.#isClosed) {
      asker.failed(failureOf(trouble, this.#options));
      return;
    }
    this.idleClosed += 1;
    this.#again.add(asker);
    if (!sendable.isIdempotent) {
      const { detail } = failureOf(trouble, this.#options);
      asker.failed({ reason: "idle-closed", detail });
      return;
    }
    this.#reserved.set(this.#connect(), { sendable, asker });
  }

  #connect(): Connection {
    this.#connecting += 1;
    const connection = new Connection(this.#options, this, this.#session);
    this.#all.add(connection);
    return connection;
  }

  /** As many as are waited for, or were asked for ahead; never many at once. */
  #connectMore(): void {
    if (this.#isClosed) return;
    const { maxConnections } = this.#options;
    const ahead = (this.#ahead?.wanted ?? 0) - this.#standing;
    while (
      this.#connecting < CONNECTS_AT_ONCE &&
      this.#standing + this.#connecting < maxConnections &&
      this.#connecting < Math.max(this.#line.length, ahead)
    ) {
      this.#connect();
    }
  }

  #checkAhead(failed: WireFailure | undefined): void {
    const ahead = this.#ahead;
    if (ahead === undefined || (failed === undefined && this.#standing < ahead.wanted)) return;
    this.#ahead = undefined;
    ahead.settle(failed);
  }

  #takeInHand(): Connection | undefined {
    const connection = this.#inHand;
    this.#inHand = undefined;
    return connection?.isLost === true ? undefined : connection;
  }

  #takeIdle(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined) return undefined;
      if (connection.isLost) continue;
      const most = connection.carried === 0 ? UNUSED_MS : connection.allowedIdleMs;
      if (this.#options.now() - connection.idleSince <= most) return connection;
      // What has been idle too long may be closed by the server at any moment.
      connection.discard();
    }
  }

  #release(connection: Connection): void {
    if (this.#line.length === 0) this.#idle.push(connection);
    else this.#line.shift((sendable, asker) => connection.carry(sendable, asker));
  }

  #forget(connection: Connection): void {
    if (!this.#all.delete(connection)) return;
    if (connection.stands) this.#standing -= 1;
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
    if (this.#all.size === 0) this.#allClosed?.();
  }

  #checkDeadlines(): void {
    const now = this.#options.now();
    for (const connection of [...this.#all]) {
      if (now < connection.deadline) continue;
      const { timeoutMs, connectTimeoutMs } = this.#options;
      connection.fail(
        new TooLate(
          connection.stands
            ? `had not finished its answer after ${timeoutMs} ms`
            : `could not be connected to within ${connectTimeoutMs} ms`,
        ),
      );
    }
  }
}
