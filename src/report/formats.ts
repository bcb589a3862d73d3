import { REPORT_FORMATS, type ReportFormatName } from "../model/report-format.ts";
import type { ReportFormat } from "./format.ts";
import { github } from "./github.ts";
import { html } from "./html/html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { text } from "./text.ts";

const BY_NAME: Readonly<Record<ReportFormatName, ReportFormat>> = {
  text,
  html,
  markdown,
  github,
  junit,
  json,
};

/** Every output format. A new one is a file beside this one, a line here, and its name in `model/report-format.ts`. */
export const FORMATS: readonly ReportFormat[] = REPORT_FORMATS.map((name) => BY_NAME[name]);

/** The format of that name, if there is one. */
export function formatNamed(name: string): ReportFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}
