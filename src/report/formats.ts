import type { ReportFormat } from "./format.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { text } from "./text.ts";

/** Every output format. A new one is a file beside this one and a line here. */
export const FORMATS: readonly ReportFormat[] = [text, json, junit];

/** The format of that name, if there is one. */
export function formatNamed(name: string): ReportFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}
