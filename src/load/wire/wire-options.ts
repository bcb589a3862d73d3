import type { SecureContext, TLSSocket } from "node:tls";
import type { Exchange, Headers, Request, SilenceReason } from "../../model/exchange.ts";

/** How far an exchange had come when it ended without an answer. */
export interface Trouble {
  readonly error: unknown;
  readonly phase: "connecting" | "waiting" | "receiving";
  /** Bytes of the answer's body that had come. */
  readonly bodyBytes: number;
  readonly reused: boolean;
}

/** Plain bytes, or why there are none. */
export type Inflated =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: "too-large" | "malformed"; readonly why: string };

/**
 * What a wire needs to know of a server. Everything about secrets, certificates and wording is handed in from `http`,
 * so that load and conformance cannot differ there.
 */
export interface WireOptions {
  /** Scheme, host, port and path prefix; nothing else of it is used. */
  readonly baseUrl: URL;
  /** All headers a request travels with, the credential among them. */
  readonly headersOf: (request: Request) => Headers;
  /** Takes secrets out of an exchange. */
  readonly record: (raw: Exchange) => Exchange;
  /** Puts into words why no answer came. */
  readonly explain: (trouble: Trouble) => { readonly reason: SilenceReason; readonly detail: string };
  /** Undoes content codings, the last one first. */
  readonly inflate: (body: Buffer, codings: readonly string[], maxBytes: number) => Inflated;
  readonly tls?: { readonly rejectUnauthorized?: boolean; readonly secureContext?: SecureContext };
  /** Called for every TLS socket before its handshake, to note the certificate. */
  readonly watchCertificate?: (socket: TLSSocket) => void;
  /** Milliseconds for a whole exchange. */
  readonly timeoutMs: number;
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxHeadBytes: number;
  readonly maxBodyBytes: number;
  /** The monotonic scale of all times. */
  readonly now: () => number;
  /** Milliseconds since the epoch at 0 of that scale. */
  readonly epoch: number;
}
