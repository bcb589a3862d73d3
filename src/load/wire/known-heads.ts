import { Shape } from "../shape.ts";
import { AnswerHead, fieldNamed } from "./answer-head.ts";

const [LF, COLON] = [10, 58];
/** Where the last digit of the status stands in `HTTP/1.1 201`. */
const LAST_DIGIT = 11;

/** A head that was read, and what of it may differ in another that says the same. */
export interface KnownHead {
  /** What was read; the length of the body is that of the latest answer. */
  readonly head: AnswerHead;
  /** The index behind it. */
  readonly end: number;
}

class Remembered implements KnownHead {
  readonly head = new AnswerHead();
  readonly shape = new Shape();
  end = 0;
}

/**
 * Heads of earlier answers: servers say the same each time but for the date, the length and perhaps a number of the
 * request. One is kept for each last digit of a status, which tells 200, 201, 204, 409 and 429 apart. Only of answers that
 * begin where the piece does, as nearly all do, and that have a body by the ordinary rules, not by those of HEAD.
 */
export class KnownHeads {
  readonly #remembered: Remembered[] = [];

  /** The head that lies at the beginning of a piece, when it is known; good until the next is looked for. */
  find(piece: Buffer, to: number): KnownHead | undefined {
    const known = this.#remembered[to > LAST_DIGIT ? (piece[LAST_DIGIT] as number) & 15 : 0];
    if (known === undefined || !known.shape.fits(piece, 0, to)) return undefined;
    return known.head.renewLength(piece) ? known : undefined;
  }

  /** Remembers a head that was read from the beginning of a piece. */
  learn(head: AnswerHead, piece: Buffer, end: number): void {
    const digit = (piece[LAST_DIGIT] as number) & 15;
    const known = this.#remembered[digit] ?? new Remembered();
    this.#remembered[digit] = known;
    if (!known.shape.learn(piece, 0, end)) return;
    known.head.copy(head);
    known.end = end;
    known.shape.free(head.lengthStart, head.lengthEnd);
    for (let at = piece.indexOf(LF) + 1; at < end - 2; ) {
      const colon = piece.indexOf(COLON, at);
      const next = piece.indexOf(LF, colon) + 1;
      if (fieldNamed(piece, at, colon) === undefined) known.shape.free(colon + 1, next - 2);
      at = next;
    }
  }
}
