import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Problem } from "../model/problem.ts";

/** A scenario file, and the id its path gives it. */
export interface ScenarioFile {
  /** As the user would name it: below the folder as it was given. */
  readonly path: string;
  /** The path below its folder, without the ending, with `/` on every system. */
  readonly id: string;
}

export interface Found {
  readonly files: readonly ScenarioFile[];
  readonly problems: readonly Problem[];
}

/** Load plans live beside the scenarios, in a folder of this name right below the root; they are no scenarios. */
const PLANS = "load";

const ENDING = ".yaml";

/** Every scenario file below a folder, sorted by id; or the one file, when a file is named. Never throws. */
export function findScenarioFiles(folder: string): Found {
  const files: ScenarioFile[] = [];
  const problems: Problem[] = [];
  const visited = new Set<string>();
  const refuse = (path: string, what: string, next: string) =>
    problems.push({ place: { file: path }, what, next });

  const visit = (path: string, id: string): void => {
    try {
      if (!statSync(path).isDirectory()) {
        if (path.endsWith(ENDING)) files.push({ path, id: id.slice(0, -ENDING.length) });
        else if (path.endsWith(".yml") || path === folder) {
          refuse(path, "Scenario files end in `.yaml`.", "Rename this one.");
        }
        return;
      }
      const real = realpathSync(path);
      if (visited.has(real)) return;
      visited.add(real);
      for (const name of readdirSync(path).toSorted()) {
        const plans = id === "" && name === PLANS;
        if (!plans && !name.startsWith(".")) visit(join(path, name), id === "" ? name : `${id}/${name}`);
      }
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
      const missing = code === "ENOENT";
      if (missing) refuse(path, "There is no such file or folder.", "Check the path.");
      else if (code === "ELOOP") refuse(path, "The link leads in a circle.", "Point it at a file.");
      else refuse(path, `This cannot be read (${code}).`, "Check its permissions.");
    }
  };

  visit(folder, isFile(folder) ? basename(folder) : "");
  if (files.length === 0 && problems.length === 0) {
    refuse(folder, "There is no scenario in this folder.", "Name one that holds files ending in `.yaml`.");
  }
  files.sort((one, other) => (one.id < other.id ? -1 : 1));
  return { files, problems };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Why it cannot be looked at is told when it is visited.
    return false;
  }
}
