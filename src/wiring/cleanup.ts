import type { RunOptions } from "../config/options.ts";
import { type Headers, isOwnSilence, NAMED_CREDENTIALS, type Send } from "../model/exchange.ts";
import { BadInput } from "../model/problem.ts";
import { SECRET_MASK } from "../model/secret.ts";
import type { CleanedRun } from "../report/cleaned.ts";
import { cleanCollection, type RemovalAccount } from "./clean-collection.ts";
import { stateFolderOf } from "./state-folder.ts";
import { systemClock } from "./system-clock.ts";
import { chooseTarget } from "./target.ts";

export interface CleanupContext {
  /** Where ledgers are kept. */
  readonly stateFolder?: string;
  readonly signal?: AbortSignal;
  /** Stop looking for what cannot be removed, once it has been listed. */
  readonly forget?: boolean;
}

/**
 * Removes what earlier runs left on their servers, because they were killed or the server refused. Only resources
 * that carry a run's own marker are touched: those that lists show, and those whose ids are on record. With `url` only the runs against that server are looked at; each
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
  const [{ waitOutThrottling }, { markerOf }, { isUndone }, records] = await Promise.all([
    import("../conformance/patience.ts"),
    import("../engine/names.ts"),
    import("../engine/owed.ts"),
    import("../ledger/read-ledgers.ts"),
  ]);
  const { run, url, startedAt } = ledger;
  const known = records.knownOf(ledger);
  const target = await chooseTarget({ ...options, url }, { isCi: true, hasProjectFile: false });
  const clock = systemClock();
  const open = await target.open(clock);
  const watched = watchCredential(open.send);
  const driver = {
    send: waitOutThrottling(watched.send, { clock }),
    clock,
    signal: context.signal ?? new AbortController().signal,
  };
  const isOurs = (name: string) => name.toLowerCase().includes(markerOf(run));
  const account: RemovalAccount = { removed: 0, leftovers: [], problems: [], doubts: [] };
  let { isPartlyHidden } = known;
  const onHidden = () => {
    if (!isPartlyHidden) records.noteHidden(ledger);
    isPartlyHidden = true;
  };
  let undone = 0;
  try {
    for (const { request } of records.owedIn(ledger)) {
      const credential = request.credential ?? "given";
      const needed = `${credential}-token`;
      if (NAMED_CREDENTIALS.some((one) => one === credential) && target.inputs[needed] === undefined) {
        account.problems.push(
          `${request.method} ${request.path} is still to be sent, with --input ${needed}=@FILE`,
        );
        continue;
      }
      const exchange = await driver.send(request, driver.signal);
      if (isUndone(exchange)) undone += 1;
      else account.problems.push(`${request.method} ${request.path} was not answered with success`);
    }
    for (const collection of ["Groups", "Users"] as const) {
      const ids = known.ids[collection];
      await cleanCollection(collection, isOurs, driver, account, { atOnce: AT_ONCE }, { ids, onHidden });
    }
  } finally {
    await open.close();
  }
  const { removed, leftovers, problems, doubts } = account;
  if (isPartlyHidden && !known.hasEnded) doubts.push(unknownIds(markerOf(run)));
  let isForgotten = false;
  if (problems.length === 0 && (leftovers.length + doubts.length === 0 || context.forget === true)) {
    const stays = records.forgetLedger(ledger);
    isForgotten = stays === undefined;
    if (stays !== undefined) problems.push(`its record ${ledger.file} cannot be removed (${stays})`);
  }
  const problem = problems.length === 0 ? {} : { problem: problems.join("; ") };
  const doubt = doubts.length === 0 ? {} : { doubt: doubts.join("; ") };
  return {
    run,
    url,
    startedAt,
    removed,
    undone,
    leftovers,
    ...(isForgotten ? { forgotten: true as const } : {}),
    credential: watched.credential(),
    ...problem,
    ...doubt,
  };
}

const AT_ONCE = 8;

/** A create that nobody waited for any more told its id to nobody, and a list that hides some may hide that one. */
const unknownIds = (marker: string) =>
  `lists of this server do not show all that a read by id does, so whoever was made in the moment in which the run was killed is not found; look at the server itself for names with ${marker}`;

/** Remembers how requests were let in, secrets masked, so that a reader can be told how to send one by hand. */
function watchCredential(send: Send): { readonly send: Send; credential(): Headers } {
  let credential: Headers = [];
  return {
    send: async (request, signal) => {
      const exchange = await send(request, signal);
      if (!isOwnSilence(exchange.outcome)) {
        credential = exchange.request.headers.filter(([, value]) => value.includes(SECRET_MASK));
      }
      return exchange;
    },
    credential: () => credential,
  };
}
