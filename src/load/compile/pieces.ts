import type { PlayState } from "./play-state.ts";

/** One part of a text: fixed, or made anew in every play. Throws `NotYielded`. */
export type Piece = string | Fill;
export type Fill = (state: PlayState) => string;

/** A text with places to fill, compiled: a fixed text, and then a place and the fixed text behind it, in turn. */
export class Pieces {
  readonly #first: string;
  readonly #places: readonly Fill[];
  readonly #behind: readonly string[];
  /** What a single place was filled with last, and the text it gave: often the next play names the same group. */
  #lastValue: string | undefined;
  #lastText = "";

  constructor(pieces: readonly Piece[]) {
    const fixed: string[] = [""];
    const places: Fill[] = [];
    for (const piece of pieces) {
      if (typeof piece === "string") fixed[fixed.length - 1] += piece;
      else {
        places.push(piece);
        fixed.push("");
      }
    }
    const [first = "", ...behind] = fixed.map(compact);
    this.#first = first;
    this.#places = places;
    this.#behind = behind;
  }

  /** The text, where it is the same in every play. */
  get constant(): string | undefined {
    return this.#places.length === 0 ? this.#first : undefined;
  }

  /** Whether every part that is the same in every play is ASCII. */
  get isAsciiWhereFixed(): boolean {
    return isAscii(this.#first) && this.#behind.every(isAscii);
  }

  /** Throws `NotYielded`. */
  fill(state: PlayState): string {
    const places = this.#places;
    const behind = this.#behind;
    if (places.length === 1) return this.#filledOnce((places[0] as Fill)(state));
    let text = this.#first;
    for (let at = 0; at < places.length; at += 1) {
      text += (places[at] as Fill)(state);
      text += behind[at] as string;
    }
    return text;
  }

  #filledOnce(value: string): string {
    if (value !== this.#lastValue) {
      this.#lastValue = value;
      this.#lastText = this.#first + value + (this.#behind[0] as string);
    }
    return this.#lastText;
  }
}

/**
 * The same text, one byte a character where that is enough. What was cut out of a text with a mark or a Chinese name in it
 * takes two, and so does whatever it is joined to, until the socket writes it: twice the copying for every request.
 */
export function compact(text: string): string {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return text;
  return Buffer.from(text, "latin1").toString("latin1");
}

const [QUOTE, BACKSLASH] = [34, 92];

/** A text as it stands between the quotes of a JSON string. Most need no escape, and are looked at only once. */
export function jsonText(text: string): string {
  let all = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    all |= code;
    if (code === QUOTE || code === BACKSLASH || code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) {
      if (!isAscii(text)) noteBeyondAscii();
      return JSON.stringify(text).slice(1, -1);
    }
  }
  if (all > 0x7f) noteBeyondAscii();
  return text;
}

/** Whether a text written since the last `beginText` was not ASCII. One request is put together at a time. */
let isBeyondAscii = false;

export function beginText(): void {
  isBeyondAscii = false;
}

export function noteBeyondAscii(): void {
  isBeyondAscii = true;
}

export const wasAscii = () => !isBeyondAscii;

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
