import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { Problem } from "../model/problem.ts";
import { readPipe } from "./pipe.ts";

export const MEGABYTE = 1_048_576;

export type Text =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The text of a file: UTF-8, without a byte order mark, not above `maxBytes`. Never throws. */
export function readText(file: string, maxBytes: number): Text {
  try {
    const about = statSync(file);
    if (about.isDirectory()) {
      return refused(file, ...A_FOLDER);
    }
    if (about.size > maxBytes) return refused(file, ...tooLarge(about.size, maxBytes));
    const bytes = readBounded(file, maxBytes);
    return bytes === undefined
      ? refused(file, ...tooLarge(undefined, maxBytes))
      : textOf(bytes, file, maxBytes);
  } catch (error) {
    return refused(file, ...unreadable(error));
  }
}

/**
 * The bytes of a file, or undefined when there are more than `maxBytes`, however many: a device has no end, a pipe tells
 * no size, and a file may grow while it is read. Throws what the file system throws.
 */
export function readBounded(file: string, maxBytes: number): Buffer<ArrayBuffer> | undefined {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const descriptor = openSync(file, flagsFor(file));
  try {
    // What has been opened counts: it may be another file than the one that was looked at.
    const pieces = fstatSync(descriptor).isFIFO() ? readPipe(descriptor) : readChunks(descriptor);
    for (const chunk of pieces) {
      bytes += chunk.length;
      if (bytes > maxBytes) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}

/** Opening a pipe that nobody writes to would wait for ever; at a terminal, somebody is waited for who types. */
function flagsFor(file: string): number {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  return statSync(file).isCharacterDevice() ? O_RDONLY : O_RDONLY | O_NONBLOCK;
}

function* readChunks(descriptor: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    const count = readSync(descriptor, chunk);
    if (count === 0) return;
    yield chunk.subarray(0, count);
  }
}

/** Checks text from anywhere: its size, its encoding, and that it is text at all. */
export function textOf(given: string | Uint8Array, file: string, maxBytes: number): Text {
  const size = typeof given === "string" ? Buffer.byteLength(given) : given.byteLength;
  if (size > maxBytes) return refused(file, ...tooLarge(size, maxBytes));
  let text: string;
  try {
    text = typeof given === "string" ? given : new TextDecoder("utf-8", { fatal: true }).decode(given);
  } catch {
    return refused(file, "The file is not UTF-8 text.", "Save it as UTF-8.");
  }
  if (text.startsWith("\uFEFF")) text = text.slice(1);
  const nul = text.indexOf("\0");
  if (nul !== -1) return refused(file, "The file holds binary data.", "Expected a text file.");
  return { ok: true, text };
}

function tooLarge(size: number | undefined, maxBytes: number): [what: string, next: string] {
  return [
    size === undefined ? "The file has too many bytes." : `The file has ${size} bytes.`,
    `At most ${maxBytes} are read; split it.`,
  ];
}

const A_FOLDER: [what: string, next: string] = ["This is a folder.", "Name a file."];

function unreadable(error: unknown): [what: string, next: string] {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  if (code === "ENOENT" || code === "ENOTDIR") return ["There is no such file.", "Check the path."];
  if (code === "EACCES" || code === "EPERM") return ["The file may not be read.", "Check its permissions."];
  if (code === "EAGAIN") return ["Nothing came out of the pipe.", "Write to it, or name a file."];
  if (code === "EISDIR") return A_FOLDER;
  if (code === "ELOOP") return ["The link leads in a circle.", "Point it at a file."];
  return [`The file cannot be read (${code}).`, "Check the path."];
}

function refused(file: string, what: string, next: string): Text {
  return { ok: false, problems: [{ place: { file, line: 1, column: 1 }, what, next }] };
}
