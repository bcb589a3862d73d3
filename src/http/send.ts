import { isUtf8 } from "node:buffer";
import { setMaxListeners } from "node:events";
import type { Clock } from "../model/clock.ts";
import {
  type Answer,
  type Exchange,
  type Headers,
  NAMED_CREDENTIALS,
  type NamedCredential,
  type Outcome,
  type Request,
  type Send,
  type Silence,
} from "../model/exchange.ts";
import { mintedIn } from "../model/minted.ts";
import { BadInput } from "../model/problem.ts";
import { Secret } from "../model/secret.ts";
import { AccessTokens } from "./access-tokens.ts";
import {
  type Attempted,
  attempt,
  LARGE_BODY_BYTES,
  type Limits,
  type Received,
  type WireRequest,
} from "./attempt.ts";
import { type Connection, connector } from "./connection.ts";
import { Connections } from "./connections.ts";
import { type Credential, credentialHeaders, type HeldCredential, secretsOf } from "./credential.ts";
import { inflateBody } from "./inflate.ts";
import { Permits } from "./permits.ts";
import { proxySecrets } from "./proxy.ts";
import { type Recorder, recorder } from "./redact.ts";
import { silenceOf } from "./silence.ts";
import type { TrustOptions } from "./trust.ts";

export interface SendOptions extends TrustOptions {
  /** What requests are sent below; its credentials, query and fragment are not used. See `parseBaseUrl`. */
  readonly baseUrl: URL;
  readonly credential: Credential;
  /** Tokens beside it, for requests that ask for one by name. */
  readonly named?: Readonly<Partial<Record<NamedCredential, Secret>>>;
  /** Deadlines and timings are taken from it. */
  readonly clock: Clock;
  /** Milliseconds for a whole exchange, 60 000 (Okta's) unless given. A request may ask for another number. */
  readonly timeoutMs?: number;
  /** Milliseconds until a connection has to stand, 15 000 unless given. */
  readonly connectTimeoutMs?: number;
  /** Bytes of an answer's body, counted before and after inflating; 20 MB unless given. */
  readonly maxBodyBytes?: number;
  /** Bytes of all headers of an answer together; 64 KiB unless given. */
  readonly maxHeaderBytes?: number;
  /** URL of a proxy, or `from-environment` for HTTP_PROXY, HTTPS_PROXY and NO_PROXY. No proxy unless given. */
  readonly proxy?: string;
  /** Connections open at once; further exchanges wait for a free one. No limit unless given. */
  readonly connections?: number;
}

export interface Sender {
  readonly send: Send;
  /** Ends what is under way as `aborted`, and resolves when every socket is closed. */
  close(): Promise<void>;
}

/**
 * Opens the way to a server. `send` never rejects: what the network does comes back as a silence, and what it hands
 * back holds no secret.
 * @throws BadInput when a certificate, a key or the proxy's address cannot be used
 */
export function createSend(options: SendOptions): Sender {
  const wire = new Wire(options);
  return {
    send: (request, signal) => wire.exchange(request, signal),
    close: () => wire.close(),
  };
}

/** Large bodies that are read, or inflated, at the same time; each may take twice its bytes for a moment. */
const LARGE_BODIES_AT_ONCE = 2;

/** What came of a request, before it is recorded. */
interface Heard {
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly firstByteAt: number | undefined;
  /** Milliseconds that are not the server's. */
  readonly heldMs: number;
}

