import type { Problem } from "../model/problem.ts";
import { readPem } from "./given-file.ts";

/** Names of the PEM files with which a server shows who it is; both or neither. */
export interface TlsFiles {
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

export interface TlsTexts {
  readonly cert: string;
  readonly key: string;
}

/** The texts of both files; undefined where there are none, or where `problems` has grown. */
export function readTlsFiles({ tlsCert, tlsKey }: TlsFiles, problems: Problem[]): TlsTexts | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  for (const [flag, file] of Object.entries({ "--tls-cert": tlsCert, "--tls-key": tlsKey })) {
    if (file !== undefined) continue;
    problems.push({
      place: { file: flag },
      what: "A certificate and its key are wanted together.",
      next: `Give ${flag} FILE as well.`,
    });
  }
  const cert = readPem(tlsCert, "--tls-cert", "CERTIFICATE", problems);
  const key = readPem(tlsKey, "--tls-key", "PRIVATE KEY", problems);
  return cert === undefined || key === undefined ? undefined : { cert, key };
}
