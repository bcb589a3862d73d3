import type { Credential, TrustOptions } from "../http/index.ts";
import type { Wire } from "../load/wire/wire.ts";
import type { Send } from "../model/exchange.ts";

/** How requests of a load travel, as the report names it. */
export interface LoadWay {
  readonly wire: Wire;
  readonly transport: "http1" | "undici";
}

export interface LoadWaySettings {
  readonly baseUrl: URL;
  readonly credential: Credential;
  readonly trust: TrustOptions;
  readonly connections: number;
  readonly timeoutMs?: number;
  /** For what our own sockets cannot do: proxies, and tokens that are renewed under way. */
  readonly send: Send;
}

/** Sockets of our own wherever they can reach the server, else the way that a conformance run takes. */
export async function loadWay(settings: LoadWaySettings): Promise<LoadWay> {
  const { baseUrl, credential, trust, connections, timeoutMs, send } = settings;
  const { isProxied } = await import("../http/index.ts");
  if (credential.kind === "oauth" || isProxied(baseUrl)) {
    const { OverSend } = await import("../load/wire/over-send.ts");
    const wire = new OverSend({
      send,
      now: () => performance.now(),
      epoch: performance.timeOrigin,
      close: async () => {},
      authority: baseUrl.host,
    });
    return { wire, transport: "undici" };
  }
  const { openWire } = await import("./wire.ts");
  const wire = await openWire({
    baseUrl,
    credential,
    connections,
    ...trust,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return { wire, transport: "http1" };
}
