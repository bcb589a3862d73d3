import type { PeerCertificate } from "node:tls";

/** What a person needs to know of a certificate that was not accepted. */
export interface SeenCertificate {
  /** Alternative names as Node.js prints them, for example `DNS:a.example, IP Address:10.0.0.1`. */
  readonly names: string;
  /** As the certificate gives them, for example `Nov 24 09:00:00 2025 GMT`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly issuer: string;
}

/** The part of a TLS socket that is needed; `secure` comes right before the certificate is judged. */
interface TlsLikeSocket {
  getPeerCertificate?: () => PeerCertificate;
  prependListener(event: "secure", listener: () => void): unknown;
}

/**
 * Notes the certificate before Node.js judges it: once it has been refused, the socket no longer tells it.
 * The event is internal to Node.js; without it the message only lacks the date and the names.
 */
export function noteCertificate(socket: TlsLikeSocket, seen: (certificate: SeenCertificate) => void): void {
  socket.prependListener("secure", () => {
    const certificate = socket.getPeerCertificate?.();
    if (certificate === undefined || certificate.valid_to === undefined) return;
    seen({
      names: certificate.subjectaltname ?? String(certificate.subject?.CN ?? "nobody"),
      validFrom: certificate.valid_from,
      validTo: certificate.valid_to,
      issuer: String(certificate.issuer?.CN ?? certificate.issuer?.O ?? "an unnamed authority"),
    });
  });
}

/** What is wrong with the certificate, as a sentence about `where`. Undefined for other TLS trouble. */
export function certificateProblem(
  code: string,
  where: string,
  certificate: SeenCertificate | undefined,
): string | undefined {
  const subject = `The certificate of ${where}`;
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return `${subject} expired${certificate === undefined ? "" : ` on ${certificate.validTo}`}`;
    case "CERT_NOT_YET_VALID":
      return `${subject} is not valid yet${certificate === undefined ? "" : ` (from ${certificate.validFrom})`}`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `${subject} is for another host${certificate === undefined ? "" : ` (${certificate.names})`}`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `${subject} is self-signed, so nothing vouches for it`;
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE": {
      const issuer = certificate === undefined ? "" : ` (${certificate.issuer})`;
      return `${subject} comes from an authority that is not trusted${issuer}, or an intermediate one is missing`;
    }
    case "CERT_REVOKED":
      return `${subject} has been revoked`;
    default:
      return code.startsWith("CERT_") ? `${subject} was not accepted` : undefined;
  }
}
