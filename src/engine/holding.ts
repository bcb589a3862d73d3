import type { Exchange } from "../model/exchange.ts";
import { bytesOf } from "../model/memory.ts";

/** Bytes of bodies that one play may hold at the same time: two of the largest, or four reads of a group of fifty thousand. */
const MOST_BYTES = 40_000_000;

/**
 * Keeps account of the answers that a play holds: those that a later step looks at, and those that the step under way was
 * given. What does not fit beside them is left aside, so that the memory ends neither with a server that sends megabytes
 * to everything nor with a step of many requests. A single answer always fits.
 */
export class Holding {
  #earlier = 0;
  #now = 0;

  /** A step, or another look at it, begins: of those before it, these are held. */
  begin(earlier: Iterable<{ readonly exchanges: readonly Exchange[] }>): void {
    this.#earlier = 0;
    for (const { exchanges } of earlier)
      this.#earlier += exchanges.reduce((sum, one) => sum + sizeOf(one), 0);
    this.#now = 0;
  }

  /** The exchange, or the same one without its answer where that does not fit. */
  admit(exchange: Exchange): Exchange {
    const size = sizeOf(exchange);
    const held = this.#earlier + this.#now;
    if (held > 0 && held + size > MOST_BYTES) {
      const detail = `The answer was left aside: its ${size} bytes came while ${held} bytes of other answers had to be held for the same scenario.`;
      return leftAside(exchange, detail);
    }
    this.#now += size;
    return exchange;
  }

  /** Less of an exchange that the step under way was given is held from now on. */
  shortened(from: Exchange, to: Exchange): void {
    this.#now = Math.max(0, this.#now - sizeOf(from) + sizeOf(to));
  }
}

/** The exchange without its answer: whoever asked cannot tell what it said, and blames nobody. */
export const leftAside = (exchange: Exchange, detail: string): Exchange => ({
  ...exchange,
  outcome: { kind: "silence", reason: "too-large", detail },
});

const sizeOf = ({ outcome }: Exchange) => (outcome.kind === "answer" ? bytesOf(outcome) : 0);
