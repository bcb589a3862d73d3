import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "../model/scenario.ts";

/**
 * The built-in scenarios as the build left them: read, decoded and linked. Reading seventy YAML files costs half a
 * second, which somebody who runs one scenario again and again would feel.
 */
export interface CompiledScenarios {
  /** Of the files they were compiled from. */
  readonly fingerprint: string;
  readonly scenarios: readonly Scenario[];
}

/** A digest of every file below the folders, so that an edited scenario is never played in its old form. */
export function fingerprintOf(folders: readonly string[]): string {
  const digest = createHash("sha256");
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(yaml|json)$/.test(name))
      .toSorted();
    for (const name of names) digest.update(`${name}\0`).update(readFileSync(join(folder, name)));
  }
  return digest.digest("hex");
}

/** What the build compiled, or undefined when it did not, or did so from other files. */
export function readCompiled<Kept extends CompiledScenarios>(
  file: URL,
  fingerprint: string,
): Kept | undefined {
  try {
    const compiled = JSON.parse(readFileSync(file, "utf8")) as Kept;
    return compiled.fingerprint === fingerprint ? compiled : undefined;
  } catch {
    return undefined;
  }
}
