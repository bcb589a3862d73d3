import type { Clock } from "../model/clock.ts";
import type {
  Answer,
  CredentialUse,
  Exchange,
  Headers,
  NamedCredential,
  Request,
  Send,
  Silence,
} from "../model/exchange.ts";
import { NAMED_CREDENTIALS } from "../model/exchange.ts";
import { mintedIn } from "../model/minted.ts";
import { SECRET_MASK } from "../model/secret.ts";
import type { ReferenceServer } from "./app.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";
import type { Latency } from "./variation.ts";

const ORIGIN = "http://reference-server.localhost";
const NAMED: ReadonlySet<CredentialUse> = new Set(NAMED_CREDENTIALS);
const TIMEOUT_MS = 60_000;

/** What no HTTP client would put on the wire as a request target (RFC 9112 section 3.2). */
const NOT_IN_A_TARGET = /[^\u0021-\u007e]/;

export interface MemorySendOptions {
  /** Scheme and authority that exchanges and replies show; a host of this machine when absent. */
  readonly origin?: string;
  /** How long an exchange takes by the clock; none when absent. More than the request's timeout is a silence. */
  readonly latency?: Latency;
  /** Tokens beside the server's own, for requests that ask for one by name. */
  readonly named?: Readonly<Partial<Record<NamedCredential, string>>>;
}

/** What a server makes of a request, and how many milliseconds it takes until that is sent. */
export interface Asked {
  readonly response: ServerResponse;
  readonly waitMs: number;
}

/** A way to a reference server in the same process, without a socket. */
export interface MemoryWay {
  /** Asks at once and waits for nothing; for whoever keeps the time. */
  readonly ask: (request: Request) => Asked;
  /** The exchange shows the credential masked, as it would be after a real one. */
  readonly send: Send;
}

export function memorySend(server: ReferenceServer, clock: Clock, options: MemorySendOptions = {}): Send {
  return memoryWay(server, clock, options).send;
}

export function memoryWay(server: ReferenceServer, clock: Clock, options: MemorySendOptions = {}): MemoryWay {
  const { basePath, credential } = server.settings;
  const token = credential?.token;
  const { origin = ORIGIN, latency, named: given = {} } = options;
  let minted: string | undefined;
  const pathOf = ({ below, path }: Request) => (below === "host" ? path : `${basePath}${path}`);
  const bearerOf = (use: CredentialUse) => {
    const named = minted === undefined ? given : { ...given, minted };
    return NAMED.has(use) ? named[use as NamedCredential] : token;
  };
  const ask = (request: Request): Asked => {
    if (NOT_IN_A_TARGET.test(request.path)) throw new TypeError(`not percent-encoded: ${request.path}`);
    const use = request.credential ?? "given";
    const sent: ServerRequest = {
      method: request.method,
      target: pathOf(request),
      headers: [...request.headers, ...credentialHeader(use, bearerOf(use))],
      body: request.body ?? "",
      origin,
    };
    const response = server.handle(sent);
    minted = mintedIn(request, { kind: "answer", ...response }) ?? minted;
    return { response, waitMs: latency?.(sent, response) ?? 0 };
  };
  const send: Send = async (request, signal) => {
    const startedAt = clock.now();
    const url = `${origin}${pathOf(request)}`;
    const use = request.credential ?? "given";
    const bearer = bearerOf(use);
    if (signal.aborted) return aborted(request, url, startedAt);
    const { response, waitMs: wait } = ask(request);
    const timeout = request.timeoutMs ?? TIMEOUT_MS;
    if (wait > 0) await clock.sleep(Math.min(wait, timeout), signal);
    if (signal.aborted) return aborted(request, url, startedAt);
    const masked = credentialHeader(use, bearer && SECRET_MASK);
    const totalMs = clock.now() - startedAt;
    const outcome: Answer | Silence = wait > timeout ? timedOut(timeout) : { kind: "answer", ...response };
    return {
      request: { ...request, headers: [...request.headers, ...masked] },
      url,
      outcome,
      timing: { startedAt, ...(wait > timeout ? {} : { firstByteMs: totalMs }), totalMs },
    };
  };
  return { ask, send };
}

/** What the layer `http` would put on the wire for each kind of credential. */
function credentialHeader(use: CredentialUse, token: string | undefined): Headers {
  if (use === "none") return [];
  if (use === "wrong") return [["Authorization", "non-token"]];
  if (token === undefined) return [];
  const scheme =
    use === "lower-case-scheme" ? "bearer" : use === "doubled-bearer" ? "Bearer Bearer" : "Bearer";
  return [["Authorization", `${scheme} ${token}`]];
}

const timedOut = (timeout: number): Silence => ({
  kind: "silence",
  reason: "timed-out",
  detail: `no answer within ${timeout / 1000} s`,
});

function aborted(request: Request, url: string, startedAt: number): Exchange {
  return {
    request,
    url,
    outcome: { kind: "silence", reason: "aborted", detail: "The request was given up before it was sent." },
    timing: { startedAt },
  };
}
