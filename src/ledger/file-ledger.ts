import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "../model/ledger.ts";

/** The first line of a ledger: which run it belongs to, and where its data is. */
export interface LedgerHeader {
  readonly run: string;
  readonly url: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/**
 * Keeps one run's ledger as a file of JSON lines: a header, then a line per lease, each synced to disk before it
 * counts. The file is removed once nothing is left on the server; a run that died leaves it behind.
 */
export function openFileLedger(folder: string, header: LedgerHeader): Ledger {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${header.run}.jsonl`);
  const descriptor = openSync(file, "wx", 0o600);
  const append = (line: object) => {
    writeSync(descriptor, `${JSON.stringify(line)}\n`);
    fsyncSync(descriptor);
  };
  append({ format: "scim-check/ledger@1", ...header });
  return {
    lease: (from, to) => append({ from, to }),
    close: (leftovers) => {
      if (leftovers.length > 0) append({ leftovers });
      closeSync(descriptor);
      if (leftovers.length === 0) unlinkSync(file);
    },
  };
}

/** For a server that forgets everything when the run ends. */
export const noLedger: Ledger = { lease: () => {}, close: () => {} };
