import type { Answer } from "./exchange.ts";

/**
 * Memory that is freed in time. Left to itself the engine lets several answers of megabytes lie about before it looks for
 * what nothing holds any more.
 */
export interface Memory {
  /** A large body is about to come: what earlier ones left behind makes room for it. */
  readonly makeRoom: () => void;
  /** So many bytes of a large body came, and are copied elsewhere by now. */
  readonly took: (bytes: number) => void;
}

/** Leaves it to the engine. */
export const LEFT_ALONE: Memory = { makeRoom: () => {}, took: () => {} };

const LONG = 100_000;
const BEYOND_LATIN_1 = /[^\0-\u00ff]/;
const known = new WeakMap<Answer, number>();

/** Bytes that the text of an answer takes in memory: two for each character of a long one, once one of them is beyond Latin-1. */
export function bytesOf(answer: Answer): number {
  const { body } = answer;
  if (body.length < LONG) return body.length;
  const bytes = known.get(answer) ?? (BEYOND_LATIN_1.test(body) ? 2 : 1) * body.length;
  known.set(answer, bytes);
  return bytes;
}
