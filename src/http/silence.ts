import type { Silence, SilenceReason } from "../model/exchange.ts";
import { certificateProblem, type SeenCertificate } from "./certificate.ts";
import { type Failure, Stopped } from "./failure.ts";

/** Whom we tried to reach. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly certificate?: SeenCertificate | undefined;
}

export const NOT_BEGUN: Silence = {
  kind: "silence",
  reason: "aborted",
  detail: "The request was not sent: the exchange was aborted before.",
};

/** What is read of an error. Nothing else of it is trusted: an error may quote header values. */
interface Details {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly port?: unknown;
  readonly address?: unknown;
  readonly hostname?: unknown;
}

const REASONS: Readonly<Record<string, SilenceReason>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  EHOSTDOWN: "refused",
  ENETDOWN: "refused",
  EADDRNOTAVAIL: "refused",
  EACCES: "refused",
  EPERM: "refused",
  ENOTFOUND: "unresolved",
  ETIMEDOUT: "timed-out",
  UND_ERR_CONNECT_TIMEOUT: "timed-out",
  UND_ERR_HEADERS_TIMEOUT: "timed-out",
  UND_ERR_BODY_TIMEOUT: "timed-out",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_HEADERS_OVERFLOW: "too-large",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "too-large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "malformed",
  UND_ERR_PRX_TLS: "tls",
  EPROTO: "tls",
  HOSTNAME_MISMATCH: "tls",
  INVALID_CA: "tls",
  INVALID_PURPOSE: "tls",
  PATH_LENGTH_EXCEEDED: "tls",
  // Not the server's doing: the exchange was ended, or never begun, on this side.
  UND_ERR_DESTROYED: "aborted",
  UND_ERR_CLOSED: "aborted",
  UND_ERR_INVALID_ARG: "aborted",
  UND_ERR_NOT_SUPPORTED: "aborted",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "aborted",
};

const REASON_FAMILIES: readonly (readonly [prefix: RegExp, reason: SilenceReason])[] = [
  [/^EAI_/, "unresolved"],
  [/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CRL_|ERROR_IN_)/, "tls"],
  [/^HPE_/, "malformed"],
];

