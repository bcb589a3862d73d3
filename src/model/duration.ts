const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** Milliseconds; the longest that a timer of Node.js waits. One that is set for longer goes off at once. */
export const LONGEST_MS = 2 ** 31 - 1;

/** `500ms`, `2s`, `1.5 s` or `5m` as milliseconds; undefined when it is none of them, or too long to wait for. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m)$/.exec(text.trim());
  const unit = UNIT_MS[match?.[2] ?? ""];
  const ms = match === null || unit === undefined ? undefined : Number(match[1]) * unit;
  return ms === undefined || ms > LONGEST_MS ? undefined : ms;
}
