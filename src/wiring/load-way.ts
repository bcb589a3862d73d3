import type { Credential, TrustOptions } from "../http/index.ts";
import type { Wire } from "../load/wire/wire.ts";
import type { Send, Silence, SilenceReason } from "../model/exchange.ts";

/** How requests of a load travel, as the report names it. */
export interface LoadWay {
  readonly wire: Wire;
  readonly transport: "http1" | "undici" | "http2";
  /** Masks secrets in what the wire hands over. */
  readonly conceal: (text: string) => string;
}

export interface LoadWaySettings {
  readonly baseUrl: URL;
  readonly credential: Credential;
  readonly trust: TrustOptions;
  readonly connections: number;
  /** One connection of HTTP/2 in place of them. */
  readonly http2: boolean;
  readonly timeoutMs?: number;
  /** For what our own sockets cannot do: proxies, and tokens that are renewed under way. */
  readonly send: Send;
}

/** Sockets of our own wherever they can reach the server, else the way that a conformance run takes. */
export async function loadWay(settings: LoadWaySettings): Promise<LoadWay> {
  const { baseUrl, credential, trust, connections, http2, timeoutMs, send } = settings;
  const { isProxied } = await import("../http/index.ts");
  if (credential.kind === "oauth" || isProxied(baseUrl)) {
    const { OverSend } = await import("../load/wire/over-send.ts");
    const wire = new OverSend({
      send,
      now: () => performance.now(),
      epoch: performance.timeOrigin,
      close: async () => {},
      authority: baseUrl.host,
      probe: () => whyUnreachable(send),
    });
    // `send` has masked them, also tokens that were issued under way.
    return { wire, transport: "undici", conceal: (text) => text };
  }
  const [{ openHttp2Wire, openWire }, { secretsOf }, { redactor }] = await Promise.all([
    import("./wire.ts"),
    import("../http/credential.ts"),
    import("../http/redact.ts"),
  ]);
  const conceal = redactor([...secretsOf(credential)]);
  const wire = {
    baseUrl,
    credential,
    connections,
    ...trust,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  return http2
    ? { wire: await openHttp2Wire(wire), transport: "http2", conceal }
    : { wire: await openWire(wire), transport: "http1", conceal };
}

/** Where a request meets one of these, no other gets any further. */
const ENDS: ReadonlySet<SilenceReason> = new Set(["refused", "unresolved", "tls", "no-token"]);

async function whyUnreachable(send: Send): Promise<Silence | undefined> {
  const { askForUsers } = await import("./load-preflight.ts");
  const { outcome } = await askForUsers(send, new AbortController().signal);
  return outcome.kind === "silence" && ENDS.has(outcome.reason) ? outcome : undefined;
}
