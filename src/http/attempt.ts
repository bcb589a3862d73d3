import type { Dispatcher } from "undici";
import type { Clock } from "../model/clock.ts";
import { type Headers, headerValue } from "../model/exchange.ts";
import type { Connection } from "./connection.ts";
import { type Failure, type Phase, Stopped } from "./failure.ts";
import type { Permits } from "./permits.ts";

/** A request in the form that goes on the wire. */
export interface WireRequest {
  readonly origin: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string;
}

export interface Limits {
  readonly clock: Clock;
  /** Milliseconds since the epoch when patience ends, however much of the answer has come. */
  readonly deadline: number;
  /** For the wording: how long the deadline was when the exchange began, in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeoutMs: number;
  /** Bytes of body, before and after inflating. */
  readonly maxBodyBytes: number;
  /** Whose turn it is to read a large body, so that many of them at once do not fill the memory. */
  readonly largeBodies: Permits;
}

/** A body beyond this many bytes is large. */
export const LARGE_BODY_BYTES = 1_000_000;

/** An answer as it came, its content coding still on. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly firstByteAt: number;
  /** Whether the connection had carried an earlier exchange. */
  readonly reused: boolean;
  /** Milliseconds for which we did not read on, because other large bodies had their turn. Not the server's time. */
  readonly heldMs: number;
}

export type Attempted =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly failure: Failure };

