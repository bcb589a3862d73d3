import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "../model/ledger.ts";
import { BadInput } from "../model/problem.ts";
import { errorCode } from "./error-code.ts";
import { type Gathering, ToldIds } from "./told-ids.ts";

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
 *
 * The header names the run, by whose marker `cleanup` knows what is ours. So a disk that fills up later, or a folder
 * that is removed, ends no run: what is owed is still undone by the run itself, and `close` tells what is not on record.
 * @param gathering how ids get on record; each one at once if absent
 * @throws BadInput when it cannot be written there: nothing may be made that is not on record
 */
export function openFileLedger(folder: string, header: LedgerHeader, gathering?: Gathering): Ledger {
  const file = join(folder, `${header.run}.jsonl`);
  const descriptor = orRefused(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSync(file, "ax", 0o600);
  });
  const append = (line: object) => {
    writeSync(descriptor, `${JSON.stringify(line)}\n`);
    fsyncSync(descriptor);
  };
  orRefused(folder, () => append({ format: "scim-check/ledger@1", ...header }));
  let trouble: string | undefined;
  const keep = (write: () => void) => {
    try {
      write();
    } catch (error) {
      trouble ??= errorCode(error);
    }
  };
  const owed = new Set<string>();
  const ids = new ToldIds(descriptor, gathering, (error) => {
    trouble ??= errorCode(error);
  });
  return {
    made: (collection, id) => ids.add(collection, id),
    settle: () => ids.writeNow(),
    owe: (one) => {
      owed.add(one.id);
      keep(() => append({ owed: one }));
    },
    paid: (id) => {
      owed.delete(id);
      keep(() => append({ paid: id }));
    },
    lease: (from, to) => keep(() => append({ from, to })),
    close: (leftovers) => {
      const isDone = leftovers.length === 0 && owed.size === 0;
      ids.writeNow();
      if (leftovers.length > 0) keep(() => append({ leftovers }));
      keep(() => closeSync(descriptor));
      // One that stays, or was removed by somebody else, costs `cleanup` a look.
      if (isDone) keep(() => unlinkSync(file));
      else if (!existsSync(file)) trouble ??= "ENOENT";
      return isDone || trouble === undefined
        ? undefined
        : `What is left behind is not all on record in ${folder} (${trouble}), so that \`scim-check cleanup\` may miss some of it.`;
    },
  };
}

function orRefused<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw new BadInput([
      {
        place: { file: folder },
        what: `What is made on the server cannot be put on record here (${errorCode(error)}), so nothing was sent.`,
        next: "Set XDG_STATE_HOME to a folder that can be written to.",
      },
    ]);
  }
}

/** For a server that forgets everything when the run ends. */
export const noLedger: Ledger = { lease: () => {}, close: () => undefined };
