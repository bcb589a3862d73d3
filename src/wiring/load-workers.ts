import { Worker } from "node:worker_threads";
import type { LoadOptions } from "../config/load-options.ts";
import { type LiveLoad, type LoadProgress, liveTogether } from "../load/live.ts";
import type { ShardText } from "../load/shard-file.ts";
import type { ShardResult } from "../load/shard-result.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { LoadContext } from "./load.ts";
import type { PreparedLoad } from "./prepare-load.ts";
import type { OpenTarget } from "./target.ts";

/** What a worker is told when it begins. */
export interface WorkerTask {
  readonly plan: LoadPlan;
  readonly options: LoadOptions;
  readonly index: number;
  readonly of: number;
  readonly stateFolder?: string;
  /** The embedded server belongs to the main thread: it forgets everything, and needs no ledger. */
  readonly isForgetful: boolean;
}

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: LoadProgress }
  | { readonly kind: "result"; readonly shard: ShardText };

export type ToWorker = { readonly kind: "start"; readonly at: number } | { readonly kind: "stop" };

/** Between the last worker's being ready and the first play. */
const RUN_UP_MS = 200;

/** Plays a load in several threads, each a shard of it, that begin at the same moment. */
export async function playInWorkers(
  count: number,
  { plan }: PreparedLoad,
  open: OpenTarget,
  options: LoadOptions,
  { signal, stateFolder, onProgress }: LoadContext,
): Promise<readonly ShardResult[]> {
  const { shardFrom } = await import("../load/shard-file.ts");
  const crew = Array.from({ length: count }, (_, index) => {
    const task: WorkerTask = {
      plan,
      options: { ...options, ...open.reach, ...(open.isForgetful ? { defect: [], quirk: [] } : {}) },
      index: index + 1,
      of: count,
      ...(stateFolder === undefined ? {} : { stateFolder }),
      isForgetful: open.isForgetful,
    };
    return new Worker(new URL(WORKER, import.meta.url), { workerData: task });
  });
  const stop = () => {
    for (const worker of crew) worker.postMessage({ kind: "stop" } satisfies ToWorker);
  };
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted === true) stop();
  const watch = new CrewWatch(count, onProgress);
  let ready = 0;
  const onReady = () => {
    ready += 1;
    if (ready < count) return;
    const at = performance.timeOrigin + performance.now() + RUN_UP_MS;
    for (const worker of crew) worker.postMessage({ kind: "start", at } satisfies ToWorker);
  };
  try {
    const shards = await Promise.all(crew.map((worker, index) => resultOf(worker, index, watch, onReady)));
    return shards.map(shardFrom);
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all(crew.map((worker) => worker.terminate()));
  }
}

// Run from sources in tests, compiled in the package.
const WORKER = import.meta.url.endsWith(".ts") ? "./load-worker.ts" : "./load-worker.js";

function resultOf(worker: Worker, index: number, watch: CrewWatch, onReady: () => void): Promise<ShardText> {
  return new Promise((resolve, reject) => {
    let isReady = false;
    // Whoever cannot be prepared must not keep the others waiting.
    const ready = () => {
      if (!isReady) onReady();
      isReady = true;
    };
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "ready") ready();
      else if (message.kind === "progress") watch.saw(index, message.progress);
      else {
        ready();
        resolve(message.shard);
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a worker of the load ended with code ${code}`)));
  });
}

/** Puts together what the workers say, so that whoever watches sees one load. */
class CrewWatch {
  readonly #live: (LiveLoad | undefined)[];
  readonly #onProgress: ((progress: LoadProgress) => void) | undefined;

  constructor(count: number, onProgress: ((progress: LoadProgress) => void) | undefined) {
    this.#live = Array.from({ length: count }, () => undefined);
    this.#onProgress = onProgress;
  }

  saw(index: number, progress: LoadProgress): void {
    if (progress.kind !== "playing") {
      if (index === 0) this.#onProgress?.(progress);
      return;
    }
    this.#live[index] = progress.live;
    const live = this.#live.filter((one) => one !== undefined);
    if (index === 0) this.#onProgress?.({ kind: "playing", live: liveTogether(live) });
  }
}