class Wire {
  readonly #options: SendOptions;
  readonly #maxBodyBytes: number;
  readonly #basePath: string;
  readonly #connections: Connections;
  readonly #largeBodies = new Permits(LARGE_BODIES_AT_ONCE);
  /** The token that an administrator's request told last. */
  #minted: Secret | undefined;
  readonly #recorder: Recorder;
  readonly #tokens: AccessTokens | undefined;
  /** Access tokens that the server has taken at least once. */
  readonly #accepted = new WeakSet<Secret>();
  readonly #closed = new AbortController();
  readonly #combined = new WeakMap<AbortSignal, AbortSignal>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: SendOptions) {
    const { baseUrl, credential, proxy } = options;
    this.#options = options;
    this.#maxBodyBytes = options.maxBodyBytes ?? 20_000_000;
    this.#basePath = baseUrl.pathname.replace(/\/+$/, "");
    const way = {
      trust: options,
      connectTimeoutMs: options.connectTimeoutMs ?? 15_000,
      maxHeaderBytes: options.maxHeaderBytes ?? 65_536,
      ...(proxy === undefined ? {} : { proxy }),
    };
    const open = connector({ origin: baseUrl.origin, ...way });
    this.#connections = withReadableProxy(() => new Connections(open, options.connections ?? Infinity));
    this.#recorder = recorder(
      [...secretsOf(credential), ...namedSecrets(options), ...proxySecrets(proxy), ...passphraseOf(options)],
      credential.kind === "header" ? credential.name : undefined,
    );
    this.#tokens =
      credential.kind === "oauth"
        ? new AccessTokens(credential.client, {
            ...way,
            clock: options.clock,
            timeoutMs: options.timeoutMs ?? 60_000,
            onToken: (token) => this.#recorder.conceal(token),
          })
        : undefined;
  }

  exchange(request: Request, callersSignal: AbortSignal): Promise<Exchange> {
    const signal = this.#eitherOf(callersSignal);
    const running = this.#exchange(request, signal).finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
    return running;
  }

  // One combined signal serves every exchange of a caller: making one costs more than sending a small request.
  #eitherOf(callersSignal: AbortSignal): AbortSignal {
    const known = this.#combined.get(callersSignal);
    if (known !== undefined) return known;
    const combined = AbortSignal.any([callersSignal, this.#closed.signal]);
    // As many exchanges listen as are under way; a burst is no leak.
    setMaxListeners(0, combined);
    this.#combined.set(callersSignal, combined);
    return combined;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#underWay);
    await Promise.all([this.#connections.close(), this.#tokens?.close()]);
  }

  async #exchange(request: Request, signal: AbortSignal): Promise<Exchange> {
    const held = await this.#credential(request, signal);
    if (held.kind === "silence") return this.#unsent(request, held);
    const exchange = await this.#exchangeAs(held, request, signal);
    if (this.#tokens === undefined || held.kind !== "bearer" || !isGiven(request)) return exchange;
    const { outcome } = exchange;
    if (outcome.kind !== "answer" || outcome.status !== 401) {
      this.#accepted.add(held.token);
      return exchange;
    }
    // A token that was good and is no longer has ended early. That is no answer to the request; a first 401 is one.
    if (!this.#accepted.has(held.token)) return exchange;
    this.#tokens.refused(held.token);
    const renewed = await this.#credential(request, signal);
    return renewed.kind === "silence"
      ? this.#unsent(request, renewed)
      : this.#exchangeAs(renewed, request, signal);
  }

  async #credential({ credential: use }: Request, signal: AbortSignal): Promise<HeldCredential | Silence> {
    const { credential } = this.#options;
    if (credential.kind !== "oauth") return credential;
    if (this.#tokens === undefined || use === "none" || use === "wrong") return { kind: "none" };
    const got = await unlessAborted(this.#tokens.current(), signal);
    if (got === undefined) return NOT_BEGUN;
    return got.ok
      ? { kind: "bearer", token: got.token }
      : { kind: "silence", reason: "no-token", detail: got.why };
  }

  #unsent(request: Request, outcome: Silence): Exchange {
    const { baseUrl, clock } = this.#options;
    const url = baseUrl.origin + this.#basePath + request.path;
    return this.#recorder.record({ request, url, outcome, timing: { startedAt: clock.now() } });
  }

  async #exchangeAs(credential: HeldCredential, request: Request, signal: AbortSignal): Promise<Exchange> {
    const { baseUrl, clock } = this.#options;
    const headers = withCredential(request, credential, {
      named: { ...this.#options.named, ...this.#ofItsOwn() },
    });
    const wireRequest: WireRequest = {
      origin: baseUrl.origin,
      path: request.below === "host" ? request.path : this.#basePath + request.path,
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const sent = { request: { ...request, headers }, url: baseUrl.origin + wireRequest.path };
    const connection = await this.#connections.take(request.freshConnection === true, signal);
    const startedAt = clock.now();
    const heard =
      connection === undefined
        ? { outcome: NOT_BEGUN, firstByteAt: undefined, heldMs: 0 }
        : await this.#ask(connection, wireRequest, this.#limits(request, startedAt), signal);
    const { outcome, firstByteAt, heldMs } = heard;
    const minted = mintedIn(request, outcome);
    if (minted !== undefined) {
      this.#minted = new Secret(minted);
      this.#recorder.conceal(minted);
    }
    const firstByte = firstByteAt === undefined ? {} : { firstByteMs: firstByteAt - startedAt };
    const timing = { startedAt, ...firstByte, totalMs: clock.now() - startedAt - heldMs };
    return this.#recorder.record({ ...sent, outcome, timing });
  }

  #limits(request: Request, startedAt: number): Limits {
    const { clock, timeoutMs, connectTimeoutMs } = this.#options;
    const patience = request.timeoutMs ?? timeoutMs ?? 60_000;
    return {
      clock,
      deadline: startedAt + patience,
      timeoutMs: patience,
      connectTimeoutMs: connectTimeoutMs ?? 15_000,
      maxBodyBytes: this.#maxBodyBytes,
      largeBodies: this.#largeBodies,
    };
  }

  #ofItsOwn(): { readonly minted?: Secret } {
    return this.#minted === undefined ? {} : { minted: this.#minted };
  }

  async #ask(first: Connection, request: WireRequest, limits: Limits, signal: AbortSignal): Promise<Heard> {
    let connection = first;
    if (!REPEATABLE.has(request.method.toUpperCase())) await endsSeen();
    let attempted = await attempt(connection, request, limits, signal);
    this.#connections.giveBack(connection, attempted.ok && !mayRepeat(request.method, attempted));
    if (mayRepeat(request.method, attempted)) {
      const another = await this.#connections.take(true, signal);
      if (another !== undefined) {
        connection = another;
        attempted = await attempt(connection, request, limits, signal);
        this.#connections.giveBack(connection, attempted.ok);
      }
    }
    if (attempted.ok) {
      const { received } = attempted;
      const { firstByteAt, heldMs } = received;
      return { outcome: await this.#outcome(received), firstByteAt, heldMs };
    }
    const { certificate } = connection;
    return {
      outcome: silenceOf(attempted.failure, { ...this.#hostAndPort(), certificate }),
      firstByteAt: undefined,
      heldMs: 0,
    };
  }

  async #outcome(received: Received): Promise<Outcome> {
    const { status, headers, body } = received;
    const codings = headers
      .filter(([name]) => name.toLowerCase() === "content-encoding")
      .map(([, value]) => value);
    // A few kilobytes may inflate to a large body.
    const isSmall = codings.length === 0 && body.length <= LARGE_BODY_BYTES;
    const endTurn = isSmall ? undefined : await this.#largeBodies.take();
    const inflated = await inflateBody(body, codings, this.#maxBodyBytes);
    endTurn?.();
    if (inflated.ok) return { kind: "answer", status, headers, ...asText(inflated.bytes) };
    const { host, port } = this.#hostAndPort();
    const detail = `The body of the answer of ${host}:${port} cannot be used: ${inflated.why}.`;
    return { kind: "silence", reason: inflated.reason, detail };
  }

  #hostAndPort(): { readonly host: string; readonly port: number } {
    const { hostname, port, protocol } = this.#options.baseUrl;
    return { host: hostname, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port) };
  }
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    if (signal.aborted) return leave();
    signal.addEventListener("abort", leave, { once: true });
    void work.finally(() => signal.removeEventListener("abort", leave)).then(resolve, reject);
  });
}

