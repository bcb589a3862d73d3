import { setMaxListeners } from "node:events";
import type { LoadOptions } from "../config/load-options.ts";
import type { Account, DocumentedState } from "../load/compare-state.ts";
import type { LoadProgress } from "../load/live.ts";
import type { Register } from "../load/register.ts";
import type { Clock } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";
import type { Reconciliation } from "../model/load-reconciliation.ts";
import type { RemovalAccount } from "./clean-collection.ts";
import { monotonicClock } from "./monotonic-clock.ts";
import { stateFolderOf } from "./state-folder.ts";

const SETTLE_MS = 2_000;
const REMOVALS_AT_ONCE = 32;

/**
 * Reads back the server's whole state and compares it with what was acknowledged. Never throws for the network.
 * @param attributes what every person was created with; see `attributesOfPeople`
 * @param documented what the product documents of itself
 */
export async function reconcileLoad(
  accounts: readonly Account[],
  attributes: readonly string[],
  documented: DocumentedState,
  send: Send,
  options: LoadOptions,
  signal: AbortSignal,
  onProgress?: (progress: LoadProgress) => void,
): Promise<Reconciliation> {
  const [{ reconcile }, { drive, Interrupted }, { speak }, patiently] = await Promise.all([
    import("../load/reconcile.ts"),
    import("../engine/drive.ts"),
    import("../okta/headers.ts"),
    patience(),
  ]);
  setMaxListeners(0, signal);
  const clock = monotonicClock();
  const reading = reconcile({
    accounts,
    attributes,
    documented,
    speak,
    settleMs: options.settle ?? SETTLE_MS,
    now: () => clock.now(),
    onProgress: (what) => onProgress?.({ kind: "reconciling", what }),
  });
  try {
    return await drive(reading, { send: patiently(send, clock), clock, signal });
  } catch (problem) {
    if (!(problem instanceof Interrupted)) throw problem;
    return { kind: "unknown", why: "it was interrupted" };
  }
}

/** A server that was just loaded may say for a while that it has too much to do, or break. */
async function patience(): Promise<(send: Send, clock: Clock) => Send> {
  const [{ waitOutThrottling }, { withSecondTries }] = await Promise.all([
    import("../conformance/patience.ts"),
    import("../conformance/second-try.ts"),
  ]);
  return (send, clock) => withSecondTries(waitOutThrottling(send, { clock }), clock);
}

/** A shard by its id, and what the server acknowledged to it. */
export interface PlayedShard {
  readonly runId: string;
  readonly register: Register;
}

/** Removes everything that carries the marker of a shard, groups first. What was never sent is not looked for. */
export async function removeLoad(
  shards: readonly PlayedShard[],
  send: Send,
  signal: AbortSignal,
  context: {
    readonly stateFolder?: string | undefined;
    readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  },
): Promise<Removal> {
  const [{ cleanCollection }, { markerOf }, patiently] = await Promise.all([
    import("./clean-collection.ts"),
    import("../engine/names.ts"),
    patience(),
  ]);
  setMaxListeners(0, signal);
  const clock = monotonicClock();
  const driver = { send: patiently(send, clock), clock, signal };
  const runIds = shards.map(({ runId }) => runId);
  const markers = runIds.map(markerOf);
  const isOurs = (name: string) => markers.some((marker) => name.toLowerCase().includes(marker));
  const account: RemovalAccount = { removed: 0, leftovers: [], problems: [], doubts: [] };
  for (const collection of ["Groups", "Users"] as const) {
    if (!shards.some(({ register }) => register.knows(collection))) continue;
    const ids = shards.flatMap(({ register }) => [...register.idsOf(collection)]);
    const pace = {
      atOnce: REMOVALS_AT_ONCE,
      onRemoved: (removed: number, all: number) =>
        context.onProgress?.({ kind: "cleaning-up", removed, all }),
    };
    await cleanCollection(collection, isOurs, driver, account, pace, { ids });
  }
  const { leftovers } = account;
  const problems = [...account.problems, ...account.doubts];
  if (problems.length === 0 && leftovers.length === 0) return forgetLoad(runIds, context.stateFolder);
  return { leftovers, problems };
}

/** What removing came to: whatever is left, and why there may be more. */
export type Removal = Pick<RemovalAccount, "leftovers" | "problems">;

/** Nothing of these runs is on the server, so that nobody has to look for it. A record that stays costs a look. */
export async function forgetLoad(
  runIds: readonly string[],
  stateFolder: string | undefined,
): Promise<Removal> {
  const { forgetRuns } = await import("../ledger/read-ledgers.ts");
  forgetRuns(stateFolderOf(stateFolder), runIds);
  return { leftovers: [], problems: [] };
}

/** What may still be there, because it could not be looked for; undefined where everything was. */
export function stillThere({ problems }: Removal): string | undefined {
  if (problems.length === 0) return undefined;
  return `What the load made may still be on the server, because ${problems.join("; ")}. \`scim-check cleanup\` looks for it again.`;
}
