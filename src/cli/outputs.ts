import type { Host, Output } from "./host.ts";

type Failure = NodeJS.ErrnoException;

const failures = new WeakMap<Output, Failure>();
const told = new WeakSet<Output>();

/** Keeps a reader that went away, or a disk that is full, from ending the process: the run has to clean up first. */
export function watchOutputs({ stdout, stderr }: Pick<Host, "stdout" | "stderr">): void {
  for (const output of [stdout, stderr]) {
    output.on?.("error", (error) => {
      if (!failures.has(output)) failures.set(output, error);
    });
  }
}

/** Waits until everything written so far is out, and tells once what kept it from getting there. */
export async function takeFailure(output: Output): Promise<Failure | undefined> {
  await new Promise<void>((resolve) => {
    // A stream tells its callback first and its listeners in the same turn.
    output.write("", () => setImmediate(resolve));
  });
  const failure = told.has(output) ? undefined : failures.get(output);
  if (failure !== undefined) told.add(output);
  return failure;
}

/** A reader that has seen enough (`| head`) is no mishap. */
export const readerLeft = (failure: Failure) => failure.code === "EPIPE";

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the device",
  EDQUOT: "the quota of this disk is used up",
  EPIPE: "whoever read it has gone",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  EISDIR: "it is a folder",
  ENOENT: "the folder is not there any more",
  EFBIG: "the file would be larger than is allowed",
  EIO: "the disk reports an error",
};

/** Why something could not be written, as the rest of a sentence. */
export function whyUnwritten(error: unknown): string {
  const { code, message } = error as Failure;
  const word = code === undefined ? undefined : WORDS[code];
  return word === undefined ? (code ?? message ?? String(error)) : `${word}, ${code}`;
}
