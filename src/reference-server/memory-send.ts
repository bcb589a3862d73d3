import type { Clock } from "../model/clock.ts";
import type { CredentialUse, Exchange, Headers, Request, Send } from "../model/exchange.ts";
import { SECRET_MASK } from "../model/secret.ts";
import type { ReferenceServer } from "./app.ts";

const ORIGIN = "http://reference-server.localhost";

/**
 * Sends requests to a reference server in the same process, without a socket. The exchange shows the credential
 * masked, as it would be after a real one.
 */
export function memorySend(server: ReferenceServer, clock: Clock): Send {
  const { basePath, token } = server.settings;
  return (request, signal) => {
    const startedAt = clock.now();
    const url = `${ORIGIN}${basePath}${request.path}`;
    if (signal.aborted) return Promise.resolve(aborted(request, url, startedAt));
    const response = server.handle({
      method: request.method,
      target: `${basePath}${request.path}`,
      headers: [...request.headers, ...credentialHeader(request.credential ?? "given", token)],
      body: request.body ?? "",
      origin: ORIGIN,
    });
    const masked = credentialHeader(request.credential ?? "given", token && SECRET_MASK);
    const totalMs = clock.now() - startedAt;
    return Promise.resolve({
      request: { ...request, headers: [...request.headers, ...masked] },
      url,
      outcome: { kind: "answer", ...response },
      timing: { startedAt, firstByteMs: totalMs, totalMs },
    });
  };
}

/** What the layer `http` would put on the wire for each kind of credential. */
function credentialHeader(use: CredentialUse, token: string | undefined): Headers {
  if (use === "none") return [];
  if (use === "wrong") return [["Authorization", "non-token"]];
  if (token === undefined) return [];
  return [["Authorization", use === "doubled-bearer" ? `Bearer Bearer ${token}` : `Bearer ${token}`]];
}

function aborted(request: Request, url: string, startedAt: number): Exchange {
  return {
    request,
    url,
    outcome: { kind: "silence", reason: "aborted", detail: "The request was given up before it was sent." },
    timing: { startedAt },
  };
}
