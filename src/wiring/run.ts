import { refusals } from "../config/consent.ts";
import type { RunOptions } from "../config/options.ts";
import type { Progress } from "../conformance/input.ts";
import type { RunSettings } from "../conformance/settings.ts";
import { newRunId } from "../engine/names.ts";
import { seededRandom } from "../model/clock.ts";
import type { KnownDeviation } from "../model/known-deviation.ts";
import { BadInput } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";
import { compared, readRun } from "./comparison.ts";
import { ceilingsOf, settingsOf } from "./defaults.ts";
import type { Library } from "./library.ts";
import { inLittleMemory } from "./memory.ts";
import { deviationsOf, libraryFor } from "./profile.ts";
import { stateFolderOf } from "./state-folder.ts";
import { systemClock } from "./system-clock.ts";
import { chooseTarget, type Surroundings, type Target } from "./target.ts";
import { toolVersion } from "./tool.ts";

/** What a run takes besides its options. */
export interface RunContext extends Partial<Surroundings> {
  /** Stops the run: what was made is removed, and the report is partial. */
  readonly signal?: AbortSignal;
  /**
   * Names everything that the run makes, so that two runs never meet: six small letters and digits, new for every run
   * when absent. With the same seed and the same run id the same bytes are sent.
   */
  readonly runId?: string;
  /** Stops even the clean-up. */
  readonly cleanUpSignal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Where ledgers are kept; `.local/state/scim-check` in the home folder when absent. */
  readonly stateFolder?: string;
  /** Asked when writing to a host was not allowed: whether the person in front of the screen allows it. */
  readonly mayWrite?: (host: string) => Promise<boolean>;
}

/**
 * Tests one SCIM endpoint and reports what was seen. Writes to another host than this machine need
 * `allowWrites`. Throws `BadInput`, and sends nothing, when the options cannot be used.
 */
export async function run(options: RunOptions, context: RunContext = {}): Promise<RunReport> {
  const target = await chooseTarget(options, {
    isCi: context.isCi ?? false,
    hasProjectFile: context.hasProjectFile ?? false,
  });
  requireRunId(context.runId);
  const library = await libraryFor(options, target.profile);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const settings = settingsOf({ ...options, input: target.inputs }, target.facts, seed);
  const { prepareRun } = await import("../conformance/prepare.ts");
  const { plan, cost } = prepareRun({ ...library, settings, target: target.report });
  const writes = plan.play.some((scenario) => scenario.writes || scenario.crowd !== undefined);
  const [known, before] = await Promise.all([
    knownOf(options, library),
    options.since === undefined ? undefined : readRun(options.since),
  ]);
  await consent(options, context, target, { writes, ...cost, burst: settings.burst ?? 0 });
  const report = await inLittleMemory(() => play(context, target, library, settings, known));
  return before === undefined ? report : compared(before, report);
}

/** The list of known deviations. Throws `BadInput` when it cannot be read, or names what does not exist. */
async function knownOf(
  { known: file }: RunOptions,
  { catalogue }: Library,
): Promise<readonly KnownDeviation[] | undefined> {
  if (file === undefined) return undefined;
  const [{ readKnownDeviations }, { unknownNames }] = await Promise.all([
    import("../config/known-deviations.ts"),
    import("../conformance/known.ts"),
  ]);
  const read = readKnownDeviations(file);
  if (!read.ok) throw new BadInput(read.problems);
  const problems = unknownNames(read.known, catalogue);
  if (problems.length > 0) throw new BadInput(problems);
  return read.known;
}

function requireRunId(runId: string | undefined): void {
  if (runId === undefined || /^[a-z0-9]{6}$/.test(runId)) return;
  throw new BadInput([
    {
      place: { file: "runId" },
      what: `${JSON.stringify(runId)} cannot name a run.`,
      next: "Give six small letters and digits, or leave it out.",
    },
  ]);
}

interface Intended {
  readonly writes: boolean;
  readonly users: number;
  readonly groups: number;
  readonly members: number;
  readonly requests: number;
  readonly burst: number;
}

async function consent(
  options: RunOptions,
  context: RunContext,
  target: Target,
  intended: Intended,
): Promise<void> {
  const intention = { ...intended, host: target.host, isLoopback: target.facts.isLoopback };
  const ceilings = ceilingsOf(options);
  const allowed = options.allowWrites ?? [];
  const refused = refusals(intention, allowed, ceilings);
  const unnamed = refused.some(({ place }) => place.file === "--allow-writes");
  const answered = unnamed && context.mayWrite !== undefined && (await context.mayWrite(target.host));
  const left = answered ? refusals(intention, [...allowed, target.host], ceilings) : refused;
  if (left.length > 0) throw new BadInput(left);
}

async function play(
  context: RunContext,
  target: Target,
  library: Library,
  settings: RunSettings,
  known: readonly KnownDeviation[] | undefined,
): Promise<RunReport> {
  const [{ runConformance }, { speak }, { noLedger, openFileLedger }] = await Promise.all([
    import("../conformance/run.ts"),
    import("../okta/headers.ts"),
    import("../ledger/file-ledger.ts"),
  ]);
  const clock = systemClock();
  const random = seededRandom(settings.seed);
  const open = await target.open(clock);
  const stateFolder = stateFolderOf(context.stateFolder);
  try {
    return await runConformance({
      ...library,
      speak,
      send: open.send,
      ...(open.memory === undefined ? {} : { memory: open.memory }),
      clock,
      random,
      runId: context.runId ?? newRunId({ next: Math.random }),
      openLedger: (runId) =>
        target.report.kind === "embedded"
          ? noLedger
          : openFileLedger(stateFolder, {
              run: runId,
              url: open.url,
              startedAt: new Date(clock.now()).toISOString(),
            }),
      settings,
      ...(known === undefined ? {} : { known }),
      target: target.report,
      endsWithRun: target.report.kind === "embedded",
      toolVersion: toolVersion(),
      notes: target.notes,
      ...(target.profile === undefined
        ? {}
        : { documented: deviationsOf(target.profile), troubles: target.profile.troubles }),
      signal: context.signal ?? new AbortController().signal,
      ...(context.cleanUpSignal === undefined ? {} : { cleanUpSignal: context.cleanUpSignal }),
      ...(context.onProgress === undefined ? {} : { onProgress: context.onProgress }),
    });
  } finally {
    await open.close();
  }
}
