import type { RunOptions } from "../config/options.ts";
import type { Leftover } from "../model/play.ts";
import { BadInput } from "../model/problem.ts";
import { stateFolderOf } from "./state-folder.ts";
import { systemClock } from "./system-clock.ts";
import { chooseTarget } from "./target.ts";

/** What one run had left behind, and what became of it. */
export interface CleanedRun {
  readonly run: string;
  readonly url: string;
  readonly startedAt: string;
  readonly removed: number;
  readonly leftovers: readonly Leftover[];
  /** Why there may be more. */
  readonly problem?: string;
}

export interface CleanupContext {
  /** Where ledgers are kept. */
  readonly stateFolder?: string;
  readonly signal?: AbortSignal;
}

/**
 * Removes what earlier runs left on their servers, because they were killed or the server refused. Only resources
 * that carry a run's own marker are touched. With `url` only the runs against that server are looked at; each
 * server needs its credential, as for a run.
 */
export async function cleanup(
  options: RunOptions,
  context: CleanupContext = {},
): Promise<readonly CleanedRun[]> {
  const { readLedgers } = await import("../ledger/read-ledgers.ts");
  const ledgers = readLedgers(stateFolderOf(context.stateFolder));
  const wanted = options.url === undefined ? ledgers : ledgers.filter(({ url }) => isSame(url, options.url));
  const servers = new Set(wanted.map(({ url }) => url));
  if (servers.size > 1) {
    throw new BadInput([
      {
        place: { file: "--url" },
        what: `Runs against ${servers.size} servers left something behind: ${[...servers].join(", ")}.`,
        next: "Name one of them, with its credential.",
      },
    ]);
  }
  const cleaned: CleanedRun[] = [];
  for (const ledger of wanted) cleaned.push(await cleanOne(options, context, ledger));
  return cleaned;
}

const isSame = (one: string, other: string | undefined) =>
  one.replace(/\/+$/, "") === (other ?? "").trim().replace(/\/+$/, "");

type Ledger = import("../ledger/read-ledgers.ts").OpenLedger;

async function cleanOne(options: RunOptions, context: CleanupContext, ledger: Ledger): Promise<CleanedRun> {
  const [{ drive }, { findByMarker }, { removeAll }, { markerOf }, { speak }, { forgetLedger }] =
    await Promise.all([
      import("../engine/drive.ts"),
      import("../engine/find-by-marker.ts"),
      import("../engine/remove.ts"),
      import("../engine/names.ts"),
      import("../okta/headers.ts"),
      import("../ledger/read-ledgers.ts"),
    ]);
  const { run, url, startedAt } = ledger;
  const target = await chooseTarget({ ...options, url }, { isCi: true, hasProjectFile: false });
  const clock = systemClock();
  const open = await target.open(clock);
  const driver = { send: open.send, clock, signal: context.signal ?? new AbortController().signal };
  const isOurs = (name: string) => name.toLowerCase().includes(markerOf(run));
  const problems: string[] = [];
  const leftovers: Leftover[] = [];
  let removed = 0;
  try {
    for (const collection of ["Groups", "Users"] as const) {
      const { found, problem } = await drive(findByMarker(collection, isOurs, speak), driver);
      if (problem !== undefined) problems.push(problem);
      for (let start = 0; start < found.length; start += AT_ONCE) {
        const batch = found.slice(start, start + AT_ONCE);
        const removal = removeAll(collection, batch, {
          speak,
          lookAgainAfterMs: 500,
          deletesHold: new Set(),
        });
        const left = await drive(removal, driver);
        leftovers.push(...left);
        removed += batch.length - left.length;
      }
    }
  } finally {
    await open.close();
  }
  if (problems.length === 0 && leftovers.length === 0) forgetLedger(ledger);
  const problem = problems.length === 0 ? {} : { problem: problems.join("; ") };
  return { run, url, startedAt, removed, leftovers, ...problem };
}

const AT_ONCE = 8;
