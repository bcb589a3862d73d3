/** A thread of a load: prepares its shard, says so, begins when it is told to, and hands over what it counted. */
import { parentPort, workerData } from "node:worker_threads";
import { shardText } from "../load/shard-file.ts";
import { loadLibraryForLoad } from "./load-plans.ts";
import { playOneShard } from "./load-shard.ts";
import type { FromWorker, ToWorker, WorkerTask } from "./load-workers.ts";
import { inSmallNursery } from "./memory.ts";
import { systemClock } from "./system-clock.ts";
import { chooseTarget } from "./target.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread");
const { plan, options, index, of, stateFolder, isForgetful } = workerData as WorkerTask;
const tell = (message: FromWorker) => port.postMessage(message);
const stopped = new AbortController();
const started = new Promise<number>((resolve) => {
  port.on("message", (message: ToWorker) => {
    if (message.kind === "start") resolve(message.at);
    else {
      stopped.abort();
      resolve(performance.timeOrigin + performance.now());
    }
  });
});

await inSmallNursery(played);

async function played(): Promise<void> {
  const [library, target] = await Promise.all([
    loadLibraryForLoad(options.scenarios),
    chooseTarget(options, { isCi: true, hasProjectFile: false }),
  ]);
  const open = await target.open(systemClock());
  try {
    const result = await playOneShard({
      plan,
      library,
      target,
      open: { ...open, isForgetful },
      options,
      choice: {
        index,
        of,
        agreedStart: () => {
          tell({ kind: "ready" });
          return started;
        },
      },
      signal: stopped.signal,
      stateFolder,
      onProgress: (progress) => tell({ kind: "progress", progress }),
    });
    tell({ kind: "result", shard: shardText(result) });
  } finally {
    await open.close();
  }
}
