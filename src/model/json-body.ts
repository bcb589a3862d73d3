import type { Answer } from "./exchange.ts";
import { type Json, jsonIn } from "./json.ts";

/** Characters of a body. Its values may take twenty times as much memory, and a run holds a hundred answers at a time. */
const LARGE = 20_000;

const known = new WeakMap<Answer, { readonly value: Json | undefined }>();
let latestLarge: WeakRef<Answer> | undefined;

/**
 * The value that an answer's body is the JSON of; undefined where it is none. It is parsed once however many look at it. Of
 * large bodies only the latest one's value is kept: a play may hold several answers, and their texts take less.
 */
export function jsonBody(answer: Answer): Json | undefined {
  const earlier = known.get(answer);
  if (earlier !== undefined) return earlier.value;
  if (answer.body.length > LARGE) {
    const other = latestLarge?.deref();
    if (other !== undefined) known.delete(other);
    latestLarge = new WeakRef(answer);
  }
  const value = jsonIn(answer.body);
  known.set(answer, { value });
  return value;
}
