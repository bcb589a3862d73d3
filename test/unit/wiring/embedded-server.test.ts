import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";

// As it is shipped: from sources it would share this thread.
const BUILT: string = "../../../dist/wiring/embedded-server.js";

it("the embedded server of a load answers while the thread that plays is busy, and is gone when it is closed", async () => {
  const { startEmbeddedServer } = (await import(
    BUILT
  )) as typeof import("../../../src/wiring/embedded-server.ts");
  const server = await startEmbeddedServer({ token: "abcdefghijklmnop", defect: [], quirk: [] });
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const asking = new Worker(
    `const { workerData: { url, token, answered } } = require("node:worker_threads");
     fetch(url + "/Users?count=1", { headers: { authorization: "Bearer " + token } }).then((answer) => {
       Atomics.store(answered, 0, answer.status);
       Atomics.notify(answered, 0);
     });`,
    { eval: true, workerData: { url: server.url, token: server.token, answered } },
  );
  await once(asking, "online");
  // This thread does nothing else until somebody was answered.
  Atomics.wait(answered, 0, 0, 20_000);
  expect(Atomics.load(answered, 0)).toBe(200);
  await asking.terminate();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});
