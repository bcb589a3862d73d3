import { it } from "vitest";
import { writeFileSync, appendFileSync } from "node:fs";
import { loadLibrary } from "../../src/wiring/library.ts";
import { settingsOf } from "../../src/wiring/defaults.ts";
import { runConformance } from "../../src/conformance/run.ts";
import { speak } from "../../src/okta/headers.ts";
import { noLedger } from "../../src/ledger/file-ledger.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { createReferenceServer, memorySend, soundOperations } from "../../src/reference-server/index.ts";
import { characterOf } from "../../src/reference-server/variation.ts";

const OUT = process.env.DB_OUT ?? "/tmp/db-out.txt";
const PATTERN = new RegExp(process.env.DB ?? "^$");
it("x", async () => {
  const lib = await loadLibrary();
  writeFileSync(OUT, "");
  const { defects } = await import("../../src/reference-server/defects/index.ts");
  const extra: any[] = process.env.DB_EXTRA ? (await Promise.all(process.env.DB_EXTRA.split(",").map((f) => import(`../../src/reference-server/defects/${f}.ts`)))).flatMap((m) => Object.values(m)).flat() : [];
  const all: any[] = [...defects, ...extra.filter((d: any) => d?.make && !defects.some((x) => x.name === d.name))];
  const chosen = all.filter((d) => PATTERN.test(d.name));
  if (process.env.SOUND) chosen.unshift({ name: "sound", target: [], also: [], make: () => ({}) });
  for (const defect of chosen) {
    const t0 = performance.now();
    let now = 1_700_000_000_000;
    const clock = { now: () => now, sleep: async (ms: number) => { now += ms; } };
    const random = seededRandom(7);
    const { write: _w, ...character } = characterOf([defect], { clock, random, operations: soundOperations } as any);
    const server = createReferenceServer({ clock, random, token: "secret-token", ...character });
    const settings = settingsOf({ largeGroup: 260, ...(process.env.BURST ? { burst: Number(process.env.BURST) } : {}) } as any, { kind: "embedded", isLoopback: true }, 7);
    const report = await runConformance({
      ...lib, speak, send: memorySend(server, clock), clock, random: seededRandom(8), runId: "abc123",
      openLedger: () => noLedger, settings, target: { url: "http://x/scim/v2", kind: "embedded" }, toolVersion: "0", notes: [],
      signal: new AbortController().signal,
    });
    const claims = report.behaviours.flatMap((b) => b.claims.map((c) => ({ ...c })));
    const failed = claims.filter((c) => c.verdict.kind === "fail");
    const names = new Set(failed.map((c) => c.id));
    const target = new Set(defect.target), also = new Set(defect.also.map((a: any) => a.claim));
    let out = `\n## ${defect.name} (${Math.round(performance.now() - t0)} ms, ${report.run.requests} requests) ${report.stopped ? "STOPPED " + report.stopped.why : ""}\n`;
    for (const id of target) out += names.has(id as string) ? `  killed ${id}\n` : `  SURVIVED ${id}  ${JSON.stringify(claims.find((c) => c.id === id)?.verdict).slice(0, 200)}\n`;
    for (const id of also) if (!names.has(id as string)) out += `  IDLE-ALSO ${id}\n`;
    for (const c of failed) if (!target.has(c.id) && !also.has(c.id)) {
      const f = (c.verdict as any).findings[0];
      const pl = report.behaviours.flatMap((b) => b.places).filter((p) => p.verdict.kind === "fail" && p.claim === c.id);
      out += `  UNEXPECTED ${c.id} [${c.level}] ${pl.map((p) => p.scenario + "/" + p.step).join(" ")} :: ${JSON.stringify(f).slice(0, 220)}\n`;
    }
    if (process.env.UNKNOWN) for (const c of claims) if (c.verdict.kind !== "pass" && c.verdict.kind !== "fail") out += `  ${c.verdict.kind} ${c.id} ${(c.verdict as any).why}\n`;
    appendFileSync(OUT, out);
  }
}, 600000);
