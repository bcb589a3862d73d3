const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that there is, such as `2026-12-31`; the 30th of February is none. */
export function isDay(text: string): boolean {
  const ms = DAY.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const MOMENT =
  /^(\S{10})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Milliseconds since the epoch of a moment that means the same on every machine: `2026-03-01T12:00:00Z`, with an offset
 * such as `+01:00` in place of the Z, or the time of a Unix clock in seconds or milliseconds. Undefined for anything else.
 */
export function momentMs(text: string): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const day = MOMENT.exec(text)?.[1];
  return day === undefined || !isDay(day) ? undefined : Date.parse(text);
}
