import { dryRun, knownDeviations, type RunReport, renderDryRun, run } from "../../index.ts";
import { openDialogue } from "../dialogue.ts";
import { refuseBesideDryRun } from "../dry-run.ts";
import type { Host } from "../host.ts";
import { warnIfInsecure } from "../insecure.ts";
import { interruptible } from "../interruption.ts";
import { rescueReports } from "../lost-reports.ts";
import { newFile } from "../new-file.ts";
import { progressDisplay } from "../progress.ts";
import { reportRequests, toFile, type Unwritten, writeReports } from "../reports.ts";
import { settingsFrom } from "../settings.ts";
import { stateFolderFrom } from "../state-folder.ts";

/** Flags of `run` that are not options of the run itself. */
interface RunFlags {
  readonly report?: readonly string[];
  readonly writeKnown?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `scim-check run`: exit code as design and README list them. */
export async function runCommand(flags: RunFlags & Record<string, unknown>, host: Host): Promise<number> {
  const {
    report: reports,
    writeKnown,
    dryRun: isDry = false,
    quiet = false,
    verbose = false,
    ...given
  } = flags;
  if (isDry) refuseBesideDryRun(flags);
  const requests = await reportRequests(reports ?? [], host);
  const newList = writeKnown === undefined ? undefined : newFile(writeKnown, "--write-known", host);
  const { options, hasProjectFile } = await settingsFrom({ ...given, verbose }, host);
  warnIfInsecure(options, host);
  const surroundings = { isCi: host.env.CI !== undefined && host.env.CI !== "", hasProjectFile };
  if (isDry) {
    host.stdout.write(await renderDryRun(await dryRun(options, surroundings)));
    return 0;
  }
  const display = progressDisplay(host, quiet);
  const interruption = interruptible(host, "Interrupted: removing what was made. Once more stops that too.");
  const targetName = options.url ?? "the embedded reference server";
  try {
    const report = await run(options, {
      ...surroundings,
      signal: interruption.run,
      cleanUpSignal: interruption.cleanUp,
      onProgress: (progress) => display.show(progress, targetName),
      ...stateFolderFrom(host),
      ...(host.stdin.isTTY === true && host.stderr.isTTY === true
        ? { mayWrite: (name) => ask(name, host, interruption.run) }
        : {}),
    });
    display.stop();
    const written = await writeReports(report, requests, { quiet, verbose }, host);
    const unlisted = newList === undefined ? undefined : await listBroken(report, newList, host);
    const unwritten = unlisted === undefined ? written.unwritten : [...written.unwritten, unlisted];
    return await rescueReports(report, { ...written, unwritten }, host);
  } finally {
    display.stop();
    interruption.stop();
  }
}

/** Writes a first list of known deviations, over nothing. @returns what kept it from being written */
async function listBroken(report: RunReport, file: string, host: Host): Promise<Unwritten | undefined> {
  const lost = toFile(await knownDeviations(report), file, "wx");
  if (lost !== undefined)
    return { request: { format: "yaml", file }, what: "list of what is broken", ...lost };
  host.stderr.write(`${file}: what is broken is listed. Say why for each, and give it to --known.\n`);
  return undefined;
}

/** Whether somebody at the terminal names the host a second time. */
async function ask(target: string, host: Host, signal: AbortSignal): Promise<boolean> {
  const dialogue = openDialogue(host);
  try {
    const question = `This creates users and groups on ${target}. Type the host to allow it: `;
    const answer = await dialogue.ask(question, signal);
    return answer?.trim().toLowerCase() === target.toLowerCase();
  } finally {
    dialogue.close();
  }
}
