import { runConformance } from "/work/main/src/conformance/run.ts";
import { loadLibrary } from "/work/main/src/wiring/library.ts";
import { createReferenceServer, memorySend } from "/work/main/src/reference-server/index.ts";
import { seededRandom } from "/work/main/src/model/clock.ts";
import { speak } from "/work/main/src/okta/headers.ts";
import { settingsOf } from "/work/main/src/wiring/defaults.ts";
import { BadInput } from "/work/main/src/model/problem.ts";
import { text } from "/work/main/src/report/text.ts";
import { it } from "vitest";
it("x", async () => {
  let now = Date.now();
  const clock = { now: () => now, sleep: async (ms: number) => { now += ms; } };
  try {
  const library = await loadLibrary();
  const random = seededRandom(1);
  const server = createReferenceServer({ clock, random, token: "t" });
  const t0 = performance.now();
  const report = await runConformance({ ...library, speak, send: memorySend(server, clock), clock, random, runId: "abc123", openLedger: () => ({ lease() {}, close() {} }), settings: settingsOf({largeGroup: 300}, { kind: "embedded", isLoopback: true }, 1), target: { url: "embedded", kind: "embedded" }, toolVersion: "0", notes: [], signal: new AbortController().signal });
  console.log(text.render(report, { width: 120 }).slice(0, 25000));
  console.log(performance.now() - t0, "ms", server.counts());
  } catch (e) { if (e instanceof BadInput) console.log(e.message); else throw e; }
}, 60000);
