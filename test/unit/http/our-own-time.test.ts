import { once as emitted } from "node:events";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/wiring/system-clock.ts";
import { answered, byteServer, GET, NEVER, senderTo } from "./wire.ts";

/** A server in a thread of its own, which writes a whole answer whatever this thread is doing. */
async function serverBeside(bodyBytes: number) {
  const worker = new Worker(
    `const { createServer } = require("node:net");
     const { parentPort, workerData } = require("node:worker_threads");
     const server = createServer((socket) => {
       socket.on("error", () => {});
       socket.once("data", () => {
         parentPort.postMessage("asked");
         socket.write("HTTP/1.1 200 OK\\r\\nContent-Length: " + workerData + "\\r\\n\\r\\n");
         socket.end(Buffer.alloc(workerData, 120));
       });
     });
     server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
    { eval: true, workerData: bodyBytes },
  );
  const [port] = (await emitted(worker, "message")) as [number];
  return { worker, url: new URL(`http://127.0.0.1:${port}/scim/v2`) };
}

/** Stops this thread, as a long computation or a busy machine does. */
const stall = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe("time that is ours and not the server's", () => {
  it("is that in which this process stalled: a large answer that came meanwhile is read, and was in time", async () => {
    const [timeoutMs, stalledMs] = [2_000, 3_000];
    const { worker, url } = await serverBeside(18_000_000);
    const { send, close } = senderTo(url, { clock: systemClock(), timeoutMs });
    const sending = send(GET, NEVER);
    await emitted(worker, "message");
    stall(stalledMs);
    const exchange = await sending;
    await close();
    await worker.terminate();
    expect(answered(exchange).body).toHaveLength(18_000_000);
    expect(exchange.timing.totalMs).toBeLessThan(stalledMs);
    expect(exchange.timing.totalMs).toBeGreaterThanOrEqual(exchange.timing.firstByteMs ?? 0);
  });

  it("is that in which an answer is inflated, and waits for its turn to be", async () => {
    let now = 0;
    const clock = { now: () => now, sleep: () => new Promise<void>(() => {}) };
    const coded = gzipSync(Buffer.alloc(19_000_000, "x"));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: ${coded.length}\r\n\r\n`;
    const server = await byteServer((socket) => {
      // The client lets go of the connection when the last byte is read, and begins to inflate.
      socket.on("close", () => {
        now += 3_600_000;
      });
      socket.write(Buffer.concat([Buffer.from(head), coded]));
    });
    const { send, close } = senderTo(server.url, { clock });
    const exchanges = await Promise.all([1, 2, 3].map(() => send(GET, NEVER)));
    // The last of three has waited for a turn.
    const last = exchanges.at(-1);
    await close();
    await server.closed();
    expect(now).toBe(3 * 3_600_000);
    expect(last === undefined ? 0 : answered(last).body.length).toBe(19_000_000);
    expect(Math.min(...exchanges.map(({ timing }) => timing.totalMs ?? Number.NaN))).toBe(0);
  });
});
