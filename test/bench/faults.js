/**
 * Tries every fault of test/faults/table.ts in every flow, over real sockets, and prints what came of it.
 *
 *   node test/bench/faults.js            every fault, every flow, each time and once (several minutes)
 *   node test/bench/faults.js --quick    every fault in one flow
 *
 * Afterwards the built command line runs against the faults that move many bytes, each in a process of its own whose
 * highest memory is measured; and against a server that stalls, with a deadline, whose overrun is measured.
 */
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

// The faults are TypeScript, which vite reads without a build; the command line under test is the built one.
const vite = await createServer({
  configFile: false,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
const load = (file) => vite.ssrLoadModule(fileURLToPath(new URL(`../faults/${file}`, import.meta.url)));

const quick = process.argv.includes("--quick");
const mishaps = [];
process.on("unhandledRejection", (problem) => mishaps.push(`unhandled: ${problem}`));
process.on("uncaughtException", (problem) => mishaps.push(`uncaught: ${problem}`));

const { STRIKING } = await load("table.ts");
const { FLOWS } = await load("flows.ts");
const { tryFault } = await load("matrix.ts");

const cells = [];
let hangs = 0;
const started = performance.now();

async function tried(fault, flow, often) {
  const late = AbortSignal.timeout(300_000);
  const cell = await Promise.race([
    tryFault(fault, flow, often),
    new Promise((resolve) => late.addEventListener("abort", () => resolve(undefined))),
  ]).catch((problem) => {
    mishaps.push(`${fault.name} in ${flow.name}: ${problem?.stack ?? problem}`);
    return undefined;
  });
  if (cell === undefined) hangs += late.aborted ? 1 : 0;
  else cells.push({ ...cell, phase: fault.phase, tried: undefined });
}

for (const [index, fault] of STRIKING.entries()) {
  const flows = quick ? [FLOWS[index % FLOWS.length]] : FLOWS;
  const trials = flows.flatMap((flow) => ["each time", "once"].map((often) => [flow, often]));
  if (fault.isHeavy) for (const [flow, often] of trials) await tried(fault, flow, often);
  else await Promise.all(trials.map(([flow, often]) => tried(fault, flow, often)));
  process.stderr.write(`\r${index + 1}/${STRIKING.length} faults, ${cells.length} trials `);
}
process.stderr.write("\n");

const phases = [...new Set(STRIKING.map(({ phase }) => phase))];
const rows = phases.map((phase) => {
  const of = cells.filter((cell) => cell.phase === phase);
  return {
    phase,
    faults: new Set(of.map(({ fault }) => fault)).size,
    flows: new Set(of.map(({ flow }) => flow)).size,
    trials: of.length,
    wrong: of.filter(({ wrong }) => wrong.length > 0).length,
    "longest overrun": `${Math.round(Math.max(0, ...of.map(({ overrunMs }) => overrunMs)))} ms`,
  };
});
console.table(rows);
for (const { fault, flow, often, wrong } of cells) {
  for (const one of wrong) console.log(`wrong: ${fault}, ${often}, ${flow}: ${one}`);
}
for (const one of mishaps) console.log(`crash: ${one}`);

const { measureChildren } = await load("children.ts");
const children = await measureChildren();
console.table(
  children.map(({ name, exitCode, expected, megabytes, ms, limitMs }) => ({
    "in a process of its own": name,
    exit: exitCode,
    expected,
    "highest memory": `${megabytes} MB`,
    took: `${(ms / 1000).toFixed(1)} s`,
    "its own limits": limitMs === undefined ? "" : `${(limitMs / 1000).toFixed(1)} s`,
  })),
);

const sum = {
  "faults × flows tried": cells.length,
  crashes: mishaps.length,
  hangs,
  "wrong verdicts": cells.filter(({ wrong }) => wrong.length > 0).length,
  "wrong exits of children": children.filter(({ exitCode, expected }) => exitCode !== expected).length,
  "highest memory": `${Math.max(...children.map(({ megabytes }) => megabytes))} MB`,
  "longest overrun": `${Math.round(Math.max(0, ...children.map(({ ms, limitMs }) => (limitMs === undefined ? 0 : ms - limitMs))))} ms`,
  took: `${Math.round((performance.now() - started) / 1000)} s`,
};
console.table([sum]);
process.exitCode =
  sum.crashes + sum.hangs + sum["wrong verdicts"] + sum["wrong exits of children"] === 0 ? 0 : 1;
await vite.close();
