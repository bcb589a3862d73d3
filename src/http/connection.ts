import { buildConnector, Client, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from "undici";
import { noteCertificate, type SeenCertificate } from "./certificate.ts";
import { type ReadableSocket, withoutContinue } from "./interim.ts";
import { type TlsSettings, type TrustOptions, tlsSettings } from "./trust.ts";

/** How to reach the server. */
export interface Route {
  /** Scheme, host and port of the base URL. */
  readonly origin: string;
  readonly trust: TrustOptions;
  readonly connectTimeoutMs: number;
  readonly maxHeaderBytes: number;
  /**
   * URL of a proxy, or `from-environment` for HTTP_PROXY, HTTPS_PROXY and NO_PROXY. An https server is reached through
   * a tunnel (CONNECT); for an http one the proxy is asked to forward, since many open no tunnel but to port 443.
   */
  readonly proxy?: string;
}

/**
 * One connection to the server, used by one exchange at a time. It is opened by the first exchange, and again by a
 * later one when the server has closed it in between.
 */
export interface Connection {
  readonly dispatcher: Dispatcher;
  /** How many sockets it has opened so far. The same before and after: the exchange went over a used socket. */
  readonly opened: number;
  /** The certificate the server showed last, when it was reached without a proxy. */
  readonly certificate: SeenCertificate | undefined;
  /** To be called right before a request is written. */
  beforeAnswer(): void;
  /** Told when no connection could be made. */
  onConnectError: ((error: Error) => void) | undefined;
  close(): Promise<void>;
}

/**
 * An idle connection is closed by us after a second, unless the server's Keep-Alive header allows more: the servers
 * that give the least (gunicorn: 2 s) do not say so, and a POST into their closing door could not be sent again.
 */
const IDLE_MS = 1_000;

type ConnectingSocket = ReadableSocket & Parameters<typeof noteCertificate>[0] & { destroy(): unknown };

/** A maker of connections. Certificates are read and TLS sessions remembered once for all of them. */
export function connector(route: Route): () => Connection {
  const tls = tlsSettings(route.trust);
  // A proxy is somebody else: it is not shown the client certificate, and `insecure` is not meant for it.
  const proxyTls = route.trust.ca === undefined ? {} : tlsSettings({ ca: route.trust.ca });
  const connect = buildConnector({ ...tls, timeout: route.connectTimeoutMs });
  return () => new UndiciConnection(route, connect, { tls, proxyTls });
}

class UndiciConnection implements Connection {
  readonly dispatcher: Dispatcher;
  opened = 0;
  certificate: SeenCertificate | undefined;
  onConnectError: ((error: Error) => void) | undefined;
  #atAnswer: () => void = () => {};
  #socket: { destroy(): unknown } | undefined;

  constructor(
    route: Route,
    connect: buildConnector.connector,
    tls: { readonly tls: TlsSettings; readonly proxyTls: TlsSettings },
  ) {
    const options = {
      pipelining: 1,
      // Time is kept by the attempt itself, with the clock it is handed.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_MS,
      maxHeaderSize: route.maxHeaderBytes,
    };
    const own = this.#connectOver(connect);
    if (route.proxy === undefined) {
      this.dispatcher = this.#watched(new Client(route.origin, { ...options, connect: own }));
      return;
    }
    const shared = {
      ...options,
      connect: own,
      proxyTunnel: false,
      requestTls: tls.tls,
      proxyTls: { ...tls.proxyTls, timeout: route.connectTimeoutMs },
      // Behind a proxy undici makes the client; only here it can be got hold of. Where the proxy forwards, the
      // connection is one to the proxy, and what comes over it is read like an answer of the server.
      factory: (origin: string | URL, given: object) => {
        const forwards = new URL(origin).origin !== route.origin;
        const connect = forwards ? { connect: own } : {};
        return this.#watched(new Client(origin, { ...given, ...options, ...connect }));
      },
    };
    this.dispatcher =
      route.proxy === "from-environment"
        ? new EnvHttpProxyAgent(shared)
        : new ProxyAgent({ ...shared, uri: route.proxy });
  }

  beforeAnswer(): void {
    this.#atAnswer();
  }

  /** Remembers the socket and its certificate, and reads past 100 Continue. */
  #connectOver(connect: buildConnector.connector): buildConnector.connector {
    return (address, callback) => {
      // The types hide that the socket is handed back at once, long before it is connected.
      const socket = (connect as (...given: Parameters<typeof connect>) => unknown)(address, callback) as
        | ConnectingSocket
        | undefined;
      if (socket === undefined) return;
      this.#socket = socket;
      this.#atAnswer = withoutContinue(socket);
      if (address.protocol === "https:") {
        noteCertificate(socket, (certificate) => {
          this.certificate = certificate;
        });
      }
    };
  }

  #watched(client: Client): Client {
    client.on("connect", () => {
      this.opened += 1;
    });
    client.on("connectionError", (_origin, _targets, error) => this.onConnectError?.(error));
    return client;
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
    // A socket that is still connecting is unknown to the client and would hold the process for minutes.
    this.#socket?.destroy();
  }
}
