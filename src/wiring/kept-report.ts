import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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
  return keepText(await render(report, "json"), report.run.id, context);
}

/** The same for a part of a load, as `loadShard` gives it; `scim-check merge` reads it. */
export async function keepShard(
  text: string,
  context: { readonly stateFolder?: string } = {},
): Promise<string | undefined> {
  const { shard } = JSON.parse(text) as {
    readonly shard: { readonly index: number; readonly runId: string };
  };
  return keepText(text, `shard-${shard.index}-${shard.runId}`, context);
}

function keepText(
  text: string,
  name: string,
  { stateFolder }: { readonly stateFolder?: string },
): string | undefined {
  const places = [
    join(stateFolderOf(stateFolder), "reports", `${name}.json`),
    join(tmpdir(), `scim-check-${name}.json`),
  ];
  for (const file of places) {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    } catch {
      continue;
    }
    try {
      // Never over what is there: the folder for temporary files belongs to everybody.
      writeFileSync(file, text, { mode: 0o600, flag: "wx" });
      return file;
    } catch (error) {
      // Half a report is none; then the next place is tried.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(file, { force: true });
    }
  }
  return undefined;
}
