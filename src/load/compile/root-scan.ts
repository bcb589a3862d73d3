import { Shape } from "../shape.ts";

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, COMMA, COLON] = [
  34, 92, 123, 125, 91, 44, 58,
];

/** 1 for what JSON takes for white space. */
const SPACE = new Uint8Array(256);
for (const byte of [9, 10, 13, 32]) SPACE[byte] = 1;

/** What a value was seen to be. */
const [ABSENT, UNCLEAR, ASCII, TEXT, TRUE, FALSE, NULL] = [0, 1, 2, 3, 4, 5, 6];

/**
 * Finds the values of a few keys at the root of a JSON object in its bytes, without parsing the rest. It knows depth and
 * escapes, so that an `id` inside a member, or one spelled within a text, is not taken for the resource's. It stops at the
 * last key it looks for: whether the rest is JSON, and whether a key comes twice, is what the checks by JSON.parse are for.
 */
export class RootScan {
  readonly #wanted: readonly Buffer[];
  readonly #lengths: readonly number[];
  /** By key: what its value is, and where its bytes lie from the start on; of a text, those between the quotes. */
  readonly #kinds: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;
  /** Of the latest object, up to where it was looked at: what has its shape need not be looked at. */
  readonly #shape = new Shape();

  constructor(keys: readonly string[]) {
    this.#wanted = keys.map((key) => Buffer.from(JSON.stringify(key).slice(1, -1)));
    this.#lengths = this.#wanted.map((name) => name.length);
    this.#kinds = new Uint8Array(keys.length);
    this.#starts = new Int32Array(keys.length);
    this.#ends = new Int32Array(keys.length);
  }

