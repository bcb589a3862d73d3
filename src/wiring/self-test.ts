import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Observation, SelfTestReport, Trial } from "../model/self-test.ts";
import type { RenderOptions } from "../report/format.ts";
import type { SelfTestProgress } from "../self-test/run.ts";
import { trialsOf } from "../self-test/trials.ts";
import { loadLibrary } from "./library.ts";
import { systemClock } from "./system-clock.ts";
import { toolVersion } from "./tool.ts";
import { startTrialServer } from "./trial-server.ts";
import { type VariationNames, type VariationTables, variationsNamed, variationTables } from "./variations.ts";

export interface SelfTestOptions extends VariationNames {
  /** Repeats the sets of quirks of an earlier self-test. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SelfTestProgress) => void;
  /** Plays every scenario against every server, also where it answers like the sound one. */
  readonly whole?: boolean;
  /** Other tables than those of the reference server, for tests of the self-test; played in this thread. */
  readonly tables?: VariationTables;
}

// Starting a worker takes about as long as playing this many trials.
const WORTH_A_WORKER = 12;
const LANES_MAX = 4;

/**
 * Plays every scenario against the sound server, every defect and every quirk: is scim-check itself right? With
 * names, only against those. Throws `BadInput` for unknown names.
 */
export async function selfTest(options: SelfTestOptions = {}): Promise<SelfTestReport> {
  const isWhole = options.whole ?? false;
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const tables = options.tables ?? (await variationTables());
  const trials = await chosenTrials(options, tables, seed);
  const [{ runSelfTest }, library] = await Promise.all([import("../self-test/run.ts"), loadLibrary()]);
  const signal = options.signal ?? new AbortController().signal;
  const isBuilt = import.meta.url.endsWith(".js");
  const lanes = Math.min(LANES_MAX, availableParallelism(), Math.floor(trials.length / WORTH_A_WORKER));
  const observers =
    isBuilt && options.tables === undefined && lanes > 1
      ? workerObservers(lanes, { seed, isWhole })
      : { observe: await observerHere(tables, { seed, isWhole, signal }), close: async () => {}, lanes: 1 };
  try {
    return await runSelfTest({
      trials,
      catalogue: library.catalogue,
      observe: observers.observe,
      lanes: observers.lanes,
      clock: systemClock(),
      seed,
      toolVersion: toolVersion(),
      isComplete: !isSelection(options),
      signal,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
  } finally {
    await observers.close();
  }
}

/** The matrix as text, or the whole of it as JSON. */
export async function renderSelfTest(
  report: SelfTestReport,
  format: "text" | "json",
  options: RenderOptions = {},
): Promise<string> {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  const { selfTestText } = await import("../report/self-test.ts");
  return selfTestText(report, options);
}

const isSelection = ({ defect = [], quirk = [] }: VariationNames) => defect.length + quirk.length > 0;

async function chosenTrials(
  names: VariationNames,
  tables: VariationTables,
  seed: number,
): Promise<readonly Trial[]> {
  const all = trialsOf(tables, seed);
  if (!isSelection(names)) return all;
  const chosen = new Set((await variationsNamed(names)).map(({ name }) => name));
  return all.filter(({ name, kind }) => (kind === "defect" || kind === "quirk") && chosen.has(name));
}

interface Observers {
  readonly observe: (trial: Trial) => Promise<Observation>;
  readonly lanes: number;
  close(): Promise<void>;
}

interface ObserverOptions {
  readonly seed: number;
  readonly isWhole: boolean;
}

/** Plays trials in this thread; used by the worker too, and by tests with another number of scenarios at once. */
export async function observerHere(
  tables: VariationTables,
  {
    seed,
    isWhole,
    signal,
    concurrency,
  }: ObserverOptions & {
    readonly signal: AbortSignal;
    readonly concurrency?: number;
  },
): Promise<(trial: Trial) => Promise<Observation>> {
  const [{ Observer }, { speak }, library] = await Promise.all([
    import("../self-test/observe.ts"),
    import("../okta/headers.ts"),
    loadLibrary(),
  ]);
  const all = [...tables.sound, ...tables.defects, ...tables.quirks];
  const observer = new Observer(
    {
      ...library,
      speak,
      toolVersion: toolVersion(),
      realClock: systemClock(),
      seed,
      signal,
      ...(concurrency === undefined ? {} : { concurrency }),
      startServer: ({ variations, layer }, clock, random, ids) =>
        startTrialServer(
          variations.flatMap((name) => all.find((one) => one.name === name) ?? []),
          layer,
          clock,
          random,
          ids,
        ),
    },
    { isWhole },
  );
  return (trial) => observer.observe(trial);
}

/** One worker a lane; each plays one trial at a time. */
function workerObservers(lanes: number, options: ObserverOptions): Observers {
  const all = Array.from(
    { length: lanes },
    () =>
      new Worker(new URL("./self-test-worker.js", import.meta.url), {
        workerData: options,
        // A trial makes much that is soon forgotten; more room for that saves most of the collecting.
        resourceLimits: { maxYoungGenerationSizeMb: 64 },
      }),
  );
  const free = [...all];
  return {
    lanes,
    observe: async (trial) => {
      const worker = free.pop();
      if (worker === undefined) throw new Error("more trials at once than there are workers");
      try {
        return await askWorker(worker, trial);
      } finally {
        free.push(worker);
      }
    },
    close: async () => {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

function askWorker(worker: Worker, trial: Trial): Promise<Observation> {
  return new Promise((resolve, reject) => {
    const done = (observation: Observation) => {
      worker.off("error", failed);
      resolve(observation);
    };
    const failed = (error: Error) => {
      worker.off("message", done);
      reject(error);
    };
    worker.once("message", done);
    worker.once("error", failed);
    worker.postMessage(trial);
  });
}
