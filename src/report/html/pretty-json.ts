import type { Json } from "../../model/json.ts";

/** Two spaces a level, as `JSON.stringify` writes it. Throws a RangeError for what is nested too deeply. */
export const prettyJson = (value: Json): string => JSON.stringify(value, null, 2);

export function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A body as it is easiest to read: JSON over several lines, anything else as it came. */
export function readableBody(text: string): string {
  const value = parsedJson(text);
  if (value === undefined || value === null || typeof value !== "object") return text;
  try {
    return prettyJson(value);
  } catch {
    return text;
  }
}
