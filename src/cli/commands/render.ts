import { readCompared, readReport } from "../../index.ts";
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
  const requests = await reportRequests(reports ?? ["text"], host);
  const report = await (since === undefined ? readReport(file) : readCompared(since, file));
  const { unwritten, bugs } = await writeReports(report, requests, { quiet, verbose }, host);
  if (bugs.length > 0) throw bugs[0];
  const missing = unwritten.filter(({ readerLeft }) => !readerLeft);
  for (const one of missing) host.stderr.write(`${sentence(one)}\n`);
  return missing.length === 0 ? 0 : 2;
}
