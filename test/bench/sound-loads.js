// Does a sound server ever raise an alarm? node test/bench/sound-loads.js [operations] [plan …] (after npm run build)
// Plays each plan that comes with scim-check, closed, against the reference server in a process of its own until so many
// requests were answered (100,000), and prints what was found. Exits 1 for anything that is called the server's fault.
import "./help.js";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { load, startReferenceServer } from "../../dist/index.js";
import { loadPlanNames } from "../../dist/wiring/load-plans.js";

const TOKEN = "sound-0123456789abcdefghijkl";
/** Enough people for every crowd, and few enough that building them is not the load. */
const POPULATIONS = {
  "big-group": { users: 5_000 },
  "big-group-100": { users: 5_000 },
  "big-group-256": { users: 5_120 },
  "big-group-aiw": { users: 5_000 },
  "nightly-import": { users: 2_000 },
};
const PART_MS = 20_000;

if (process.argv[2] === "serve") {
  const { url } = await startReferenceServer({ token: TOKEN });
  process.send({ url });
} else await measure(operationsWanted(process.argv[2] ?? "100000"), process.argv.slice(3));

function operationsWanted(text) {
  const wanted = Number(text);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  throw new Error(`how many operations? A number above 0, not "${text}"`);
}

async function measure(operations, plans) {
  const child = fork(fileURLToPath(import.meta.url), ["serve"]);
  const { url } = await new Promise((resolve) => child.once("message", resolve));
  let alarms = 0;
  for (const plan of plans.length > 0 ? plans : loadPlanNames()) {
    let requests = 0;
    const told = new Set();
    while (requests < operations) {
      const options = { url, token: TOKEN, closed: 32, for: PART_MS, warmUp: 0, seed: requests + 1 };
      const report = await load(plan, { ...options, ...POPULATIONS[plan] });
      requests += report.totals.requests;
      for (const alarm of alarmsIn(report)) told.add(alarm);
      if (report.stopped !== undefined) break;
    }
    alarms += told.size;
    console.log(`${plan}: ${requests} requests, ${told.size === 0 ? "no alarm" : [...told].join("; ")}`);
  }
  child.kill();
  process.exitCode = alarms === 0 ? 0 : 1;
}

/** Everything a report says against the server. How fast it is, is no matter here. */
function alarmsIn({ stopped, reconciled, broken, totals, throttling }) {
  if (stopped !== undefined) return [`stopped: ${stopped.why}`];
  const counts = reconciled.kind === "done" ? reconciled.counts : { [`unknown: ${reconciled.why}`]: 1 };
  return [
    ...Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : [])),
    ...broken.map(({ claim, broken: times }) => `${claim} broken ${times} times`),
    ...(totals.errors > 0 ? [`${totals.errors} errors: ${JSON.stringify(totals.errorsByKind)}`] : []),
    ...(throttling.promises.broken > 0 ? [`${throttling.promises.broken} promises broken`] : []),
  ];
}