  /** Looks through `buffer` from `start` to `end`. False when this is no object that can be read so. */
  read(buffer: Buffer, start: number, end: number): boolean {
    this.#buffer = buffer;
    this.#start = start;
    if (this.#shape.fits(buffer, start, end)) return true;
    const behind = this.#look(buffer, start, end);
    // With what comes behind it, because a number ends where something else begins.
    if (behind === -1 || behind === end || !this.isClear) this.#shape.forget();
    else if (this.#shape.learn(buffer, start, behind + 1)) this.#look(buffer, start, end, this.#shape);
    return behind !== -1;
  }

  /**
   * @param shape is told of the texts whose content does not matter to where anything lies
   * @returns the index behind what was looked at, or -1
   */
  #look(buffer: Buffer, start: number, end: number, shape?: Shape): number {
    const kinds = this.#kinds;
    let left = kinds.length;
    for (let index = 0; index < left; index += 1) kinds[index] = ABSENT;
    let at = skipSpace(buffer, start, end);
    if (buffer[at] !== OPEN_OBJECT || at >= end) return -1;
    at = skipSpace(buffer, at + 1, end);
    if (buffer[at] === CLOSE_OBJECT) return at < end ? at + 1 : -1;
    for (;;) {
      if (at >= end || buffer[at] !== QUOTE) return -1;
      const key = at + 1;
      const keyEnd = endOfText(buffer, key, end);
      if (keyEnd === -1) return -1;
      at = skipSpace(buffer, keyEnd + 1, end);
      if (at >= end || buffer[at] !== COLON) return -1;
      const value = skipSpace(buffer, at + 1, end);
      at = endOfValue(buffer, value, end);
      if (at === -1) return -1;
      if (shape !== undefined) freeTexts(shape, buffer, start, value, at);
      const wanted = this.#indexOf(buffer, key, keyEnd);
      if (wanted !== -1 && kinds[wanted] === ABSENT) {
        this.#note(wanted, value, at);
        left -= 1;
        if (left === 0) return at;
      }
      at = skipSpace(buffer, at, end);
      if (at >= end) return -1;
      if (buffer[at] === CLOSE_OBJECT) return at + 1;
      if (buffer[at] !== COMMA) return -1;
      at = skipSpace(buffer, at + 1, end);
    }
  }

  /** Whether every key is there, with a value that was made out. */
  get isClear(): boolean {
    const kinds = this.#kinds;
    for (let index = 0; index < kinds.length; index += 1)
      if ((kinds[index] as number) <= UNCLEAR) return false;
    return true;
  }

  /** Whether JSON.parse has to say what a key's value is. */
  isUnclear(index: number): boolean {
    return this.#kinds[index] === UNCLEAR;
  }

  /** The value of a key that is there and clear; undefined for every other. */
  valueAt(index: number): string | boolean | null | undefined {
    const kind = this.#kinds[index];
    const from = this.#start + (this.#starts[index] as number);
    const to = this.#start + (this.#ends[index] as number);
    if (kind === ASCII) return this.#buffer.toString("latin1", from, to);
    if (kind === TEXT) return this.#buffer.toString("utf8", from, to);
    return kind === TRUE ? true : kind === FALSE ? false : kind === NULL ? null : undefined;
  }

  /** Whether the value of a key is these bytes of JSON; a text is written with its quotes and no escapes. */
  is(index: number, json: Buffer): boolean {
    const isText = this.#kinds[index] === ASCII || this.#kinds[index] === TEXT;
    const from = (this.#starts[index] as number) - (isText ? 1 : 0);
    const to = (this.#ends[index] as number) + (isText ? 1 : 0);
    return (this.#kinds[index] as number) > UNCLEAR && to - from === json.length && this.#lies(json, from);
  }

  /**
   * Whether the value of a key is a text with this word in it, whatever the case of its letters; undefined where bytes
   * alone do not tell.
   * @param word in small letters, ASCII
   */
  contains(index: number, word: Buffer): boolean | undefined {
    if (this.#kinds[index] !== ASCII) return undefined;
    const buffer = this.#buffer;
    const first = word[0];
    const last = this.#start + (this.#ends[index] as number) - word.length;
    for (let from = this.#start + (this.#starts[index] as number); from <= last; from += 1) {
      if (small(buffer[from] as number) !== first) continue;
      let same = 1;
      while (same < word.length && small(buffer[from + same] as number) === word[same]) same += 1;
      if (same === word.length) return true;
    }
    return false;
  }

  #lies(bytes: Buffer, from: number): boolean {
    const buffer = this.#buffer;
    const start = this.#start + from;
    for (let at = 0; at < bytes.length; at += 1) if (buffer[start + at] !== bytes[at]) return false;
    return true;
  }

  #note(index: number, from: number, to: number): void {
    const kind = kindOf(this.#buffer, from, to);
    const isText = kind === ASCII || kind === TEXT;
    this.#kinds[index] = kind;
    this.#starts[index] = (isText ? from + 1 : from) - this.#start;
    this.#ends[index] = (isText ? to - 1 : to) - this.#start;
  }

  #indexOf(buffer: Buffer, key: number, keyEnd: number): number {
    const wanted = this.#wanted;
    const lengths = this.#lengths;
    const length = keyEnd - key;
    for (let index = 0; index < wanted.length; index += 1) {
      if (lengths[index] !== length) continue;
      const name = wanted[index] as Buffer;
      let same = 0;
      while (same < length && name[same] === buffer[key + same]) same += 1;
      if (same === length) return index;
    }
    return -1;
  }
}

/** A letter of ASCII as a small one; every other byte as it is. */
const small = (byte: number) => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

function skipSpace(buffer: Buffer, from: number, end: number): number {
  let at = from;
  // Most servers write none.
  if (at < end && (buffer[at] as number) > 0x20) return at;
  while (at < end && SPACE[buffer[at] as number] === 1) at += 1;
  return at;
}

/** The index of the closing quote, or -1. */
function endOfText(buffer: Buffer, from: number, end: number): number {
  let at = from;
  for (;;) {
    let byte = 0;
    // Comparing costs half of what looking up in a table does.
    while (at < end) {
      byte = buffer[at] as number;
      if (byte === QUOTE || byte === BACKSLASH) break;
      at += 1;
    }
    if (at >= end) return -1;
    if (byte === QUOTE) return at;
    at += 2;
  }
}

/** Texts of a value, keys within it included: only where they end matters. */
function freeTexts(shape: Shape, buffer: Buffer, start: number, from: number, to: number): void {
  const first = buffer[from];
  if (first !== QUOTE && first !== OPEN_OBJECT && first !== OPEN_ARRAY) return;
  for (let at = from; at < to; at += 1) {
    if (buffer[at] !== QUOTE) continue;
    const close = endOfText(buffer, at + 1, to);
    if (!hasEscape(buffer, at, close)) shape.free(at + 1 - start, close - start);
    at = close;
  }
}

function hasEscape(buffer: Buffer, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (buffer[at] === BACKSLASH) return true;
  return false;
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
  for (;;) {
    if (at >= end) return -1;
    const byte = buffer[at] as number;
    // Brackets and braces of a kind differ in this bit alone.
    const bracket = byte | 0x20;
    if (byte === QUOTE) {
      at = endOfText(buffer, at + 1, end);
      if (at === -1) return -1;
    } else if (bracket === OPEN_OBJECT) depth += 1;
    else if (bracket === CLOSE_OBJECT) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
}

/** A text without escapes or a literal; anything else is left to JSON.parse. */
function kindOf(buffer: Buffer, from: number, to: number): number {
  if (buffer[from] !== QUOTE) {
    if (isWord(buffer, from, to, "true")) return TRUE;
    if (isWord(buffer, from, to, "false")) return FALSE;
    return isWord(buffer, from, to, "null") ? NULL : UNCLEAR;
  }
  let all = 0;
  for (let at = from + 1; at < to - 1; at += 1) {
    const byte = buffer[at] as number;
    // Control characters may not stand in a text as they are.
    if (byte === BACKSLASH || byte < 0x20) return UNCLEAR;
    all |= byte;
  }
  return all < 0x80 ? ASCII : TEXT;
}

function isWord(buffer: Buffer, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) if (buffer[from + at] !== word.charCodeAt(at)) return false;
  return true;
}