const isGiven = ({ credential = "given" }: Request) => credential === "given";

/** It never travels, but somebody may have used one password for two things. */
const passphraseOf = ({ clientCertificate }: TrustOptions) =>
  clientCertificate?.passphrase === undefined ? [] : [clientCertificate.passphrase.reveal()];

const NOT_BEGUN: Silence = {
  kind: "silence",
  reason: "aborted",
  detail: "The request was not sent: the exchange was aborted before.",
};

/** A header that a scenario writes itself counts; the configured credential is not put beside it. */
export function withCredential(
  request: Request,
  credential: HeldCredential,
  { named }: Pick<SendOptions, "named">,
): Headers {
  const use = request.credential ?? "given";
  const name = NAMED_CREDENTIALS.find((one) => one === use);
  const added =
    name === undefined
      ? credentialHeaders(credential, use)
      : credentialHeaders(bearerOrNone(named?.[name]), "given");
  const written = new Set(request.headers.map(([name]) => name.toLowerCase()));
  return [...request.headers, ...added.filter(([name]) => !written.has(name.toLowerCase()))];
}

const bearerOrNone = (token: Secret | undefined): HeldCredential =>
  token === undefined ? { kind: "none" } : { kind: "bearer", token };

export const namedSecrets = ({ named = {} }: Pick<SendOptions, "named">) =>
  Object.values(named).flatMap((secret) => (secret === undefined ? [] : [secret.reveal()]));

/**
 * A server that closes behind its answer without saying so has usually done it by now. One turn of the event loop
 * lets that be seen, so that what cannot be sent twice is not written into a closed door.
 */
const endsSeen = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Methods that may be sent twice without the second answer differing from the first. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT"]);

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

const HUNG_UP = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** UTF-8 with U+FFFD for what is none. A byte order mark is dropped, as RFC 8259 section 8.1 permits. */
function asText(bytes: Buffer): Pick<Answer, "body" | "notUtf8"> {
  const body = new TextDecoder("utf-8").decode(bytes);
  return isUtf8(bytes) ? { body } : { body, notUtf8: true };
}

function withReadableProxy<Made>(make: () => Made): Made {
  try {
    return make();
  } catch {
    // The cause is left out: it quotes the address, and the address may hold a password.
    throw new BadInput([
      {
        place: { file: "proxy" },
        what: "The address of the proxy cannot be used.",
        next: "Write it as http://host:port.",
      },
    ]);
  }
}
