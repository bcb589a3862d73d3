/** No SCIM resource comes near so many names; where there are more, each may be one that was never seen. */
const NAMES_KNOWN = 20_000;
/** An object with more members is kept as a table. */
const MEMBERS_IN_PLACE = 100;
/** Levels of nesting that are told apart. */
const LEVELS = 1_024;

// What V8 takes for each, measured (`JSON.parse` of millions of them) and rounded up. A slot is a place in a container.
const OBJECT = 32;
const EMPTY_OBJECT = 64;
const ARRAY = 56;
const SLOT = 8;
const STRING = 28;
const LONG_NUMBER = 16;
const NEW_NAME = 150;
const IN_A_TABLE = 48;

/**
 * Bytes of memory that a JSON text may take, as a text and as the values in it once it is parsed, told from its bytes alone:
 * 12 MB of `{}` make a quarter of a gigabyte of objects. Close for resources as SCIM has them, and rather too high for
 * anything else. What is no JSON is counted as far as it looks like some.
 * @param enough the count ends where it is beyond this
 */
export function memoryOf(text: Uint8Array, enough = Number.POSITIVE_INFINITY): number {
  return new Count(text).upTo(enough);
}

class Count {
  readonly #text: Uint8Array;
  /** Members so far of the object that is open on each level. */
  readonly #members = new Uint32Array(LEVELS);
  readonly #names = new Set<number>();
  #level = 0;
  #bytes = 0;
  /** A text holds what needs two bytes a character in memory, and so does the whole then. */
  #isWide = false;

  constructor(text: Uint8Array) {
    this.#text = text;
  }

  upTo(enough: number): number {
    const text = this.#text;
    for (let at = 0; at < text.length; at += 1) {
      const kind = KINDS[text[at] ?? 0];
      if (kind === undefined || kind === OTHER) continue;
      if (kind === COMMA) this.#bytes += SLOT;
      else if (kind === NUMBER) at = this.#number(at);
      else if (kind === QUOTE) at = this.#string(at);
      else if (kind === CLOSE) this.#level = Math.max(0, this.#level - 1);
      else this.#open(kind === OPEN_ARRAY ? ARRAY : this.#isClosedBehind(at) ? EMPTY_OBJECT : OBJECT);
      if (this.#bytes > enough) break;
    }
    return this.#bytes + text.length * (this.#isWide ? 2 : 1);
  }

  #open(bytes: number): void {
    this.#bytes += bytes;
    this.#level += 1;
    this.#members[this.#level % LEVELS] = 0;
  }

  #isClosedBehind(at: number): boolean {
    return this.#text[skipSpace(this.#text, at + 1)] === 0x7d;
  }

  /** Counts the text that begins at a quotation mark, and returns where it ends. */
  #string(from: number): number {
    const text = this.#text;
    let [at, hash, seen] = [from + 1, 0, 0];
    for (; at < text.length && text[at] !== 0x22; at += 1) {
      const byte = text[at] ?? 0;
      if (byte === 0x5c) at += 1;
      hash = (Math.imul(hash, 31) + byte) | 0;
      if (byte > seen) seen = byte;
    }
    // From this byte on UTF-8 holds what is beyond Latin-1.
    const isWide = seen >= 0xc4;
    this.#isWide ||= isWide;
    if (text[skipSpace(text, at + 1)] === 0x3a) this.#name(hash, at - from);
    else this.#bytes += STRING + (at - from) * (isWide ? 2 : 1);
    return at;
  }

  #name(hash: number, length: number): void {
    if (this.#names.size > NAMES_KNOWN || !this.#names.has(hash)) {
      this.#bytes += NEW_NAME + length;
      if (this.#names.size <= NAMES_KNOWN) this.#names.add(hash);
    }
    const level = this.#level % LEVELS;
    const members = (this.#members[level] ?? 0) + 1;
    this.#members[level] = members;
    if (members > MEMBERS_IN_PLACE) this.#bytes += IN_A_TABLE;
  }

  /** Counts the number that begins here, and returns where it ends. Whole ones of nine digits stand in their slot. */
  #number(from: number): number {
    const text = this.#text;
    let at = from;
    let isLong = false;
    while (KINDS[text[at + 1] ?? 0] === NUMBER || IN_NUMBERS.includes(text[at + 1] ?? 0)) {
      at += 1;
      isLong ||= IN_NUMBERS.includes(text[at] ?? 0);
    }
    if (isLong || at - from >= 9) this.#bytes += LONG_NUMBER;
    return at;
  }
}

const [OTHER, COMMA, NUMBER, QUOTE, CLOSE, OPEN_ARRAY, OPEN_OBJECT] = [0, 1, 2, 3, 4, 5, 6] as const;

/** What each byte begins, outside of texts. */
const KINDS = new Uint8Array(256);
for (const [bytes, kind] of [
  [",", COMMA],
  ["-0123456789", NUMBER],
  ['"', QUOTE],
  ["}]", CLOSE],
  ["[", OPEN_ARRAY],
  ["{", OPEN_OBJECT],
] as const) {
  for (const byte of Buffer.from(bytes)) KINDS[byte] = kind;
}

/** What makes a number one that does not fit into a slot: `.`, `e` and `E`; and `+`, which follows those. */
const IN_NUMBERS: readonly number[] = [...Buffer.from(".eE+")];

function skipSpace(text: Uint8Array, from: number): number {
  let at = from;
  while (text[at] === 0x20 || text[at] === 0x0a || text[at] === 0x0d || text[at] === 0x09) at += 1;
  return at;
}
