import { type AnyReport, keepReport, keepShard } from "../index.ts";
import type { Host } from "./host.ts";
import { toFile, type Unwritten, type Written } from "./reports.ts";
import { stateFolderFrom } from "./state-folder.ts";

/**
 * Sees to it that no result of a run is lost because a report could not be written: the whole report is kept in a
 * file that standard error names.
 * @returns the exit code: that of the run, but never 0 while a report that was asked for is missing
 * @throws the first bug of a format, once the report is safe
 */
export async function rescueReports(
  report: AnyReport,
  { unwritten, bugs }: Written,
  host: Host,
): Promise<number> {
  const { exitCode } = report.outcome;
  if (unwritten.length === 0 && bugs.length === 0) return exitCode;
  for (const one of unwritten) host.stderr.write(`${sentence(one)}\n`);
  const file = await keepReport(report, stateFolderFrom(host));
  host.stderr.write(
    file === undefined
      ? `There is no room to keep the report elsewhere either. Exit code ${exitCode}: ${report.outcome.why}\n`
      : `The results are kept in ${file}; scim-check render ${file} shows them.\n`,
  );
  if (bugs.length > 0) throw bugs[0];
  const isMissing = unwritten.some(({ readerLeft }) => !readerLeft);
  if (exitCode !== 0 || !isMissing) return exitCode;
  // The text report has said 0 by now.
  host.stderr.write("Exit code 3: what was asked for was not written.\n");
  return 3;
}

/**
 * The same for a part of a load, which `scim-check merge` needs.
 * @returns the exit code: 3 where it is not written where it was wanted
 */
export async function rescueShard(text: string, file: string, host: Host): Promise<0 | 3> {
  const lost = toFile(text, file);
  if (lost === undefined) return 0;
  host.stderr.write(`${sentence({ request: { format: "json", file }, what: "shard", ...lost })}\n`);
  const kept = await keepShard(text, stateFolderFrom(host));
  host.stderr.write(
    kept === undefined
      ? "There is no room to keep it elsewhere either. What it made is still on the server: scim-check cleanup.\n"
      : `It is kept in ${kept}; give that to scim-check merge. What it made is still on the server.\n`,
  );
  return 3;
}

export function sentence({ request: { format, file }, what = `${format} report`, why }: Unwritten): string {
  return `${file ?? "standard output"}: The ${what} cannot be written (${why}).`;
}
