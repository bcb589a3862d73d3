import type { Dispatcher } from "undici";
import type { Clock } from "../model/clock.ts";
import { type Headers, headerValue } from "../model/exchange.ts";
import type { Memory } from "../model/memory.ts";
import { BodyBytes } from "./body-bytes.ts";
import type { Connection } from "./connection.ts";
import { type Failure, type Phase, Stopped } from "./failure.ts";
import type { Permits } from "./permits.ts";
import type { Stalls } from "./stalls.ts";

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
  readonly memory: Memory;
  /** Whose turn it is to read a large body, so that many of them at once do not fill the memory. */
  readonly largeBodies: Permits;
  /** The deadline moves by what this process did not run. */
  readonly stalls: Stalls;
}

/** An answer as it came, its content coding still on. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** To be let go by whoever has read it. */
  readonly body: BodyBytes;
  /** Ends the turn that a large body had; to be called when it was let go. Absent where it had none. */
  readonly endTurn?: () => void;
  /** Milliseconds since the epoch. */
  readonly firstByteAt: number;
  /** Whether the connection had carried an earlier exchange. */
  readonly reused: boolean;
  /** Of the milliseconds that were not the server's, those after the first byte. */
  readonly lostAfterFirstByteMs: number;
}

type Come =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly failure: Failure };

export type Attempted = Come & {
  /** Milliseconds since the epoch, when the last byte had come or nothing more was waited for. */
  readonly endedAt: number;
  /** Milliseconds that were not the server's: this process stalled, or other large bodies had their turn. */
  readonly lostMs: number;
};

/** Sends a request once, over one connection, and waits for the whole answer, a failure, the deadline or the signal. */
export function attempt(
  connection: Connection,
  request: WireRequest,
  limits: Limits,
  signal: AbortSignal,
): Promise<Attempted> {
  return new Promise((resolve) => {
    const course = new Course(limits, (come) => {
      const ended = { endedAt: limits.clock.now(), lostMs: course.lostMs() };
      settled.abort(SETTLED);
      // What came keeps its turn until it was read: bodies of megabytes would pile up behind those that still come.
      if (!come.ok) course.turn?.();
      signal.removeEventListener("abort", onAbort);
      connection.onConnectError = undefined;
      resolve({ ...come, ...ended });
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
  readonly body: BodyBytes;
  /** Of the body, those that would have been too many included. */
  bodyBytes = 0;
  firstByteAt = 0;
  /** Milliseconds that had been lost when the first byte came. */
  lostBefore = 0;
  controller: Dispatcher.DispatchController | undefined;
  /** Resolves when it is our turn; absent while nothing is held up. */
  held: Promise<void> | undefined;
  /** Ends the turn that it has. */
  turn: (() => void) | undefined;
  #hasWaited = false;
  readonly limits: Limits;
  readonly #stalledBefore: number;
  #heldMs = 0;
  #settle: ((come: Come) => void) | undefined;

  constructor(limits: Limits, settle: (come: Come) => void) {
    this.limits = limits;
    this.body = new BodyBytes(limits.maxBodyBytes, limits.memory);
    this.#stalledBefore = limits.stalls.ms();
    this.#settle = settle;
  }

  /** Milliseconds in which we could not have read, whatever the server sent; the deadline moves by as much. */
  lostMs(): number {
    return this.#heldMs + this.limits.stalls.ms() - this.#stalledBefore;
  }

  began(): void {
    if (this.firstByteAt > 0) return;
    this.firstByteAt = this.limits.clock.now();
    this.lostBefore = this.lostMs();
  }

  /** Ends the attempt without an answer, and the connection with it. */
  stop(error: Error): void {
    const { phase, bodyBytes, reused } = this;
    const inHeaders = phase === "receiving" && this.status === 0;
    // What was complete belongs to whoever has it by now.
    if (this.#settle !== undefined) this.body.letGo();
    this.#finish({ ok: false, failure: { error, phase, inHeaders, bodyBytes, reused } });
    this.controller?.abort(error);
  }

  complete(): void {
    const { status, headers, body, turn: endTurn, firstByteAt, reused } = this;
    const lostAfterFirstByteMs = this.lostMs() - this.lostBefore;
    this.#finish({
      ok: true,
      received: {
        ...{ status, headers, body, firstByteAt, reused, lostAfterFirstByteMs },
        ...(endTurn === undefined ? {} : { endTurn }),
      },
    });
  }

  /** A body that turns out to be large is read on when it has its turn. */
  waitForTurn(controller: Dispatcher.DispatchController): void {
    if (this.#hasWaited) return;
    this.#hasWaited = true;
    const { clock, largeBodies, stalls } = this.limits;
    const [since, stalledSince] = [clock.now(), stalls.ms()];
    controller.pause();
    this.held = largeBodies.take().then((endTurn) => {
      this.held = undefined;
      // A stall meanwhile is counted as one already.
      this.#heldMs += Math.max(0, clock.now() - since - (stalls.ms() - stalledSince));
      if (this.#settle === undefined) return endTurn();
      this.turn = endTurn;
      controller.resume();
    });
  }

  #finish(come: Come): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(come);
  }
}

/**
 * How often a deadline moves by what was lost. Together with the length of each move it bounds the whole: a server
 * whose flood keeps this process busy does not win time without end.
 */
const MOVES = 3;

/** The handed-in clock is waited for, not undici's timers: they count silence, and a slow drip never is silent. */
function watchTime(course: Course, limits: Limits, settled: AbortSignal, hasToConnect: boolean): void {
  const { clock, deadline, timeoutMs, connectTimeoutMs } = limits;
  const callTime = async (until: number, isOver: () => boolean, why: () => string): Promise<void> => {
    for (let [moves, lostMs] = [0, 0]; ; moves += 1) {
      await clock.sleep(Math.max(0, until + lostMs - clock.now()), settled);
      // When this process was late, the answer may lie in the socket: what has come is read before time is called.
      await socketsRead();
      if (settled.aborted || isOver()) return;
      await course.held;
      // More may lie there than one look reads, and the server may have waited for us to read on.
      if (moves === MOVES || course.lostMs() <= lostMs) break;
      lostMs = course.lostMs();
    }
    course.stop(new Stopped("timed-out", why()));
  };
  void callTime(
    deadline,
    () => false,
    () => TOO_LATE[course.phase](timeoutMs, course.bodyBytes),
  );
  if (!hasToConnect) return;
  void callTime(
    clock.now() + connectTimeoutMs,
    () => course.phase !== "connecting",
    () => TOO_LATE.connecting(connectTimeoutMs, 0),
  );
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
      course.began();
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
        course.body.add(chunk);
        if (course.body.isLarge) course.waitForTurn(controller);
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
