import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "../model/ledger.ts";
import { BadInput } from "../model/problem.ts";

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
 * @throws BadInput when it cannot be written there: nothing may be made that is not on record
 */
export function openFileLedger(folder: string, header: LedgerHeader): Ledger {
  const file = join(folder, `${header.run}.jsonl`);
  const descriptor = orRefused(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSync(file, "wx", 0o600);
  });
  const append = (line: object) => {
    writeSync(descriptor, `${JSON.stringify(line)}\n`);
    fsyncSync(descriptor);
  };
  orRefused(folder, () => append({ format: "scim-check/ledger@1", ...header }));
  const owed = new Set<string>();
  return {
    owe: (one) => {
      owed.add(one.id);
      append({ owed: one });
    },
    paid: (id) => {
      owed.delete(id);
      append({ paid: id });
    },
    lease: (from, to) => append({ from, to }),
    close: (leftovers) => {
      if (leftovers.length > 0) append({ leftovers });
      closeSync(descriptor);
      if (leftovers.length === 0 && owed.size === 0) unlinkSync(file);
    },
  };
}

function orRefused<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new BadInput([
      {
        place: { file: folder },
        what: `What is made on the server cannot be put on record here (${code}), so nothing was sent.`,
        next: "Set XDG_STATE_HOME to a folder that can be written to.",
      },
    ]);
  }
}

/** For a server that forgets everything when the run ends. */
export const noLedger: Ledger = { lease: () => {}, close: () => {} };
