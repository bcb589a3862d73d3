import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { BadInput } from "../index.ts";
import type { Host } from "./host.ts";
import { unwritable } from "./reports.ts";

/** The path of a file that is going to be written and must not be there yet. Throws `BadInput` when it is. */
export function newFile(given: string, flag: string, host: Host): string {
  const file = resolve(host.cwd(), given);
  const problems = existsSync(file)
    ? [
        {
          place: { file: given },
          what: `The file exists, and ${flag} never writes over one.`,
          next: "Move it away, or name another.",
        },
      ]
    : unwritable(file);
  if (problems.length > 0) throw new BadInput(problems);
  return file;
}
