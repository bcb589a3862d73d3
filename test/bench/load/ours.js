// The load engine as `scim-check load` runs it, without the command line around it: `node ours.js WORK PORT SECONDS`.
// All checks, timeouts, histograms, the timeline and the register for reconciling are on.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../../dist/", import.meta.url);
const from = (path) => import(new URL(path, root));
const [work, port, seconds, connections = "64"] = process.argv.slice(2);

const [
  { playShard },
  { createPlays },
  { openWire },
  { Secret },
  { loadLibrary },
  { speak },
  machines,
  { loadBody },
  okta,
] = await Promise.all([
  from("load/play-shard.js"),
  from("load/playing/create-plays.js"),
  from("wiring/wire.js"),
  from("model/secret.js"),
  from("wiring/library.js"),
  from("okta/headers.js"),
  from("wiring/machine.js"),
  from("scenarios/load-body.js"),
  from("scenarios/decode-scenario.js"),
]);
const { FixtureShelf } = await from("scenarios/fixture.js");
const { seededRandom } = await from("model/clock.js");

const fixtures = fileURLToPath(new URL("../fixtures", root));
const file = fileURLToPath(new URL(`./work/${work}.yaml`, import.meta.url));
const decoded = okta.decodeScenarioText(
  readFileSync(file, "utf8"),
  { id: work, path: file },
  new FixtureShelf(fixtures),
);
if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems));
const { scenario } = decoded.draft;
const library = await loadLibrary();
const isPush = work === "push-1000";

const clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener("abort", wake);
    }),
};
const wire = await openWire({
  baseUrl: new URL(`http://127.0.0.1:${port}/scim/v2`),
  credential: { kind: "bearer", token: new Secret("bench-0123456789abcdefghijklmnopqrstuvwxyz") },
  connections: Number(connections),
});
const result = await playShard({
  plan: {
    title: work,
    oktaApp: "oin",
    population: isPush ? { users: 1000, groups: 1, members: 0 } : { users: 0, groups: 0, members: 0 },
    mix: [{ scenario: work, weight: 1, with: [], place: { file } }],
    stages: [],
    closed: { users: Number(connections), forMs: Number(seconds) * 1000, thinkMs: 0 },
    warmUpMs: 0,
    maxInFlight: Number(connections),
    thresholds: [],
    seed: 1,
    place: { file },
  },
  fingerprint: "bench",
  url: `http://127.0.0.1:${port}`,
  toolVersion: "bench",
  transport: "http1",
  timeScale: 1,
  shard: { index: 1, of: 1, runId: "bench1" },
  createPlays: (observer) =>
    createPlays({
      mix: [scenario],
      observer,
      wire,
      given: new Map(),
      actions: library.actions,
      checks: library.checks,
      speak,
      people: library.people,
      runId: "bench1",
      firstNumber: 1,
      ledger: { lease: () => {}, close: () => {} },
      random: seededRandom(1),
      oktaApp: "oin",
      userBody: library.userBody,
      groupBody: loadBody(fixtures, "okta/group.json"),
      now: clock.now,
      clock,
      settleMs: 2000,
      oktaTimeScale: 1,
      oktaWaits: false,
    }),
  clock,
  epoch: performance.timeOrigin,
  machine: machines.thisMachine(),
  signal: new AbortController().signal,
  abortOnBreach: false,
  graceMs: 5000,
});
const [operation] = result.operations.filter(({ requests }) => requests > 0);
const { requests = 0, errors = 0, response } = operation ?? {};
console.log(
  JSON.stringify({
    requests,
    errors,
    p50: response?.percentileMs(50),
    p99: response?.percentileMs(99),
    notes: result.notes,
  }),
);
if (errors > 0) process.exitCode = 1;
process.exit();
