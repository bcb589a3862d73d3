import { readSync } from "node:fs";

/** Milliseconds that somebody has who wants to write to a pipe and has not opened it yet. */
const FOR_A_WRITER_MS = 2_000;
/** Milliseconds that a writer has, from one byte to the next: a vault may ask for a finger first. */
const FOR_A_BYTE_MS = 60_000;
const LOOK_EVERY_MS = 10;

/**
 * Hands out what comes through a named pipe, or one of the shell's (`<(vault read …)`), as it comes. The pipe has been
 * opened so that reading does not wait: where nobody writes it would do so for ever, and no Ctrl-C would end it.
 * Throws EAGAIN when a writer says nothing for a minute, and when there is none.
 */
export function* readPipe(descriptor: number): Generator<Buffer> {
  let hasBegun = false;
  let waitedMs = 0;
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    const count = readNow(descriptor, chunk);
    if (count !== undefined && count > 0) {
      hasBegun = true;
      waitedMs = 0;
      yield chunk.subarray(0, count);
      continue;
    }
    // No byte and no writer: it was all, or nobody has come yet.
    if (count === 0 && hasBegun) return;
    if (waitedMs >= (count === 0 ? FOR_A_WRITER_MS : FOR_A_BYTE_MS)) throw nothingCame();
    sleep(LOOK_EVERY_MS);
    waitedMs += LOOK_EVERY_MS;
  }
}

/** Undefined where there is a writer, and nothing of his yet. */
function readNow(descriptor: number, chunk: Buffer): number | undefined {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}

const nothingCame = () => Object.assign(new Error("nothing came out of the pipe"), { code: "EAGAIN" });

const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
