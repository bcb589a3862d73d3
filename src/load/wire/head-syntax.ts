/** Another answer than HTTP/1.1 allows. `message` is the end of a sentence about the server. */
export class BadAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadAnswer";
  }
}

const [TAB, LF, CR] = [9, 10, 13];

/** 1 for what may stand in a field name (RFC 9110 token). */
export const TOKEN: Uint8Array = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN[character.charCodeAt(0)] = 1;
}
/** 1 for what may stand in a field value: tab, visible ASCII, spaces, and bytes from 0x80 on. */
export const FIELD_VALUE: Uint8Array = new Uint8Array(256).fill(1, 0x20).fill(1, TAB, TAB + 1);
FIELD_VALUE[0x7f] = 0;

// Comparing costs half of what looking up in a table does: most of a name is letters and dashes.
export const isInName = (byte: number) => {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || byte === 0x2d || TOKEN[byte] === 1;
};

export const isInValue = (byte: number) => (byte >= 0x20 && byte !== 0x7f) || byte === TAB;

const BEGINNING = Buffer.from("HTTP/1.1 ", "latin1");

/** What cannot become an answer any more is refused as soon as it shows. */
export function checkBeginning(buffer: Buffer, from: number, to: number): void {
  const end = Math.min(to, from + BEGINNING.length);
  for (let at = from; at < end; at += 1) {
    const place = at - from;
    const isRight = buffer[at] === BEGINNING[place] || (place === 7 && buffer[at] === 0x30);
    if (!isRight) throw new BadAnswer("sent something that is not an HTTP/1.1 answer");
  }
}

/** @returns the index behind CR LF, or -1 when it is not there yet */
export function lineEnd(buffer: Buffer, at: number, to: number): number {
  if (at >= to) return -1;
  if (buffer[at] !== CR)
    throw new BadAnswer("sent a header field with a character that may not stand in one");
  if (at + 1 >= to) return -1;
  if (buffer[at + 1] !== LF) throw new BadAnswer("ended a line without CR LF");
  return at + 2;
}

export function digit(buffer: Buffer, at: number): number {
  const value = (buffer[at] as number) - 0x30;
  if (value < 0 || value > 9) throw new BadAnswer("sent something else where a number has to stand");
  return value;
}

/** Whether the word lies there, in whatever letter case. Only for bytes that are known to be visible ASCII. */
export function isWord(buffer: Buffer, at: number, word: Buffer): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (((buffer[at + index] as number) | 0x20) !== word[index]) return false;
  }
  return true;
}
