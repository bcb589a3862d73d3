import { resolve } from "node:path";
import {
  BadInput,
  type LoadContext,
  type LoadOptions,
  type LoadReport,
  load,
  loadFormatNames,
  loadShard,
  noLoadForm,
  previewLoad,
  readReport,
} from "../../index.ts";
import { momentMs } from "../../model/calendar.ts";
import { madeNothing } from "../../model/load-stop.ts";
import type { Stopped } from "../../model/report.ts";
import { refuseBesideDryRun } from "../dry-run.ts";
import type { Host } from "../host.ts";
import { warnIfInsecure } from "../insecure.ts";
import { interruptible } from "../interruption.ts";
import { loadPreviewText } from "../load-preview.ts";
import { loadScreen } from "../load-screen.ts";
import { rescueReports, rescueShard } from "../lost-reports.ts";
import { type ReportRequest, reportRequests, unwritable, writeReports } from "../reports.ts";
import { settingsFrom } from "../settings.ts";
import { stateFolderFrom } from "../state-folder.ts";
import { styleFor, widthOf } from "../terminal.ts";

/** Flags of `load` that are not options of the load itself. */
interface LoadFlags {
  readonly report?: readonly string[];
  readonly baseline?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly dryRun?: boolean;
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  readonly startAt?: string | undefined;
  readonly out?: string | undefined;
  readonly rate?: number;
}

/** `scim-check load PLAN`: exit code as design and README list them. */
export async function loadCommand(
  plan: string,
  flags: LoadFlags & Record<string, unknown>,
  host: Host,
): Promise<number> {
  const {
    report: reports,
    baseline,
    quiet = false,
    verbose = false,
    dryRun,
    shard,
    startAt,
    out,
    rate,
    ...given
  } = flags;
  if (dryRun === true) refuseBesideDryRun(flags);
  const requests = await loadReportRequests(reports ?? [], host);
  const before = baseline === undefined ? undefined : await readBaseline(resolve(host.cwd(), baseline));
  const part = shardOf({ shard, startAt, out }, host);
  if (part !== undefined && (baseline !== undefined || (reports ?? []).length > 0)) {
    throw new BadInput([
      {
        place: { file: baseline === undefined ? "--report" : "--baseline" },
        what: "A part of a load has no report of its own.",
        next: "Give it to scim-check merge, which adds the parts up.",
      },
    ]);
  }
  const { options: merged, hasProjectFile } = await settingsFrom({ ...given, verbose }, host);
  warnIfInsecure(merged, host);
  // A rate in scim-check.yaml is that of `run`: requests a second, not plays.
  const { rate: _rate, ...options } = { ...merged, playRate: rate } as LoadOptions & {
    readonly playRate?: number;
  };
  const surroundings = { isCi: host.env.CI !== undefined && host.env.CI !== "", hasProjectFile };
  if (dryRun === true) {
    const preview = await previewLoad(plan, options, surroundings, part?.of);
    host.stdout.write(loadPreviewText(preview, styleFor(host, "stdout"), widthOf(host.stdout.columns)));
    return 0;
  }
  const screen = loadScreen(host, quiet, {
    part,
    isSearch: options.findCapacity === true,
    isKept: options.keep,
  });
  const interruption = interruptible(
    host,
    part === undefined
      ? "Interrupted: removing what was made. Once more stops that too."
      : "Interrupted: this part ends, and what it made stays until it is merged.",
  );
  const context: LoadContext = {
    ...surroundings,
    signal: interruption.run,
    cleanUpSignal: interruption.cleanUp,
    onPrepared: (prepared) => screen.prepared(prepared),
    onProgress: (progress) => screen.show(progress),
    ...stateFolderFrom(host),
  };
  try {
    if (part !== undefined) {
      let stopped: Stopped | undefined;
      const onStopped = (because: Stopped) => {
        stopped = because;
      };
      const text = await loadShard(plan, options, part, { ...context, onStopped });
      screen.stop();
      const lost = await rescueShard(text, part.file, host);
      if (lost !== 0) return interruption.run.aborted ? 130 : lost;
      host.stderr.write(wordsOfShard(part, stopped));
      if (interruption.run.aborted) return 130;
      return stopped === undefined ? 0 : 3;
    }
    const report = await load(plan, options, context);
    screen.stop();
    return await reported(report, requests, { quiet, verbose, baseline: before }, host);
  } finally {
    screen.stop();
    interruption.stop();
  }
}

