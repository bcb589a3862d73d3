import { isUtf8 } from "node:buffer";
import type { Clock } from "../model/clock.ts";
import { type Answer, type Outcome, REPEATABLE, type Silence } from "../model/exchange.ts";
import type { Memory } from "../model/memory.ts";
import { type Attempted, attempt, type Limits, type Received, type WireRequest } from "./attempt.ts";
import { LARGE_BODY_BYTES } from "./body-bytes.ts";
import type { Connections } from "./connections.ts";
import { inflateBody } from "./inflate.ts";
import { memoryOf } from "./memory-of.ts";
import { Permits } from "./permits.ts";
import { NOT_BEGUN, silenceOf } from "./silence.ts";
import { Stalls } from "./stalls.ts";

/** Large bodies that are read, or inflated, at the same time; each takes twice its bytes for a moment. */
const LARGE_BODIES_AT_ONCE = 1;

/**
 * Bytes of memory that one body may take, as a text and as the values in it. A body of people or members may be as large
 * as is read at all; pages of ten thousand people, and groups of fifty thousand, stay far below it.
 */
const MOST_BYTES_IN_MEMORY = 64_000_000;

export interface AskerOptions {
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeoutMs: number;
  /** Bytes of a body, before and after inflating. */
  readonly maxBodyBytes: number;
  readonly memory: Memory;
}

/** What came of a request, before it is recorded. */
export interface Heard {
  readonly outcome: Outcome;
  /** Milliseconds since the epoch; when a connection was there, so that waiting for one is not the server's time. */
  readonly startedAt: number;
  /** Milliseconds from there, without those that were ours. */
  readonly firstByteMs?: number;
  readonly totalMs: number;
}

export interface Asked {
  /** Over a connection that nothing went over before. */
  readonly fresh: boolean;
  /** Milliseconds that the server has. */
  readonly patienceMs: number;
}

/** Asks the server, over one of its connections, and once more where the first was closed under our hands. */
export class Asker {
  readonly #connections: Connections;
  readonly #options: AskerOptions;
  readonly #largeBodies = new Permits(LARGE_BODIES_AT_ONCE);
  readonly #stalls = new Stalls();

  constructor(connections: Connections, options: AskerOptions) {
    this.#connections = connections;
    this.#options = options;
  }

  async ask(request: WireRequest, { fresh, patienceMs }: Asked, signal: AbortSignal): Promise<Heard> {
    const { clock, host, port } = this.#options;
    let connection = await this.#connections.take(fresh, signal);
    const startedAt = clock.now();
    if (connection === undefined) return { outcome: NOT_BEGUN, startedAt, totalMs: 0 };
    const limits = this.#limits(startedAt + patienceMs, patienceMs);
    if (!REPEATABLE.has(request.method.toUpperCase())) await endsSeen();
    let attempted = await attempt(connection, request, limits, signal);
    let lostMs = attempted.lostMs;
    let isSentTwice = false;
    this.#connections.giveBack(connection, attempted.ok && !mayRepeat(request.method, attempted));
    if (mayRepeat(request.method, attempted)) {
      const waitedSince = clock.now();
      const another = await this.#connections.take(true, signal);
      if (another !== undefined) {
        if (attempted.ok) letGo(attempted.received);
        connection = another;
        isSentTwice = true;
        lostMs += clock.now() - waitedSince;
        attempted = await attempt(
          connection,
          request,
          { ...limits, deadline: limits.deadline + lostMs },
          signal,
        );
        this.#connections.giveBack(connection, attempted.ok);
        lostMs += attempted.lostMs;
      }
    }
    const took = { startedAt, totalMs: attempted.endedAt - startedAt - lostMs };
    if (!attempted.ok) {
      const { certificate } = connection;
      return { outcome: silenceOf(attempted.failure, { host, port, certificate }), ...took };
    }
    if (isSentTwice && mayBeRefusedForItself(request.method, attempted.received)) {
      letGo(attempted.received);
      return { outcome: refusedTwice(attempted.received, host, port), ...took };
    }
    const { firstByteAt, lostAfterFirstByteMs } = attempted.received;
    const firstByteMs = firstByteAt - startedAt - (lostMs - lostAfterFirstByteMs);
    return { outcome: await this.#outcome(attempted.received), firstByteMs, ...took };
  }

  stop(): void {
    this.#stalls.stop();
  }

  #limits(deadline: number, timeoutMs: number): Limits {
    const { clock, connectTimeoutMs, maxBodyBytes, memory } = this.#options;
    return {
      clock,
      deadline,
      timeoutMs,
      connectTimeoutMs,
      maxBodyBytes,
      memory,
      largeBodies: this.#largeBodies,
      stalls: this.#stalls,
    };
  }

