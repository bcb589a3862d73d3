import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type AnyReport, render } from "./render.ts";
import { stateFolderOf } from "./state-folder.ts";

/**
 * Keeps a report that could not be written where it was wanted, for its owner's eyes only: beside the ledgers, or in
 * the folder for temporary files.
 * @returns the file, which `scim-check render` reads; undefined when there is no room for it anywhere
 */
export async function keepReport(
  report: AnyReport,
  context: { readonly stateFolder?: string } = {},
): Promise<string | undefined> {
  const text = await render(report, "json");
  const places = [
    join(stateFolderOf(context.stateFolder), "reports", `${report.run.id}.json`),
    join(tmpdir(), `scim-check-${report.run.id}.json`),
  ];
  for (const file of places) {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // Never over what is there: the folder for temporary files belongs to everybody.
      writeFileSync(file, text, { mode: 0o600, flag: "wx" });
      return file;
    } catch {
      // The next place is tried.
    }
  }
  return undefined;
}
