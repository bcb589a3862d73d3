import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { BadInput, mergedOptions, type RunOptions, run } from "../../index.ts";
import type { Host } from "../host.ts";
import { rescueReports } from "../lost-reports.ts";
import { progressDisplay } from "../progress.ts";
import { reportRequests, writeReports } from "../reports.ts";
import { stateFolderFrom } from "../state-folder.ts";

/** Flags of `run` that are not options of the run itself. */
interface RunFlags {
  readonly report?: readonly string[];
  readonly config?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `scim-check run`: exit code as design and README list them. */
export async function runCommand(flags: RunFlags & Record<string, unknown>, host: Host): Promise<number> {
  const { report: reports, config, quiet = false, verbose = false, auth, ...rest } = flags;
  const requests = await reportRequests(reports ?? [], host);
  const projectFile = projectFileOf(config, host);
  // Commander turns --no-auth into auth: false.
  const fromFlags = {
    ...rest,
    ...(auth === false ? { noAuth: true } : typeof auth === "string" ? { auth } : {}),
  };
  const { options, from } = await mergedOptions({
    flags: fromFlags as RunOptions,
    env: host.env,
    ...(projectFile === undefined ? {} : { projectFile }),
  });
  if (verbose)
    for (const [name, source] of Object.entries(from)) host.stderr.write(`${name}: from ${source}\n`);
  const display = progressDisplay(host, quiet);
  const interruption = interruptible(host);
  const targetName = options.url ?? "the embedded reference server";
  try {
    const report = await run(options, {
      isCi: host.env.CI !== undefined && host.env.CI !== "",
      hasProjectFile: projectFile !== undefined,
      signal: interruption.run,
      cleanUpSignal: interruption.cleanUp,
      onProgress: (progress) => display.show(progress, targetName),
      ...stateFolderFrom(host),
      ...(host.stdin.isTTY === true && host.stderr.isTTY === true
        ? { mayWrite: (name) => ask(name, host) }
        : {}),
    });
    display.stop();
    return await rescueReports(report, await writeReports(report, requests, { quiet, verbose }, host), host);
  } finally {
    display.stop();
    interruption.stop();
  }
}

function projectFileOf(given: string | undefined, host: Host): string | undefined {
  if (given === undefined) {
    const file = join(host.cwd(), "scim-check.yaml");
    return existsSync(file) ? file : undefined;
  }
  const file = resolve(host.cwd(), given);
  if (existsSync(file)) return file;
  throw new BadInput([
    { place: { file: given }, what: "There is no such settings file.", next: "Check --config." },
  ]);
}

async function ask(target: string, host: Host): Promise<boolean> {
  const dialogue = createInterface({ input: host.stdin, output: host.stderr as NodeJS.WriteStream });
  try {
    const answer = await dialogue.question(
      `This creates users and groups on ${target}. Type the host to allow it: `,
    );
    return answer.trim().toLowerCase() === target.toLowerCase();
  } finally {
    dialogue.close();
  }
}

/** The first Ctrl-C stops the run and cleans up; the second stops the clean-up too. */
function interruptible(host: Host) {
  const runs = new AbortController();
  const cleansUp = new AbortController();
  const onSignal = () => {
    if (runs.signal.aborted) return cleansUp.abort();
    host.stderr.write("Interrupted: removing what was made. Once more stops that too.\n");
    runs.abort();
  };
  host.on("SIGINT", onSignal);
  host.on("SIGTERM", onSignal);
  return {
    run: runs.signal,
    cleanUp: cleansUp.signal,
    stop: () => {
      host.off("SIGINT", onSignal);
      host.off("SIGTERM", onSignal);
    },
  };
}
