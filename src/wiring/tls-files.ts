import { readFileSync } from "node:fs";
import type { Problem } from "../model/problem.ts";

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
  const cert = readPem(tlsCert, "--tls-cert", "CERTIFICATE", problems);
  const key = readPem(tlsKey, "--tls-key", "PRIVATE KEY", problems);
  return cert === undefined || key === undefined ? undefined : { cert, key };
}

function readPem(
  file: string | undefined,
  flag: string,
  kind: string,
  problems: Problem[],
): string | undefined {
  const wrong = (place: string, what: string, next: string) => {
    problems.push({ place: { file: place }, what, next });
    return undefined;
  };
  if (file === undefined) {
    return wrong(flag, "A certificate and its key are wanted together.", `Give ${flag} FILE as well.`);
  }
  try {
    const text = readFileSync(file, "utf8");
    if (text.includes("-----BEGIN ") && text.includes(`${kind}-----`)) return text;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    return wrong(
      file,
      `The file that ${flag} names cannot be read (${code}).`,
      "Check the path and the permissions.",
    );
  }
  return wrong(
    file,
    `The file holds no ${kind.toLowerCase()} in PEM form.`,
    `Give ${flag} a file that does.`,
  );
}
