const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** Milliseconds; the longest that a timer of Node.js waits. One that is set for longer goes off at once. */
export const LONGEST_MS = 2 ** 31 - 1;

/** What `durationMs` reads, for help and refusals. */
export const DURATION_WORDS = "a time such as 500ms, 30s, 5m or 2h, of at most 24 days";

/** `500ms`, `1.5 s`, `5m` (or `5 min`) or `2h` as milliseconds; undefined when it is none of them, or too long to wait for. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)$/.exec(text.trim());
  const unit = UNIT_MS[match?.[2] ?? ""];
  const ms = match === null || unit === undefined ? undefined : Number(match[1]) * unit;
  return ms === undefined || ms > LONGEST_MS ? undefined : ms;
}
