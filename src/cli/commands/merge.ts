import { resolve } from "node:path";
import { type LoadOptions, mergeShards } from "../../index.ts";
import type { Host } from "../host.ts";
import { warnIfInsecure } from "../insecure.ts";
import { interruptible } from "../interruption.ts";
import { loadScreen } from "../load-screen.ts";
import { settingsFrom } from "../settings.ts";
import { stateFolderFrom } from "../state-folder.ts";
import { loadReportRequests, readBaseline, reported } from "./load.ts";

interface MergeFlags {
  readonly report?: readonly string[];
  readonly baseline?: string;
  readonly quiet?: boolean;
}

/** `scim-check merge FILE…`: exit code as for a load that was not split. */
export async function mergeCommand(
  files: readonly string[],
  flags: MergeFlags & Record<string, unknown>,
  host: Host,
): Promise<number> {
  const { report: reports, baseline, quiet = false, ...given } = flags;
  const requests = await loadReportRequests(reports ?? [], host);
  const before = baseline === undefined ? undefined : await readBaseline(resolve(host.cwd(), baseline));
  const { options } = await settingsFrom(given, host);
  warnIfInsecure(options, host);
  const screen = loadScreen(host, quiet);
  const interruption = interruptible(host, "Interrupted.");
  try {
    const report = await mergeShards(
      files.map((file) => resolve(host.cwd(), file)),
      options as LoadOptions,
      {
        signal: interruption.run,
        cleanUpSignal: interruption.cleanUp,
        onProgress: (progress) => screen.show(progress),
        ...stateFolderFrom(host),
      },
    );
    screen.stop();
    return await reported(report, requests, { quiet, verbose: false, baseline: before }, host);
  } finally {
    screen.stop();
    interruption.stop();
  }
}
