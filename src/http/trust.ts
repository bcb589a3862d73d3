import { X509Certificate } from "node:crypto";
import {
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type SecureContextOptions,
} from "node:tls";
import { BadInput } from "../model/problem.ts";
import type { Secret } from "../model/secret.ts";

/** Whom to trust, and how to be trusted, when the connection is encrypted. All certificates are PEM text. */
export interface TrustOptions {
  /** Authorities trusted besides the ones Node.js brings. */
  readonly ca?: string;
  /** Accept any certificate. For a server on one's own desk. */
  readonly insecure?: boolean;
  readonly clientCertificate?: ClientCertificate;
}

/** What the client shows of itself: a certificate and its key as PEM, or both in one PKCS#12 file. */
export type ClientCertificate = (
  | { readonly cert: string; readonly key: string }
  | { readonly pfx: Uint8Array }
) & {
  /** Of an encrypted key or PKCS#12 file. */
  readonly passphrase?: Secret;
};

/** What `tls.connect` is given, besides the address. */
export interface TlsSettings {
  readonly rejectUnauthorized?: boolean;
  readonly secureContext?: SecureContext;
}

/**
 * Builds the context once for all connections: reading the root certificates anew costs milliseconds each time.
 * @throws BadInput when a certificate or key cannot be read
 */
export function tlsSettings(options: TrustOptions): TlsSettings {
  const { ca, insecure, clientCertificate } = options;
  const strictness = insecure === true ? { rejectUnauthorized: false } : {};
  if (ca === undefined && clientCertificate === undefined) return strictness;
  const authorities = ca === undefined ? {} : { ca: [...rootCertificates, ...certificatesIn(ca)] };
  try {
    return {
      ...strictness,
      secureContext: createSecureContext({ ...authorities, ...identity(clientCertificate) }),
    };
  } catch (error) {
    throw unreadable("--client-cert", "The client certificate or its key", error);
  }
}

function identity(given: ClientCertificate | undefined): SecureContextOptions {
  if (given === undefined) return {};
  const passphrase = given.passphrase === undefined ? {} : { passphrase: given.passphrase.reveal() };
  return "pfx" in given
    ? { pfx: Buffer.from(given.pfx), ...passphrase }
    : { cert: given.cert, key: given.key, ...passphrase };
}

const CERTIFICATE = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----.*?-----END [A-Z0-9 ]*CERTIFICATE-----/gs;

/** Node.js passes over what it cannot read without a word, and the option would be accepted and ignored. */
function certificatesIn(ca: string): readonly string[] {
  const certificates = ca.match(CERTIFICATE) ?? [];
  if (certificates.length === 0)
    throw unreadable("--ca", "The CA certificate", "it holds no PEM certificate");
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      throw unreadable("--ca", "The CA certificate", error);
    }
  }
  return certificates;
}

function unreadable(file: string, what: string, cause: unknown): BadInput {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BadInput([{ place: { file }, what: `${what} cannot be read: ${why}.` }]);
}
