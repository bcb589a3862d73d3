import { cutText } from "../model/cut-text.ts";

/** A text of which only the beginning is kept; of the rest it is told how long it is. */
export class Beginning {
  readonly #limit: number;
  #kept = "";
  #length = 0;

  /** @param limit characters that are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: string): void {
    const room = this.#limit - this.#kept.length;
    if (piece.length <= room) this.#kept += piece;
    else if (room > 0) this.#kept += copied(piece.slice(0, room));
    this.#length += piece.length;
  }

  toString(): string {
    const more = this.#length - this.#kept.length;
    return more === 0 ? this.#kept : cutText(this.#kept, more);
  }
}

/** The first `limit` characters of a text, and how many more it had. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const beginning = new Beginning(limit);
  beginning.add(text);
  return beginning.toString();
}

/** A slice is a view that holds on to the whole text, so that a report would keep every byte a server ever sent. */
const copied = (text: string) => Buffer.from(text, "utf16le").toString("utf16le");
