import type { LoadReport } from "../model/load.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";
import { LOAD_REPORT_FORMATS, REPORT_FORMATS } from "../model/report-format.ts";
import type { CleanedRun } from "../report/cleaned.ts";
import type { LoadRenderOptions, RenderOptions } from "../report/format.ts";

export type { CleanedRun };

/** The formats a report can be rendered in. */
export async function formatNames(): Promise<readonly string[]> {
  return REPORT_FORMATS;
}

/** What `run` or `load` found out. */
export type AnyReport = RunReport | LoadReport;

/** A report as text, in one of the formats. Throws `BadInput` for a format that does not exist, or not for it. */
export async function render(
  report: AnyReport,
  format: string,
  options: LoadRenderOptions = {},
): Promise<string> {
  const { formatNamed } = await import("../report/formats.ts");
  const found = formatNamed(format);
  if (found === undefined) throw new BadInput([await unknownFormat(format)]);
  if (report.format === "scim-check/run@1") return found.render(report, options);
  if (found.renderLoad === undefined) throw new BadInput([noLoadForm(format)]);
  return found.renderLoad(report, options);
}

/** What a clean-up did, to be read in a terminal. */
export async function renderCleanup(
  cleaned: readonly CleanedRun[],
  options: RenderOptions = {},
): Promise<string> {
  const { cleanedText } = await import("../report/cleaned.ts");
  return cleanedText(cleaned, options);
}

/** What is wrong with a format that knows only runs. */
export function noLoadForm(format: string): Problem {
  return {
    place: { file: "--report" },
    what: `The format ${format} has no form for the report of a load.`,
    next: `Use ${LOAD_REPORT_FORMATS.slice(0, -1).join(", ")} or ${LOAD_REPORT_FORMATS.at(-1)}.`,
  };
}

/** The formats that the report of a load can be rendered in. */
export async function loadFormatNames(): Promise<readonly string[]> {
  return LOAD_REPORT_FORMATS;
}

/** What is wrong with a format that does not exist, and which ones do. */
export async function unknownFormat(format: string): Promise<Problem> {
  const { expectedOneOf, nearest } = await import("../model/suggest.ts");
  const meant = nearest(format, REPORT_FORMATS);
  return {
    place: { file: "--report" },
    what: `There is no report format ${JSON.stringify(format)}.`,
    next: `${meant === undefined ? "" : `Did you mean \`${meant}\`? `}${expectedOneOf(REPORT_FORMATS)}`,
  };
}

/** Reads a report that `--report json:FILE` saved. Throws `BadInput` when the file is none. */
export async function readReport(file: string): Promise<AnyReport> {
  const { readSavedReport } = await import("../report/saved.ts");
  const saved = readSavedReport(file);
  if (!saved.ok) throw new BadInput(saved.problems);
  return saved.report;
}
