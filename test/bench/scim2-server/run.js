// Are the verdicts against scim2-server, a third real server, the ones that why.md explains?
// node test/bench/scim2-server/run.js. Run `npm run build` first; needs python3 with venv and pip, and installs the
// pinned package into a folder that is removed afterwards. Plays everything with --standard rfc: one to two minutes.
// Exits 1 when a claim fails, or is left open against expectation, that why.md does not explain, or the other way
// round, and when something is left behind; 0 with a sentence where the package cannot be had.
import "../help.js";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../../../dist/index.js";

const PACKAGE = "scim2-server==0.8.3";
const TOKEN = "a-token-of-this-bench";
const LOOKS = 100;
const LOOK_EVERY_MS = 200;

const folder = mkdtempSync(join(tmpdir(), "scim-check-scim2-server-"));
let server;
try {
  const python = join(folder, "venv", "bin", "python");
  const steps = [
    ["python3", ["-m", "venv", join(folder, "venv")]],
    [python, ["-m", "pip", "install", "--quiet", PACKAGE]],
  ];
  const failed = steps.find(
    ([command, words]) => spawnSync(command, words, { stdio: "ignore" }).status !== 0,
  );
  if (failed === undefined) await judge();
  else console.log(`Nothing was played: ${failed[0]} ${failed[1].slice(0, 3).join(" ")} did not succeed.`);
} finally {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function judge() {
  const port = await freePort();
  const words = ["--hostname", "127.0.0.1", "--port", String(port), "--bearer-token", TOKEN];
  server = spawn(join(folder, "venv", "bin", "scim2-server"), words, { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/v2`;
  await answering(`${url}/ServiceProviderConfig`);
  const options = { url, token: TOKEN, standard: "rfc", largeGroup: 300, seed: 20_261_127 };
  const report = await run(options, { stateFolder: join(folder, "state") });
  const told = report.behaviours
    .flatMap(({ claims }) => claims)
    .filter(
      ({ verdict }) => verdict.kind === "fail" || (verdict.kind === "unknown" && verdict.neutral !== true),
    )
    .map(({ id }) => id);
  if (report.outcome.claims.pass === 0) throw new Error("nothing was judged");
  const why = readFileSync(new URL("why.md", import.meta.url), "utf8");
  const explained = why.split("\n").flatMap((line) => /^## (\S+):/.exec(line)?.[1] ?? []);
  const differences = [
    ...told.filter((id) => !explained.includes(id)).map((id) => `${id} is not explained in why.md`),
    ...explained.filter((id) => !told.includes(id)).map((id) => `${id} is explained in why.md, and holds`),
    ...report.leftovers.map(({ collection, name, id }) => `left behind: ${collection} ${name} ${id ?? ""}`),
  ];
  const shown = await fetch(`${url}/Users`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  const { totalResults } = await shown.json();
  if (totalResults !== 0) differences.push(`${totalResults} users are still there`);
  const { behaviours } = report.outcome;
  console.log(
    `${behaviours.pass} behaviours pass, ${behaviours.fail} fail, ${behaviours.unknown} open; ${report.run.requests} requests in ${Math.round(report.run.durationMs / 1000)} s`,
  );
  for (const difference of differences) console.log(difference);
  if (differences.length > 0) process.exitCode = 1;
}

async function answering(address) {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer !== undefined) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`${address} does not answer`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
