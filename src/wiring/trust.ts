import type { ConnectionOptions } from "../config/options.ts";
import type { ClientCertificate, TrustOptions } from "../http/index.ts";
import type { Problem } from "../model/problem.ts";
import { Secret } from "../model/secret.ts";
import { readGiven, readPem, readSecretFile } from "./given-file.ts";

export const NOT_VERIFIED =
  "TLS certificates were NOT verified (--insecure): whoever sits between here and the server could have read the credential and answered in its place.";

/** Whom to trust and what to show of ourselves, read from the files that the options name. */
export function trustOf(options: ConnectionOptions, problems: Problem[]): TrustOptions {
  const ca = readPem(options.ca, "--ca", "CERTIFICATE", problems);
  const clientCertificate = clientCertificateOf(options, problems);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(options.insecure === undefined ? {} : { insecure: options.insecure }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}

function clientCertificateOf(options: ConnectionOptions, problems: Problem[]): ClientCertificate | undefined {
  const { clientCert, clientKey, clientPfx, clientPassphraseFile } = options;
  if (clientCert === undefined && clientKey === undefined && clientPfx === undefined) return undefined;
  const given =
    options.clientPassphrase ?? readSecretFile(clientPassphraseFile, "--client-passphrase-file", problems);
  const passphrase = given === undefined ? {} : { passphrase: new Secret(given) };
  if (clientPfx !== undefined) {
    if (clientCert !== undefined || clientKey !== undefined) {
      problems.push({
        place: { file: "--client-pfx" },
        what: "A PKCS#12 file holds the certificate and its key already.",
        next: "Leave out --client-cert and --client-key.",
      });
      return undefined;
    }
    const pfx = readGiven(clientPfx, "--client-pfx", problems);
    return pfx === undefined ? undefined : { pfx, ...passphrase };
  }
  for (const [flag, file] of Object.entries({ "--client-cert": clientCert, "--client-key": clientKey })) {
    if (file !== undefined) continue;
    problems.push({
      place: { file: flag },
      what: "A client certificate and its key are wanted together.",
      next: `Give ${flag} FILE as well.`,
    });
  }
  const cert = readPem(clientCert, "--client-cert", "CERTIFICATE", problems);
  const key = readPem(clientKey, "--client-key", "PRIVATE KEY", problems);
  return cert === undefined || key === undefined ? undefined : { cert, key, ...passphrase };
}
