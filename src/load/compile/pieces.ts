import type { PlayState } from "./play-state.ts";

/** One part of a text: fixed, or made anew in every play. Throws `NotYielded`. */
export type Piece = string | ((state: PlayState) => string);

/** A text with places to fill, compiled. */
export class Pieces {
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = merged(pieces);
  }

  /** The text, where it is the same in every play. */
  get constant(): string | undefined {
    const [first = "", ...rest] = this.#pieces;
    return typeof first === "string" && rest.length === 0 ? first : undefined;
  }

  /** Whether every part that is the same in every play is ASCII. */
  get isAsciiWhereFixed(): boolean {
    return this.#pieces.every((piece) => typeof piece !== "string" || isAscii(piece));
  }

  /** Throws `NotYielded`. */
  fill(state: PlayState): string {
    let text = "";
    for (const piece of this.#pieces) text += typeof piece === "string" ? piece : piece(state);
    return text;
  }
}

function merged(pieces: readonly Piece[]): readonly Piece[] {
  const together: Piece[] = [];
  for (const piece of pieces) {
    const last = together.at(-1);
    if (typeof piece === "string" && typeof last === "string") together[together.length - 1] = last + piece;
    else if (piece !== "") together.push(piece);
  }
  return together;
}

const [QUOTE, BACKSLASH] = [34, 92];

/** A text as it stands between the quotes of a JSON string. Most need no escape, and are looked at only once. */
export function jsonText(text: string): string {
  let all = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    all |= code;
    if (code === QUOTE || code === BACKSLASH || code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) {
      isBeyondAscii ||= !isAscii(text);
      return JSON.stringify(text).slice(1, -1);
    }
  }
  isBeyondAscii ||= all > 0x7f;
  return text;
}

/** Whether a text written since the last `beginText` was not ASCII. One request is put together at a time. */
let isBeyondAscii = false;

export function beginText(): void {
  isBeyondAscii = false;
}

export const wasAscii = () => !isBeyondAscii;

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
