import { lengthLine } from "./request-head.ts";

interface Kept {
  head: string;
  whole: Buffer | undefined;
}

/**
 * Whole requests for bodies that are kept as bytes. One buffer is one write; a start and a body are two, which Node joins at
 * a cost of microseconds. Each body has one whole request at most, made when the same head comes a second time in a row:
 * a body that goes to one group after the other is sent in two parts.
 */
export class KeptRequests {
  readonly #byBody = new WeakMap<Buffer, Kept>();

  /** @param head without its length, as `Sendable` has it */
  wholeOf(head: string, body: Buffer): Buffer | undefined {
    const known = this.#byBody.get(body);
    if (known === undefined) {
      this.#byBody.set(body, { head, whole: undefined });
      return undefined;
    }
    if (known.head !== head) {
      known.head = head;
      known.whole = undefined;
      return undefined;
    }
    known.whole ??= Buffer.concat([Buffer.from(head + lengthLine(head, body.length), "latin1"), body]);
    return known.whole;
  }
}
