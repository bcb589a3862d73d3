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
import type { ServerRequest } from "./message.ts";
import type { Latency } from "./variation.ts";

const ORIGIN = "http://reference-server.localhost";
const NAMED: ReadonlySet<CredentialUse> = new Set(NAMED_CREDENTIALS);
const TIMEOUT_MS = 60_000;

export interface MemorySendOptions {
  /** Scheme and authority that exchanges and replies show; a host of this machine when absent. */
  readonly origin?: string;
  /** How long an exchange takes by the clock; none when absent. More than the request's timeout is a silence. */
  readonly latency?: Latency;
  /** Tokens beside the server's own, for requests that ask for one by name. */
  readonly named?: Readonly<Partial<Record<NamedCredential, string>>>;
}

/**
 * Sends requests to a reference server in the same process, without a socket. The exchange shows the credential
 * masked, as it would be after a real one.
 */
export function memorySend(server: ReferenceServer, clock: Clock, options: MemorySendOptions = {}): Send {
  const { basePath, credential } = server.settings;
  const token = credential?.token;
  const { origin = ORIGIN, latency, named: given = {} } = options;
  let minted: string | undefined;
  return async (request, signal) => {
    const startedAt = clock.now();
    const path = request.below === "host" ? request.path : `${basePath}${request.path}`;
    const url = `${origin}${path}`;
    const use = request.credential ?? "given";
    const named = minted === undefined ? given : { ...given, minted };
    const bearer = NAMED.has(use) ? named[use as NamedCredential] : token;
    if (signal.aborted) return aborted(request, url, startedAt);
    const sent: ServerRequest = {
      method: request.method,
      target: path,
      headers: [...request.headers, ...credentialHeader(use, bearer)],
      body: request.body ?? "",
      origin,
    };
    const response = server.handle(sent);
    minted = mintedIn(request, { kind: "answer", ...response }) ?? minted;
    const timeout = request.timeoutMs ?? TIMEOUT_MS;
    const wait = latency?.(sent, response) ?? 0;
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
