import type { Json } from "../../model/json.ts";

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA, COLON] = [
  34, 92, 123, 125, 91, 93, 44, 58,
];

/** 1 for what JSON takes for white space. */
const SPACE = new Uint8Array(256);
for (const byte of [9, 10, 13, 32]) SPACE[byte] = 1;

/** What a scan could not make out; JSON.parse has to say. */
export const UNCLEAR: unique symbol = Symbol("unclear");
export type Scanned = Json | undefined | typeof UNCLEAR;

/**
 * Finds the values of a few keys at the root of a JSON object in its bytes, without parsing the rest. It knows depth and
 * escapes, so that an `id` inside a member, or one spelled within a text, is not taken for the resource's. It stops at the
 * last key it looks for: whether the rest is JSON, and whether a key comes twice, is what the checks by JSON.parse are for.
 */
export class RootScan {
  readonly keys: readonly string[];
  /** By key: the value when it is a text, a number, true, false or null; undefined when the key is not there. */
  readonly found: Scanned[];
  readonly #wanted: readonly Buffer[];

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.found = keys.map(() => undefined);
    this.#wanted = keys.map((key) => Buffer.from(JSON.stringify(key).slice(1, -1)));
  }

  /** Looks through `buffer` from `start` to `end`. False when this is no object that can be read so. */
  read(buffer: Buffer, start: number, end: number): boolean {
    const { found } = this;
    let left = found.length;
    for (let index = 0; index < left; index += 1) found[index] = undefined;
    let at = skipSpace(buffer, start, end);
    if (buffer[at] !== OPEN_OBJECT || at >= end) return false;
    at = skipSpace(buffer, at + 1, end);
    if (buffer[at] === CLOSE_OBJECT) return at < end;
    for (;;) {
      if (at >= end || buffer[at] !== QUOTE) return false;
      const key = at + 1;
      const keyEnd = endOfText(buffer, key, end);
      if (keyEnd === -1) return false;
      at = skipSpace(buffer, keyEnd + 1, end);
      if (at >= end || buffer[at] !== COLON) return false;
      const value = skipSpace(buffer, at + 1, end);
      at = endOfValue(buffer, value, end);
      if (at === -1) return false;
      const wanted = this.#indexOf(buffer, key, keyEnd);
      if (wanted !== -1 && found[wanted] === undefined) {
        found[wanted] = scalar(buffer, value, at);
        left -= 1;
        if (left === 0) return true;
      }
      at = skipSpace(buffer, at, end);
      if (at >= end) return false;
      if (buffer[at] === CLOSE_OBJECT) return true;
      if (buffer[at] !== COMMA) return false;
      at = skipSpace(buffer, at + 1, end);
    }
  }

  #indexOf(buffer: Buffer, key: number, keyEnd: number): number {
    const wanted = this.#wanted;
    for (let index = 0; index < wanted.length; index += 1) {
      const name = wanted[index] as Buffer;
      if (name.length !== keyEnd - key) continue;
      let same = 0;
      while (same < name.length && name[same] === buffer[key + same]) same += 1;
      if (same === name.length) return index;
    }
    return -1;
  }
}

function skipSpace(buffer: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && SPACE[buffer[at] as number] === 1) at += 1;
  return at;
}

/** The index of the closing quote, or -1. */
function endOfText(buffer: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = buffer[at];
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** The index behind a value, or -1. */
function endOfValue(buffer: Buffer, from: number, end: number): number {
  const first = buffer[from];
  if (from >= end) return -1;
  if (first === QUOTE) {
    const close = endOfText(buffer, from + 1, end);
    return close === -1 ? -1 : close + 1;
  }
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return endOfNested(buffer, from, end);
  let at = from;
  while (at < end) {
    const byte = buffer[at] as number;
    if (byte === COMMA || byte === CLOSE_OBJECT || SPACE[byte] === 1) break;
    at += 1;
  }
  return at === from ? -1 : at;
}

function endOfNested(buffer: Buffer, from: number, end: number): number {
  let depth = 0;
  let at = from;
  while (at < end) {
    const byte = buffer[at];
    if (byte === QUOTE) {
      at = endOfText(buffer, at + 1, end);
      if (at === -1) return -1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  return -1;
}

/** A text without escapes, a literal or a number; anything else is left to JSON.parse. */
function scalar(buffer: Buffer, from: number, to: number): Scanned {
  if (buffer[from] === QUOTE) {
    let all = 0;
    for (let at = from + 1; at < to - 1; at += 1) {
      const byte = buffer[at] as number;
      // Control characters may not stand in a text as they are.
      if (byte === BACKSLASH || byte < 0x20) return UNCLEAR;
      all |= byte;
    }
    return all < 0x80
      ? buffer.toString("latin1", from + 1, to - 1)
      : buffer.toString("utf8", from + 1, to - 1);
  }
  if (buffer[from] === OPEN_OBJECT || buffer[from] === OPEN_ARRAY) return UNCLEAR;
  switch (buffer.toString("latin1", from, to)) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default:
      return UNCLEAR;
  }
}
