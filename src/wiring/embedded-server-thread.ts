/** A thread with the embedded server in it; `embedded-server.ts` starts it, and ends it by ending the thread. */
import { parentPort, workerData } from "node:worker_threads";
import type { ApartSettings, ServerStarted } from "./embedded-server.ts";
import { startReferenceServer } from "./reference-server.ts";

const { url, token } = await startReferenceServer(workerData as ApartSettings);
parentPort?.postMessage({ url, ...(token === undefined ? {} : { token }) } satisfies ServerStarted);
