import { Worker } from "node:worker_threads";
import type { ReferenceServerSettings } from "./reference-server.ts";

/** The embedded server, as the target knows it. */
export interface EmbeddedServer {
  readonly url: string;
  readonly token?: string;
  close(): Promise<void>;
}

/** What a thread with a server is told when it begins: no more than can be handed from thread to thread. */
export type ApartSettings = Pick<ReferenceServerSettings, "token" | "defect" | "quirk" | "target">;

/** What it says once the server listens. */
export type ServerStarted = Pick<EmbeddedServer, "url" | "token">;

// The package runs compiled; a thread cannot be started from sources on every release of Node that we support.
const THREAD = new URL("./embedded-server-thread.js", import.meta.url);
const isBuilt = import.meta.url.endsWith(".js");

/**
 * Starts the embedded server beside whoever measures it: in a thread of its own, so that its work makes no play late
 * and counts as no CPU of the plays. Run from sources it shares this thread.
 */
export async function startEmbeddedServer(settings: ApartSettings): Promise<EmbeddedServer> {
  if (isBuilt) return startApart(settings);
  const { startReferenceServer } = await import("./reference-server.ts");
  return startReferenceServer(settings);
}

async function startApart(settings: ApartSettings): Promise<EmbeddedServer> {
  const worker = new Worker(THREAD, { workerData: settings });
  const started = await new Promise<ServerStarted>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  worker.removeAllListeners("error");
  // Whatever ends the thread from now on is our own bug: nobody may take it for a server that went away.
  worker.on("error", (bug) => {
    throw bug;
  });
  return {
    ...started,
    close: async () => {
      await worker.terminate();
    },
  };
}
