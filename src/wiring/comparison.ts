import { BadInput } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";

/** A saved run with what changed since an earlier one, both saved as JSON. Throws `BadInput` for other files. */
export async function readCompared(before: string, now: string): Promise<RunReport> {
  return compared(await readRun(before), await readRun(now));
}

/** Reads the saved report of a run. */
export async function readRun(file: string): Promise<RunReport> {
  const { readReport } = await import("./render.ts");
  const report = await readReport(file);
  if (report.format === "scim-check/run@1") return report;
  const what = "This is the report of a load, and runs are compared with runs.";
  throw new BadInput([{ place: { file }, what, next: "Name a report of `scim-check run`." }]);
}

export async function compared(before: RunReport, report: RunReport): Promise<RunReport> {
  const { compareReports } = await import("../conformance/compare.ts");
  return { ...report, comparison: compareReports(before, report) };
}
