import { it } from "vitest"; import { writeFileSync, appendFileSync } from "node:fs";
import { loadLibrary } from "../../src/wiring/library.ts";
import { runConformance } from "../../src/conformance/run.ts";
import { speak } from "../../src/okta/headers.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { virtualClock } from "../../src/self-test/virtual-clock.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";
import { OKTA_ACTIONS } from "../../src/conformance/settings.ts";
import { readdirSync } from "node:fs";
const OUT = process.env.DA_OUT ?? "/tmp/da-out.txt";
it("x", async () => {
writeFileSync(OUT, "");
const process_ = { argv: ["", "", process.env.DA, process.env.DA_FILES] };
const D = "../../src/reference-server/defects/";
const pattern = new RegExp(process_.argv[2] ?? ".");
const files = (process_.argv[3] ?? "").split(",").filter(Boolean);
const lib0 = await import("../../src/wiring/library.ts").then(async () => { const [{ catalogue }, { checks }, { actions }, { loadPeople }, { loadBody }, { loadScenarios }] = await Promise.all([import("../../src/catalogue/index.ts"), import("../../src/checks/index.ts"), import("../../src/okta/actions/index.ts"), import("../../src/scenarios/people.ts"), import("../../src/scenarios/load-body.ts"), import("../../src/scenarios/load.ts")]);
const people: any = loadPeople("/work/main/fixtures/people/people.yaml");
const loaded: any = loadScenarios({ folders: [process.env.SCN ?? "/tmp/dax/scn"], known: [], fixtures: "/work/main/fixtures", catalogue, checks, actions } as any);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems.slice(0, 5)));
return { catalogue, checks, actions, scenarios: loaded.scenarios, people: people.people, userBody: loadBody("/work/main/fixtures", "okta/user.json") }; });
const lib = lib0 as any;
const mods = await Promise.all(files.map((f) => import(D + f + ".ts")));
const all: any[] = mods.flatMap((m: any) => Object.values(m)).flat().filter((d: any) => d?.make && d?.name);
if (process.env.SOUND) all.unshift({ name: "sound", layer: "app", target: [], also: [], make: () => ({}) });
let bad = 0;
for (const defect of all.filter((d) => pattern.test(d.name))) {
  const clock = virtualClock(Date.UTC(2026, 0, 5, 9));
  const random = seededRandom(7);
  const server = await startTrialServer([defect], "app", clock, random);
  const t0 = performance.now();
  const report = await runConformance({
    ...lib, speak, send: server.send, clock, random, runId: "se1fte", openLedger: () => ({ lease() {}, close() {} }),
    settings: { oktaApps: ["aiw", "oin"], standard: (process.env.STD ?? "rfc") as any, actions: OKTA_ACTIONS, onlyScenarios: [], onlyBehaviours: [], readOnly: false, largeGroup: 257, burst: 12, maxPages: 50, settleMs: 2000, oktaWaits: true, concurrency: 8, maxRequests: 20000, strict: false, showForeignData: true, inputs: {}, seed: 7 } as any,
    target: { url: "x", kind: "embedded" }, toolVersion: "0", notes: [], signal: new AbortController().signal,
  });
  const claims = report.behaviours.flatMap((b) => b.claims);
  const failed = claims.filter((c) => c.verdict.kind === "fail");
  const names = new Set(failed.map((c) => c.id));
  const target = new Set<string>(defect.target), also = new Set<string>(defect.also.map((a: any) => a.claim));
  let out = `## ${defect.name} (${Math.round(performance.now() - t0)} ms) ${report.stopped ? "STOPPED " + report.stopped.why : ""}\n`;
  for (const id of target) if (!names.has(id)) { bad++; out += `  SURVIVED ${id}  ${JSON.stringify(claims.find((c) => c.id === id)?.verdict ?? "none").slice(0, 250)}\n`; }
  for (const id of also) if (!names.has(id)) out += `  IDLE-ALSO ${id}\n`;
  for (const c of failed) if (!target.has(c.id) && !also.has(c.id)) {
    bad++;
    const f = (c.verdict as any).findings[0];
    const pl = report.behaviours.flatMap((b) => b.places).filter((p) => p.verdict.kind === "fail" && p.claim === c.id);
    out += `  UNEXPECTED ${c.id} [${c.level}] ${pl.map((p) => p.scenario.replace("okta/", "") + "/" + p.step).slice(0, 4).join(" ")} (${pl.length}) :: ${f.where}: ${f.expected} | ${f.actual}\n`.slice(0, 330).trimEnd() + "\n";
  }
  const open = claims.filter((c) => (c.verdict.kind === "unknown" && !(c.verdict as any).neutral) || (c.verdict.kind === "skip" && (c.verdict as any).because === "blocked"));
  if (process.env.OPEN) for (const c of open) out += `  open ${c.id} ${(c.verdict as any).why}\n`; else if (open.length) out += `  (${open.length} open)\n`;
  appendFileSync(OUT, out);
  await server.close();
}
appendFileSync(OUT, bad + " problems\n");
}, 900000);
