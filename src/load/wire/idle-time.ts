import type { AnswerReader } from "./answer-reader.ts";

/** How long a connection may have been unused when the server's Keep-Alive header does not say: see `http/connection.ts`. */
const IDLE_MS = 1_000;
/** A connection that carried nothing yet is given longer: servers wait for a first request. */
export const UNUSED_MS = 10_000;

/** `Keep-Alive: timeout=5`, less a second for the way; half of it where that leaves nothing. In milliseconds. */
export function allowedIdle({ head, headBytes }: AnswerReader): number {
  if (head.keepAliveEnd === 0) return IDLE_MS;
  const text = headBytes.toString("latin1", head.keepAliveStart, head.keepAliveEnd);
  const seconds = Number(/(?:^|,)\s*timeout=(\d{1,6})/i.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(seconds)) return IDLE_MS;
  return Math.max(seconds * 1000 - 1000, seconds * 500);
}