/** What there is to know of a part that was played, or was not. */
function wordsOfShard({ index, of, file }: Part, stopped: Stopped | undefined): string {
  const written = `Shard ${index}/${of} is written to ${file}.`;
  if (stopped === undefined) return `${written} What it made is still on the server.\n`;
  const made = madeNothing(stopped) ? "It made nothing." : "What it may have made is still on the server.";
  return `Nothing was played: ${stopped.why}\n${stopped.remedy}\n${written} ${made}\n`;
}

/** Writes the reports of a load; none is lost. */
export async function reported(
  report: LoadReport,
  requests: readonly ReportRequest[],
  style: { readonly quiet: boolean; readonly verbose: boolean; readonly baseline?: LoadReport | undefined },
  host: Host,
): Promise<number> {
  const { baseline, ...rest } = style;
  const written = await writeReports(
    report,
    requests,
    { ...rest, ...(baseline === undefined ? {} : { baseline }) },
    host,
  );
  return rescueReports(report, written, host);
}

/** Like those of a run, less the formats that have no form for a load. */
export async function loadReportRequests(
  given: readonly string[],
  host: Host,
): Promise<readonly ReportRequest[]> {
  const known = await loadFormatNames();
  const unfit = given.map((text) => text.replace(/:.*/s, "")).filter((format) => !known.includes(format));
  if (unfit.length > 0) throw new BadInput(unfit.map(noLoadForm));
  return reportRequests(given, host);
}

/** An earlier report of a load. Throws `BadInput` when the file is none. */
export async function readBaseline(file: string): Promise<LoadReport> {
  const report = await readReport(file);
  if (report.format === "scim-check/load@1") return report;
  throw new BadInput([
    {
      place: { file },
      what: "This is the report of a run, not of a load.",
      next: "Name a file that `scim-check load --report json:FILE` wrote.",
    },
  ]);
}

interface Part {
  readonly index: number;
  readonly of: number;
  readonly startAt?: number;
  readonly file: string;
}

function shardOf(
  { shard, startAt, out }: Pick<LoadFlags, "shard" | "startAt" | "out">,
  host: Host,
): Part | undefined {
  const refuse = (file: string, what: string, next: string) =>
    new BadInput([{ place: { file }, what, next }]);
  if (shard === undefined) {
    if (startAt === undefined && out === undefined) return undefined;
    throw refuse(
      "--shard",
      "--start-at and --out are for a part of a load.",
      "Add --shard, such as --shard 1/3.",
    );
  }
  if (out === undefined) {
    throw refuse("--out", "A shard has to be written somewhere, to be merged.", "Add --out shard.json.");
  }
  const file = resolve(host.cwd(), out);
  const problems = unwritable(file);
  if (problems.length > 0) throw new BadInput(problems);
  if (startAt === undefined) {
    if (shard.of === 1) return { ...shard, file };
    throw refuse(
      "--start-at",
      "Shards have to begin together.",
      "Give all of them the same --start-at, such as 2026-03-01T12:00:00Z.",
    );
  }
  const at = momentMs(startAt);
  if (at === undefined) {
    throw refuse(
      "--start-at",
      `${JSON.stringify(startAt)} is no moment that is the same on every machine.`,
      "Write it like 2026-03-01T12:00:00Z, or with an offset as in 2026-03-01T13:00:00+01:00.",
    );
  }
  if (at < Date.now()) {
    throw refuse(
      "--start-at",
      "That moment has passed.",
      "Name one that leaves every shard time to prepare.",
    );
  }
  return { ...shard, startAt: at, file };
}
