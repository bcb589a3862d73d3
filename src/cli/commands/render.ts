import { type AnyReport, BadInput, type LoadReport, readCompared, readReport } from "../../index.ts";
import type { Host } from "../host.ts";
import { sentence } from "../lost-reports.ts";
import { reportRequests, writeReports } from "../reports.ts";

interface RenderFlags {
  readonly report?: readonly string[];
  readonly since?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `scim-check render FILE`: the exit code says that rendering worked, not what the report says. */
export async function renderCommand(file: string, flags: RenderFlags, host: Host): Promise<number> {
  const { report: reports, since, quiet = false, verbose = false } = flags;
  const requests = await reportRequests(reports ?? ["text"], host, true);
  const { report, baseline } = await compared(file, since);
  const style = { quiet, verbose, ...(baseline === undefined ? {} : { baseline }) };
  const { unwritten, bugs } = await writeReports(report, requests, style, host);
  if (bugs.length > 0) throw bugs[0];
  const missing = unwritten.filter(({ readerLeft }) => !readerLeft);
  for (const one of missing) host.stderr.write(`${sentence(one)}\n`);
  return missing.length === 0 ? 0 : 2;
}

/** The report, beside an earlier one where that was named: a run says what changed, a load is drawn beside it. */
async function compared(
  file: string,
  since: string | undefined,
): Promise<{ readonly report: AnyReport; readonly baseline?: LoadReport }> {
  const report = await readReport(file);
  if (since === undefined) return { report };
  if (report.format === "scim-check/run@1") return { report: await readCompared(since, file) };
  const baseline = await readReport(since);
  if (baseline.format === "scim-check/load@1") return { report, baseline };
  throw new BadInput([
    {
      place: { file: since },
      what: "This is the report of a run, and cannot be compared with that of a load.",
      next: "Name a report that scim-check load saved.",
    },
  ]);
}
