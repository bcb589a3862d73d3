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
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === BACKSLASH || code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(text).slice(1, -1);
    }
  }
  return text;
}
