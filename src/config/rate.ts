const PER_SECOND: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600 };

/** `50/s`, `120/m` or `2000/h` as a number a second; undefined when it is none of them, or is not above 0. */
export function ratePerSecond(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m|min|h)$/.exec(text.trim());
  const seconds = PER_SECOND[match?.[2] ?? ""];
  if (match === null || seconds === undefined) return undefined;
  return Number(match[1]) / seconds;
}
