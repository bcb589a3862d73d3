const PER_SECOND: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600 };

/** More is no test of anybody's provisioning. */
export const MOST_PLAYS_A_SECOND = 100_000;

/** `50/s`, `120/m` or `2000/h` as a number a second; undefined when it is none of them, or more than any load plays. */
export function ratePerSecond(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m|min|h)$/.exec(text.trim());
  const seconds = PER_SECOND[match?.[2] ?? ""];
  if (match === null || seconds === undefined) return undefined;
  const rate = Number(match[1]) / seconds;
  return rate > MOST_PLAYS_A_SECOND ? undefined : rate;
}
