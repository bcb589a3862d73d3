import { MEGABYTE, readBounded } from "../decode/index.ts";
import type { Problem } from "../model/problem.ts";

/** Reads a file that an option names; undefined where there is none, or where `problems` has grown. */
export function readGiven(
  file: string | undefined,
  flag: string,
  problems: Problem[],
): Buffer<ArrayBuffer> | undefined {
  if (file === undefined) return undefined;
  try {
    const bytes = readBounded(file, MEGABYTE);
    if (bytes !== undefined) return bytes;
    problems.push({
      place: { file },
      what: `The file that ${flag} names has more than ${MEGABYTE} bytes.`,
      next: "Check that it is the right one.",
    });
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    problems.push(
      code === "EAGAIN"
        ? {
            place: { file },
            what: `Nothing came out of the pipe that ${flag} names.`,
            next: "Write to it, or name a file.",
          }
        : {
            place: { file },
            what: `The file that ${flag} names cannot be read (${code}).`,
            next: "Check the path and the permissions.",
          },
    );
    return undefined;
  }
}

/** A file that holds nothing but a secret. Editors end it with a line end, which is no part of it. */
export function readSecretFile(
  file: string | undefined,
  flag: string,
  problems: Problem[],
): string | undefined {
  return readGiven(file, flag, problems)
    ?.toString("utf8")
    .replace(/[\r\n]+$/, "");
}

/** Text in PEM form of a kind such as `CERTIFICATE` or `PRIVATE KEY`. */
export function readPem(
  file: string | undefined,
  flag: string,
  kind: string,
  problems: Problem[],
): string | undefined {
  const text = readGiven(file, flag, problems)?.toString("utf8");
  if (text === undefined || file === undefined) return undefined;
  if (text.includes("-----BEGIN ") && text.includes(`${kind}-----`)) return text;
  problems.push({
    place: { file },
    what: `The file holds no ${kind.toLowerCase()} in PEM form.`,
    next: `Give ${flag} a file with -----BEGIN ${kind}----- in it.`,
  });
  return undefined;
}
