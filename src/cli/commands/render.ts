import { readReport } from "../../index.ts";
import type { Host } from "../host.ts";
import { reportRequests, writeReports } from "../reports.ts";

interface RenderFlags {
  readonly report?: readonly string[];
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `scim-check render FILE`: the exit code says that rendering worked, not what the report says. */
export async function renderCommand(file: string, flags: RenderFlags, host: Host): Promise<number> {
  const { report: reports, quiet = false, verbose = false } = flags;
  const requests = await reportRequests(reports ?? ["text"], host);
  await writeReports(await readReport(file), requests, { quiet, verbose }, host);
  return 0;
}
