import type { Exchange, Outcome, Request } from "../model/exchange.ts";
import { encodedSegment } from "../model/percent.ts";
import type { Leftover, Playable } from "../model/play.ts";
import { type Collection, URN } from "../model/scim.ts";
import type { CleanUpContext } from "./clean-up.ts";
import { buildRequest } from "./request.ts";
import type { Found } from "./search-made.ts";
import { isSuccess, outcomeTold } from "./told-outcome.ts";

type RemoveContext = Pick<CleanUpContext, "speak" | "lookAgainAfterMs" | "deletesHold">;

interface Kept {
  readonly entry: Found;
  readonly why: string;
  /** Whether asking again would change nothing. */
  readonly forGood: boolean;
}

/** Deletes resources at the same time, and deactivates the people among them who cannot be deleted. */
export function* removeAll(
  collection: Collection,
  batch: readonly Found[],
  context: RemoveContext,
): Playable<readonly Leftover[]> {
  const kept = yield* deleteAll(collection, batch, context);
  if (kept.length === 0 || collection === "Groups") {
    return kept.map((one) => leftover(one, "left"));
  }
  const outcomes = yield* sendAll(kept, ({ entry }) => deactivation(entry, context));
  return kept.flatMap((one, index): readonly Leftover[] => {
    const outcome = outcomes[index];
    if (isMissing(outcome)) return [];
    return [leftover(one, isSuccess(outcome) ? "deactivated" : "left")];
  });
}

const leftover = ({ entry, why, forGood }: Kept, state: Leftover["state"]): Leftover => ({
  ...entry,
  state,
  ...(forGood ? { kept: true } : {}),
  why,
});

function* deleteAll(
  collection: Collection,
  batch: readonly Found[],
  context: RemoveContext,
): Playable<readonly Kept[]> {
  const outcomes = [...(yield* sendAll(batch, (entry) => deletion(entry, context)))];
  // A connection may break in the very moment of the request; that alone must not leave anything behind.
  const silent = batch.filter((_, index) => outcomes[index]?.kind !== "answer");
  const again = yield* sendAll(silent, (entry) => ({ ...deletion(entry, context), freshConnection: true }));
  for (const [index, entry] of silent.entries()) {
    const outcome = again[index];
    if (outcome !== undefined) outcomes[batch.indexOf(entry)] = outcome;
  }
  const kept: Kept[] = [];
  const doubtful: Kept[] = [];
  let isProven = context.deletesHold.has(collection);
  for (const [index, entry] of batch.entries()) {
    const outcome = outcomes[index];
    const one = { entry, why: `DELETE ${outcomeTold(outcome)}`, forGood: isRefusedForGood(outcome) };
    if (isSuccess(outcome)) {
      // A server may answer 204 and keep everything: the first success is looked at, and all once one was hollow.
      if (!isProven) doubtful.push(one);
      isProven = true;
    } else if (isMissing(outcome)) doubtful.push(one);
    else kept.push(one);
  }
  const still = yield* stillThere(doubtful, context);
  if (still.length === 0) {
    if (outcomes.some(isSuccess)) context.deletesHold.add(collection);
    return kept;
  }
  context.deletesHold.delete(collection);
  const unseen = batch
    .filter((entry, index) => isSuccess(outcomes[index]) && !doubtful.some((one) => one.entry === entry))
    .map((entry) => ({ entry, why: "DELETE was answered with success", forGood: false }));
  return [...kept, ...still, ...(yield* stillThere(unseen, context))];
}

/** Which of them a read still shows, after a while too: a read may lag behind the removal. */
function* stillThere(entries: readonly Kept[], context: RemoveContext): Playable<readonly Kept[]> {
  const shown = yield* thoseShown(entries, context);
  if (shown.length === 0) return [];
  yield { kind: "wait", ms: context.lookAgainAfterMs };
  const still = yield* thoseShown(shown, context);
  return still.map(({ entry, why }) => ({ entry, why: `${why}, but a read still shows it`, forGood: true }));
}

function* thoseShown(entries: readonly Kept[], { speak }: RemoveContext): Playable<readonly Kept[]> {
  const outcomes = yield* sendAll(entries, ({ entry }) => buildRequest(speak, "GET", pathOf(entry)));
  return entries.filter((_, index) => isSuccess(outcomes[index]));
}

function* sendAll<Item>(
  items: readonly Item[],
  requestFor: (item: Item) => Request,
): Playable<readonly Outcome[]> {
  if (items.length === 0) return [];
  const { exchanges } = yield { kind: "send-at-once", requests: items.map(requestFor) };
  return exchanges.map(({ outcome }: Exchange) => outcome);
}

const deletion = (entry: Found, { speak }: RemoveContext) => buildRequest(speak, "DELETE", pathOf(entry));

function deactivation(entry: Found, { speak }: RemoveContext): Request {
  return buildRequest(speak, "PATCH", pathOf(entry), {
    schemas: [URN.patchOp],
    Operations: [{ op: "replace", value: { active: false } }],
  });
}

export const pathOf = ({ collection, id }: Pick<Found, "collection" | "id">) =>
  `/${collection}/${encodedSegment(id)}`;

/** Refusals that pass: a credential that ran out, a lock, a limit of the rate. */
const PASSING: ReadonlySet<number> = new Set([401, 407, 408, 409, 421, 423, 425, 429]);

const isRefusedForGood = (outcome: Outcome | undefined) =>
  outcome?.kind === "answer" &&
  (outcome.status === 501 || (outcome.status >= 400 && outcome.status < 500 && !PASSING.has(outcome.status)));

const isMissing = (outcome: Outcome | undefined) =>
  outcome?.kind === "answer" && (outcome.status === 404 || outcome.status === 410);