  /** The exchange is over by now: waiting for a turn to inflate, and inflating, are not the server's time. */
  async #outcome(received: Received): Promise<Outcome> {
    const { status, headers, body } = received;
    const codings = headers
      .filter(([name]) => name.toLowerCase() === "content-encoding")
      .map(([, value]) => value);
    // A few kilobytes may inflate to a large body.
    const isSmall = codings.length === 0 && !body.isLarge;
    const endTurn = received.endTurn ?? (isSmall ? undefined : await this.#largeBodies.take());
    const { maxBodyBytes, memory } = this.#options;
    if (codings.length > 0) memory.makeRoom();
    try {
      const inflated = await inflateBody(body.all(), codings, maxBodyBytes);
      if (codings.length > 0 && inflated.ok) memory.took(inflated.bytes.length);
      if (!inflated.ok) return this.#unusable(inflated.reason, inflated.why);
      if (hasTooManyValues(inflated.bytes)) return this.#unusable("too-large", TOO_MANY_VALUES);
      return { kind: "answer", status, headers, ...asText(inflated.bytes) };
    } finally {
      letGo({ body, ...(endTurn === undefined ? {} : { endTurn }) });
    }
  }

  #unusable(reason: "too-large" | "malformed", why: string): Silence {
    const { host, port } = this.#options;
    return {
      kind: "silence",
      reason,
      detail: `The body of the answer of ${host}:${port} cannot be used: ${why}.`,
    };
  }
}

const TOO_MANY_VALUES = `its values would take more than ${MOST_BYTES_IN_MEMORY / 1_000_000} MB of memory`;

function letGo({ body, endTurn }: Pick<Received, "body" | "endTurn">): void {
  body.letGo();
  endTurn?.();
}

/**
 * A body that is not large need not be looked through: not even the densest, names that are never the same, takes as much.
 * A web page is no JSON from its first character on, and makes no values at all.
 */
function hasTooManyValues(bytes: Buffer): boolean {
  if (bytes.length <= LARGE_BODY_BYTES || /^\s*</.test(bytes.toString("latin1", 0, 1_000))) return false;
  return memoryOf(bytes, MOST_BYTES_IN_MEMORY) > MOST_BYTES_IN_MEMORY;
}

/**
 * A server that closes behind its answer without saying so has usually done it by now. One turn of the event loop
 * lets that be seen, so that what cannot be sent twice is not written into a closed door.
 */
const endsSeen = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * A server may close an idle connection at the moment we write to it, and that is no fault of its own. It cannot be
 * told from a server that took the request and hung up, so a request is sent once more, over a new connection, only
 * where sending it twice changes nothing: no byte of an answer had come, the connection was a used one, and the
 * method is idempotent. DELETE is left out although RFC 9110 counts it in: its second answer is 404, and a check would
 * blame the server. What is left (POST, PATCH, DELETE) is rare, because idle connections are closed by us after
 * a second, and comes back as the silence `reset`. What had not been written yet is sent anew by undici itself.
 */
function mayRepeat(method: string, attempted: Attempted): boolean {
  // A server that closes an idle connection may say 408 first, and that reads like an answer to what was just sent.
  // Whatever the method, it was not carried out: 408 means that no whole request came (RFC 9110 15.5.9).
  if (attempted.ok) return attempted.received.reused && attempted.received.status === 408;
  if (!REPEATABLE.has(method.toUpperCase())) return false;
  const { error, phase, reused } = attempted.failure;
  return reused && phase === "waiting" && HUNG_UP.has(String((error as { code?: unknown }).code));
}

/** Who says 408 may have carried the request out all the same, and refuse it the second time for what it did the first. */
const mayBeRefusedForItself = (method: string, { status }: Received) =>
  status >= 400 && !REPEATABLE.has(method.toUpperCase());

const refusedTwice = ({ status }: Received, host: string, port: number): Silence => ({
  kind: "silence",
  reason: "reset",
  detail: `${host}:${port} answered 408 over a connection that had been used, and ${status} when the request was sent once more over a new one: whether it was carried out the first time cannot be told.`,
});

const HUNG_UP = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** UTF-8 with U+FFFD for what is none. A byte order mark is dropped, as RFC 8259 section 8.1 permits. */
function asText(bytes: Buffer): Pick<Answer, "body" | "notUtf8"> {
  const body = new TextDecoder("utf-8").decode(bytes);
  return isUtf8(bytes) ? { body } : { body, notUtf8: true };
}
