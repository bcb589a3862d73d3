/**
 * Tries every fault of test/faults/table.ts: those of a connection alone, all others in every flow, each time and
 * once, over real sockets. Then the built command line meets those that move many bytes or stall, in processes of its
 * own, whose highest memory and longest overrun are measured. Prints what came of it.
 *
 *   node test/bench/faults.js                   everything (a quarter of an hour on two quiet cores)
 *   node test/bench/faults.js --part 2/8        the second of eight parts of the trials; what came of it is kept
 *   node test/bench/faults.js --part children   what runs in processes of its own; kept as well
 *   node test/bench/faults.js --sum             the table of all parts that are kept
 *   node test/bench/faults.js --quick           every fault in one flow
 *
 * Parts are kept in the folder that --results names, else in one below the system's temporary folder.
 */
import "./help.js";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createServer } from "vite";

const { values: given } = parseArgs({
  options: {
    part: { type: "string" },
    sum: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    results: { type: "string", default: join(tmpdir(), "scim-check-faults-results") },
  },
});
/** Longer than any trial takes on a busy machine. */
const HANG_MS = 300_000;
/** Trials that go on at the same time, where waiting takes longer than working. */
const AT_ONCE = 6;
/** Processes at the same time: more would make each other late. */
const CHILDREN_AT_ONCE = 2;

const CHILDREN_PART = "children";
const parts = given.part === undefined ? ["1/1", CHILDREN_PART] : [given.part];
if (!given.sum) for (const part of parts) await tryPart(part);
if (given.sum || given.part === undefined) print();

