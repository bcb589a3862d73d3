/** Started by `self-test.ts`: plays the trials it is sent, one at a time, and sends back what was seen. */
import { parentPort, workerData } from "node:worker_threads";
import type { Trial } from "../model/self-test.ts";
import { observerHere } from "./self-test.ts";
import { variationTables } from "./variations.ts";

const options = workerData as { readonly seed: number; readonly isWhole: boolean };
const observing = variationTables().then((tables) =>
  observerHere(tables, { ...options, signal: new AbortController().signal }),
);

parentPort?.on("message", async (trial: Trial) => {
  const observe = await observing;
  parentPort?.postMessage(await observe(trial));
});
