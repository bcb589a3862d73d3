import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { BadInput, type MergedOptions, mergedOptions, type RunOptions } from "../index.ts";
import type { Host } from "./host.ts";

/** The name that is looked for in the working directory. */
const PROJECT_FILE = "scim-check.yaml";

/** Flags as commander hands them over. */
export interface GivenFlags {
  readonly config?: string;
  readonly verbose?: boolean;
}

export interface Settings extends MergedOptions {
  /** Whether a scim-check.yaml took part. */
  readonly hasProjectFile: boolean;
}

/** Flags over environment over scim-check.yaml; with `--verbose` standard error says where each came from. */
export async function settingsFrom(
  flags: GivenFlags & Readonly<Record<string, unknown>>,
  host: Host,
): Promise<Settings> {
  const { config, verbose, auth, ...rest } = flags;
  const projectFile = projectFileOf(config, host);
  // Commander turns --no-auth into auth: false.
  const fromFlags = {
    ...rest,
    ...(auth === false ? { noAuth: true } : typeof auth === "string" ? { auth } : {}),
  };
  const merged = await mergedOptions({
    flags: fromFlags as RunOptions,
    env: host.env,
    ...(projectFile === undefined ? {} : { projectFile }),
  });
  if (verbose === true) {
    for (const [name, source] of Object.entries(merged.from)) {
      host.stderr.write(`${name}: from ${source}\n`);
    }
  }
  return { ...merged, hasProjectFile: projectFile !== undefined };
}

/** Whether a folder has an entry of that name, be it a link that leads nowhere. */
function isNamed(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Why it cannot be looked at, whoever reads it says.
    return true;
  }
}

function projectFileOf(given: string | undefined, host: Host): string | undefined {
  if (given === undefined) {
    const file = join(host.cwd(), PROJECT_FILE);
    // A link that leads nowhere is a mishap: to go on without the settings could write where nothing may be written.
    return isNamed(file) ? file : undefined;
  }
  const file = resolve(host.cwd(), given);
  if (isNamed(file)) return file;
  throw new BadInput([
    { place: { file: given }, what: "There is no such settings file.", next: "Check --config." },
  ]);
}
