import { closeSync, existsSync, openSync, readdirSync, readSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import type { LedgerHeader } from "./file-ledger.ts";

/** A ledger that a run left behind: it died, or could not remove everything. */
export interface OpenLedger extends LedgerHeader {
  readonly file: string;
}

/** Bytes; the longest part of a header is the server's address. */
const LONGEST_HEADER = 65_536;

/** Every ledger in the folder, oldest run first. A file that is none is left alone. */
export function readLedgers(folder: string): readonly OpenLedger[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => {
      const file = join(folder, name);
      const header = headerIn(file);
      return header === undefined ? [] : [{ ...header, file }];
    })
    .toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}

// The header is written and synced before anything else, so a run that died still left a whole first line.
function headerIn(file: string): LedgerHeader | undefined {
  try {
    // A pipe would be waited for, and a device has no end.
    if (!statSync(file).isFile()) return undefined;
    const [first = ""] = beginningOf(file).split("\n", 1);
    const header = JSON.parse(first) as Partial<LedgerHeader> & { readonly format?: string };
    const { format, run, url, startedAt } = header;
    if (
      format !== "scim-check/ledger@1" ||
      run === undefined ||
      url === undefined ||
      startedAt === undefined
    ) {
      return undefined;
    }
    return { run, url, startedAt };
  } catch {
    return undefined;
  }
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(LONGEST_HEADER);
    return bytes.toString("utf8", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Nothing of the run is left on the server. */
export function forgetLedger({ file }: OpenLedger): void {
  unlinkSync(file);
}