/** Sends a request once, over one connection, and waits for the whole answer, a failure, the deadline or the signal. */
export function attempt(
  connection: Connection,
  request: WireRequest,
  limits: Limits,
  signal: AbortSignal,
): Promise<Attempted> {
  return new Promise((resolve) => {
    const course = new Course(limits, (attempted) => {
      settled.abort(SETTLED);
      course.endTurn();
      signal.removeEventListener("abort", onAbort);
      connection.onConnectError = undefined;
      resolve(attempted);
    });
    const settled = new AbortController();
    const onAbort = () => course.stop(new Stopped("aborted", "was not waited for: the exchange was aborted"));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    watchTime(course, limits, settled.signal, connection.opened === 0);
    // undici would try again for ever when a proxy hangs up, so the first error of a connection ends the attempt.
    connection.onConnectError = (error) => course.stop(error);
    const openedBefore = connection.opened;
    const onStart = () => {
      course.reused = openedBefore > 0 && connection.opened === openedBefore;
      connection.beforeAnswer();
    };
    try {
      connection.dispatcher.dispatch(dispatchOptions(request), handlerFor(course, onStart));
    } catch (error) {
      // Most requests that cannot be sent are told to the handler; undici's proxy agent throws.
      course.stop(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

// Without a reason of its own an abort makes an exception, stack and all, for nobody to see.
const SETTLED = "settled";

/** What has been seen of an attempt so far. Settles once. */
class Course {
  phase: Phase = "connecting";
  reused = false;
  status = 0;
  headers: Headers = [];
  chunks: Buffer[] = [];
  bodyBytes = 0;
  firstByteAt = 0;
  controller: Dispatcher.DispatchController | undefined;
  /** Milliseconds spent waiting for a turn; the deadline moves by as much. */
  heldMs = 0;
  /** Resolves when it is our turn; absent while nothing is held up. */
  held: Promise<void> | undefined;
  #turn: (() => void) | "waiting" | undefined;
  readonly limits: Limits;
  #settle: ((attempted: Attempted) => void) | undefined;

  constructor(limits: Limits, settle: (attempted: Attempted) => void) {
    this.limits = limits;
    this.#settle = settle;
  }

  /** Ends the attempt without an answer, and the connection with it. */
  stop(error: Error): void {
    const { phase, bodyBytes, reused } = this;
    const inHeaders = phase === "receiving" && this.status === 0;
    this.#finish({ ok: false, failure: { error, phase, inHeaders, bodyBytes, reused } });
    this.controller?.abort(error);
  }

  complete(): void {
    const { status, headers, firstByteAt, reused, heldMs } = this;
    const body = Buffer.concat(this.chunks);
    this.#finish({ ok: true, received: { status, headers, body, firstByteAt, reused, heldMs } });
  }

  /** A body that turns out to be large is read on when it has its turn. */
  waitForTurn(controller: Dispatcher.DispatchController): void {
    if (this.#turn !== undefined) return;
    this.#turn = "waiting";
    const { clock, largeBodies } = this.limits;
    const since = clock.now();
    controller.pause();
    this.held = largeBodies.take().then((endTurn) => {
      this.held = undefined;
      this.heldMs += clock.now() - since;
      if (this.#settle === undefined) return endTurn();
      this.#turn = endTurn;
      controller.resume();
    });
  }

  endTurn(): void {
    if (typeof this.#turn === "function") this.#turn();
    this.chunks = [];
  }

  #finish(attempted: Attempted): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(attempted);
  }
}

/** The handed-in clock is waited for, not undici's timers: they count silence, and a slow drip never is silent. */
function watchTime(course: Course, limits: Limits, settled: AbortSignal, hasToConnect: boolean): void {
  const { clock, deadline, timeoutMs, connectTimeoutMs } = limits;
  const callTime = async (): Promise<void> => {
    const heldBefore = course.heldMs;
    await clock.sleep(Math.max(0, deadline + heldBefore - clock.now()), settled);
    // When this process was late, the answer may lie in the socket: what has come is read before time is called.
    await socketsRead();
    if (settled.aborted) return;
    await course.held;
    if (course.heldMs > heldBefore) return callTime();
    course.stop(new Stopped("timed-out", TOO_LATE[course.phase](timeoutMs, course.bodyBytes)));
  };
  void callTime();
  if (!hasToConnect) return;
  void clock.sleep(connectTimeoutMs, settled).then(async () => {
    await socketsRead();
    if (settled.aborted || course.phase !== "connecting") return;
    course.stop(new Stopped("timed-out", TOO_LATE.connecting(connectTimeoutMs, 0)));
  });
}

/** Timers come before sockets in a turn of the event loop, and this after them. */
const socketsRead = () => new Promise<void>((resolve) => setImmediate(resolve));

const TOO_LATE: Readonly<Record<Phase, (ms: number, bytes: number) => string>> = {
  connecting: (ms) => `could not be connected to within ${ms} ms`,
  waiting: (ms) => `took the request and did not begin to answer within ${ms} ms`,
  receiving: (ms, bytes) => `had not finished its answer after ${ms} ms; ${bytes} bytes of the body had come`,
};

function dispatchOptions(request: WireRequest): Dispatcher.DispatchOptions {
  return {
    origin: request.origin,
    path: request.path,
    method: request.method,
    headers: request.headers.flat(),
    body: request.body ?? null,
  };
}

function handlerFor(course: Course, onStart: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      course.controller = controller;
      course.phase = "waiting";
      onStart();
    },
    onResponseStarted() {
      if (course.firstByteAt === 0) course.firstByteAt = course.limits.clock.now();
      course.phase = "receiving";
    },
    onResponseStart(controller, status) {
      // 102 and 103 announce an answer and are none.
      if (status < 200) return;
      course.status = status;
      course.headers = rawHeaders(controller.rawHeaders);
      const { maxBodyBytes } = course.limits;
      // What is announced to be too much need not be read to be known.
      if (Number(headerValue(course.headers, "Content-Length")) > maxBodyBytes) {
        course.stop(new Stopped("too-large", `sent a body of more than ${maxBodyBytes} bytes`));
      }
    },
    onResponseData(controller, chunk) {
      course.bodyBytes += chunk.length;
      const { maxBodyBytes } = course.limits;
      if (course.bodyBytes > maxBodyBytes) {
        course.stop(new Stopped("too-large", `sent a body of more than ${maxBodyBytes} bytes`));
      } else {
        course.chunks.push(chunk);
        if (course.bodyBytes > LARGE_BODY_BYTES) course.waitForTurn(controller);
      }
    },
    onResponseEnd() {
      course.complete();
    },
    onResponseError(_controller, error) {
      course.stop(error);
    },
  };
}

/** Names and values take turns. Bytes beyond ASCII are Latin-1 in a header; the space around a value is not its own. */
function rawHeaders(raw: Dispatcher.DispatchController["rawHeaders"]): Headers {
  if (!Array.isArray(raw)) return [];
  const text = raw.map((part) => (typeof part === "string" ? part : part.toString("latin1")));
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < text.length; at += 2) {
    headers.push([text[at] ?? "", (text[at + 1] ?? "").replace(/^[ \t]+|[ \t]+$/g, "")]);
  }
  return headers;
}
