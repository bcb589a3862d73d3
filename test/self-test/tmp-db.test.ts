import { it } from "vitest";
import { writeFileSync, appendFileSync } from "node:fs";
import { selfTest } from "../../src/wiring/self-test.ts";
const MINE = "put,patch,activation,shown-active,password,import-users,import-groups,group-look-up,group-push,group-rename,group-delete,members-add,members-remove,members-replace,large-groups,rate-limit".split(",");
const OUT = process.env.DB_OUT ?? "/tmp/db-out.txt";
it("x", async () => {
  const mods = await Promise.all((process.env.DB_FILES?.split(",") ?? MINE).map((f) => import(`../../src/reference-server/defects/${f}.ts`)));
  const pattern = new RegExp(process.env.DB ?? ".");
  const defects = mods.flatMap((m) => Object.values(m)).flat().filter((d: any) => pattern.test(d.name)) as any[];
  writeFileSync(OUT, "");
  const json: any[] = [];
  for (const d of defects) {
    const report = await selfTest({ seed: 5, tables: { sound: [], defects: [d], quirks: [] } });
    const t = report.trials.find((x) => x.kind === "defect") as any;
    let out = `\n## ${t.name} (${t.wallMs} ms) ${t.target.filter((c: string) => !t.survivors.includes(c)).map((c: string) => "✔" + c).join(" ")}\n`;
    for (const p of t.problems) out += `  PROBLEM ${p.slice(0, 260)}\n`;
    for (const c of t.unseen) out += `  IDLE ${c}\n`;
    appendFileSync(OUT, out);
    json.push(t);
  }
  writeFileSync(OUT.replace(".txt", ".json"), JSON.stringify(json));
}, 900000);