/** Puts into words why no answer came. The error's `code` decides, then its `name`, then how far we had come. */
export function silenceOf(failure: Failure, destination: Destination): Silence {
  const where = `${destination.host}:${destination.port}`;
  if (failure.error instanceof Stopped) {
    return { kind: "silence", reason: failure.error.reason, detail: `${where} ${failure.error.message}.` };
  }
  const details = detailsOf(failure.error);
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(details.message)?.[1];
  if (proxyStatus !== undefined) {
    const detail = `The proxy answered ${proxyStatus} when it was asked for a tunnel to ${where}.`;
    return { kind: "silence", reason: "refused", detail };
  }
  // undici's words for the proxy's refusal to forward, whose code is that of a mistake of ours.
  if (details.message === "Proxy Authentication Required (407)") {
    const detail = `The proxy answered 407 when it was asked to forward to ${where}.`;
    return { kind: "silence", reason: "refused", detail };
  }
  const reason = reasonOf(details, failure);
  const code = details.code === "" ? details.name : details.code;
  if (reason !== "tls") {
    return {
      kind: "silence",
      reason,
      detail: `${sentence(reason, details, failure, destination)} (${code}).`,
    };
  }
  const { what, remedy } = tlsTrouble(details, destination);
  return {
    kind: "silence",
    reason,
    detail: `${what} (${code}).`,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function detailsOf(error: unknown): Details {
  if (!(error instanceof Error)) return { code: "", name: "Error", message: String(error) };
  const { code, port, address, hostname } = error as Partial<Record<keyof Details, unknown>>;
  return {
    code: typeof code === "string" ? code : "",
    name: error.name,
    message: error.message,
    port,
    address,
    hostname,
  };
}

function reasonOf(details: Details, failure: Failure): SilenceReason {
  // A connection that ends during the handshake carries the code of any other reset.
  if (details.message.includes("before secure TLS connection")) return "tls";
  // undici's words for an answer it cannot make sense of; both come with the code of a broken socket.
  if (details.message === "bad response" || details.message === "bad upgrade") return "malformed";
  // Closed in good order, but in the middle of the answer: the length that was announced is wrong.
  if (details.code === "UND_ERR_SOCKET" && failure.phase === "receiving") return "malformed";
  const known = Object.hasOwn(REASONS, details.code) ? REASONS[details.code] : undefined;
  if (known !== undefined) return known;
  const family = REASON_FAMILIES.find(([prefix]) => prefix.test(details.code));
  if (family !== undefined) return family[1];
  if (details.name === "HTTPParserError") return "malformed";
  return failure.phase === "connecting" ? "refused" : "reset";
}

function sentence(
  reason: Exclude<SilenceReason, "tls">,
  details: Details,
  failure: Failure,
  destination: Destination,
): string {
  const where = `${destination.host}:${destination.port}`;
  switch (reason) {
    case "refused":
      return `No connection is accepted at ${placeOf(details, destination)}`;
    case "unresolved":
      return `The host name ${typeof details.hostname === "string" ? details.hostname : destination.host} cannot be resolved`;
    case "timed-out":
      return `No answer came from ${where} in time`;
    case "reset":
      if (failure.inHeaders === true) {
        return `${where} broke the connection off in the middle of the headers of its answer`;
      }
      return failure.phase === "receiving"
        ? `${where} broke the connection off in the middle of its answer, after ${failure.bodyBytes} bytes of the body`
        : `${where} closed the connection without an answer`;
    case "malformed":
      return malformedSentence(details, failure, where);
    case "too-large":
      return `The headers of the answer of ${where} are larger than is read`;
    case "aborted":
    case "no-token":
      return details.code === "UND_ERR_DESTROYED" || details.code === "UND_ERR_CLOSED"
        ? `The exchange with ${where} was given up`
        : `The request to ${where} could not be sent: ${details.message}`;
  }
}

/** A refusal names the address that refused: behind a proxy it is not the one in the URL. */
function placeOf(details: Details, destination: Destination): string {
  const { port, address } = details;
  const direct = `${destination.host}:${destination.port}`;
  if (typeof port !== "number" || typeof address !== "string" || port === destination.port) return direct;
  return `${address}:${port}, on the way to ${direct}`;
}

interface TlsTrouble {
  readonly what: string;
  /** Absent where it is about the certificate, as most often. */
  readonly remedy?: string;
}

function tlsTrouble(details: Details, destination: Destination): TlsTrouble {
  const where = `${destination.host}:${destination.port}`;
  const problem = certificateProblem(details.code, where, destination.certificate);
  if (problem !== undefined) return { what: problem };
  if (details.message.includes("before secure TLS connection")) {
    return {
      what: `${where} closed the connection during the TLS handshake`,
      remedy: "Check that this port speaks HTTPS, and what the server's own log says of the handshake.",
    };
  }
  if (/wrong version number|packet length too long/i.test(details.message)) {
    return {
      what: `${where} does not speak TLS; it looks like a port that speaks plain HTTP`,
      remedy:
        "If it is meant to speak plain HTTP, give the address with http:// in place of https://; otherwise name the port on which the server speaks HTTPS.",
    };
  }
  if (/alert protocol version|unsupported protocol/i.test(details.message)) {
    return {
      what: `${where} offers only versions older than TLS 1.2, which nobody should accept any more`,
      remedy: "Have the server, or what ends TLS in front of it, offer TLS 1.2 or newer.",
    };
  }
  if (/certificate required|handshake failure|bad certificate/i.test(details.message)) {
    return {
      what: `${where} broke off the TLS handshake; it may want a client certificate, or another version of TLS`,
      remedy:
        "Give the certificate that it wants with --client-cert and --client-key (or --client-pfx), or see the server's own log for why it broke off.",
    };
  }
  return {
    what: `No secure connection to ${where} could be made`,
    remedy: "Check that this port speaks HTTPS, its certificate, and what the server's own log says.",
  };
}

function malformedSentence(details: Details, failure: Failure, where: string): string {
  if (details.message === "bad upgrade") return `${where} switched to another protocol without being asked`;
  if (details.code === "UND_ERR_SOCKET" && failure.inHeaders === true) {
    return `${where} closed the connection in the middle of the headers of its answer`;
  }
  if (details.code === "UND_ERR_SOCKET" && failure.phase === "receiving") {
    return `${where} closed the connection after ${failure.bodyBytes} bytes of the body, before the end it had announced`;
  }
  if (details.code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return `The body of the answer of ${where} is not as long as its Content-Length says`;
  }
  return `What ${where} sent is not an HTTP answer`;
}