async function tryPart(name) {
  // The faults are TypeScript, which vite reads without a build; the command line under test is the built one.
  const vite = await createServer({
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  const load = (file) => vite.ssrLoadModule(fileURLToPath(new URL(`../faults/${file}`, import.meta.url)));
  const found = { name, cells: [], children: [], crashes: [], hangs: [], seconds: 0 };
  process.on("unhandledRejection", (problem) => found.crashes.push(`unhandled: ${problem}`));
  process.on("uncaughtException", (problem) => found.crashes.push(`uncaught: ${problem}`));
  const mine = name === CHILDREN_PART ? await childrenIn(load, found) : await trialsIn(load, found, name);
  const started = performance.now();
  let done = 0;
  await inParallel(mine, name === CHILDREN_PART ? CHILDREN_AT_ONCE : AT_ONCE, async (unit) => {
    await bounded(unit, found);
    done += 1;
    process.stderr.write(
      `${process.stderr.isTTY ? "\r" : ""}${done}/${mine.length} ${unit.name}          \n`,
    );
  });
  found.seconds = Math.round((performance.now() - started) / 1_000);
  await vite.close();
  mkdirSync(given.results, { recursive: true });
  writeFileSync(join(given.results, `${name.replace("/", "-of-")}.json`), JSON.stringify(found));
}

/** The trials of one part, each with a name. What is heavy is tried alone. */
async function trialsIn(load, found, name) {
  const [part, parts] = name.split("/").map(Number);
  const { FAULTS, STRIKING } = await load("table.ts");
  const { FLOWS } = await load("flows.ts");
  const { tryConnecting, tryFault } = await load("matrix.ts");
  const keep = (fault) => (cell) => found.cells.push({ ...cell, phase: fault.phase, tried: undefined });
  const connecting = FAULTS.filter(({ strike }) => strike === undefined).map((fault) => ({
    name: fault.name,
    try: () => tryConnecting(fault).then(keep(fault)),
  }));
  const striking = STRIKING.flatMap((fault, index) => {
    const flows = given.quick ? [FLOWS[index % FLOWS.length]] : FLOWS;
    return flows.flatMap((flow) =>
      ["each time", "once"].map((often) => ({
        name: `${fault.name}, ${often}, ${flow.name}`,
        isHeavy: fault.isHeavy,
        try: () => tryFault(fault, flow, often).then(keep(fault)),
      })),
    );
  });
  return [...connecting, ...striking].filter((_, index) => index % parts === part - 1);
}

async function childrenIn(load, found) {
  const { CHILDREN, measureChild } = await load("children.ts");
  return CHILDREN.map((child) => ({
    name: `${child.name}, in a process of its own`,
    isHeavy: child.isHeavy,
    try: async () => {
      const { stdout: _, stderr, ...measured } = await measureChild(child);
      const isWrong = measured.exitCode !== child.expected || /\n\s+at /.test(stderr) || measured.left > 0;
      found.children.push({ ...measured, ...(isWrong ? { stderr } : {}) });
    },
  }));
}

async function inParallel(units, atOnce, work) {
  const light = units.filter(({ isHeavy }) => isHeavy !== true);
  const lane = async () => {
    for (let unit = light.shift(); unit !== undefined; unit = light.shift()) await work(unit);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  for (const unit of units) if (unit.isHeavy === true) await work(unit);
}

async function bounded(unit, found) {
  let late;
  const hangs = new Promise((resolve) => {
    late = setTimeout(() => resolve(found.hangs.push(unit.name)), HANG_MS);
  });
  await Promise.race([unit.try(), hangs]).catch((problem) => {
    found.crashes.push(`${unit.name}: ${problem?.stack ?? problem}`);
  });
  clearTimeout(late);
}

function print() {
  const kept = readdirSync(given.results)
    .filter((file) => given.sum || ["1-of-1.json", "children.json"].includes(file))
    .map((file) => JSON.parse(readFileSync(join(given.results, file), "utf8")));
  const names = new Set(kept.map(({ name }) => name));
  const count = Number([...names].find((name) => name !== CHILDREN_PART)?.split("/")[1] ?? 1);
  const missing = [...Array.from({ length: count }, (_, at) => `${at + 1}/${count}`), CHILDREN_PART].filter(
    (name) => !names.has(name),
  );
  if (missing.length > 0) console.log(`parts that were not tried yet: ${missing.join(", ")}`);
  const all = (list) => kept.flatMap((one) => one[list]);
  const cells = all("cells");
  const isWrong = ({ wrong }) => wrong.length > 0;
  const phases = [...new Set(cells.map(({ phase }) => phase))].map((phase) => {
    const of = cells.filter((cell) => cell.phase === phase);
    return {
      phase,
      faults: new Set(of.map(({ fault }) => fault)).size,
      flows: new Set(of.map(({ flow }) => flow)).size,
      trials: of.length,
      wrong: of.filter(isWrong).length,
    };
  });
  console.table(phases);
  for (const { fault, flow, often, wrong } of cells)
    for (const one of wrong) console.log(`wrong: ${fault}, ${often}, ${flow}: ${one}`);
  for (const one of all("crashes")) console.log(`crash: ${one}`);
  for (const one of all("hangs")) console.log(`hangs: ${one}`);
  const children = all("children");
  console.table(
    children.map(({ name, exitCode, expected, megabytes, ms, overrunMs }) => ({
      "in a process of its own": name,
      exit: exitCode,
      expected,
      "highest memory": `${megabytes} MB`,
      took: `${(ms / 1000).toFixed(1)} s`,
      overrun: `${Math.round(overrunMs)} ms`,
    })),
  );
  for (const { name, stderr } of children) if (stderr !== undefined) console.log(`${name}: ${stderr}`);
  const sum = {
    faults: new Set(cells.map(({ fault }) => fault)).size,
    phases: phases.length,
    trials: cells.length,
    crashes: all("crashes").length,
    hangs: all("hangs").length,
    "wrong verdicts": cells.filter(isWrong).length,
    "wrong children": children.filter(({ stderr }) => stderr !== undefined).length,
    "highest memory": `${Math.max(...children.map(({ megabytes }) => megabytes))} MB`,
    "longest overrun": `${Math.round(Math.max(...children.map(({ overrunMs }) => overrunMs)))} ms`,
    took: `${kept.reduce((seconds, one) => seconds + one.seconds, 0)} s`,
  };
  console.table([sum]);
  const isFine =
    sum.crashes + sum.hangs + sum["wrong verdicts"] + sum["wrong children"] + missing.length === 0;
  process.exitCode = isFine ? 0 : 1;
}
