import type { Exchange } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import type { Action, ActionContext, Playable } from "../../model/play.ts";
import { inBatches } from "../batches.ts";
import { type Member, membersPatch } from "../member-changes.ts";
import { countArgument, membersArgument, textArgument } from "./arguments.ts";
import { isSuccess, SentInTurn, statusOf } from "./told.ts";

/** What a push of several batches came to. */
export interface Push {
  readonly exchanges: readonly Exchange[];
  /** The batches that were answered with success. */
  readonly accepted: readonly (readonly Member[])[];
}

// More would say something about our sockets, not about the group.
const AT_ONCE = 8;

/**
 * Facts: `statuses` (0 where no answer came), `requests`, `refused` and `silent` (counts), `slowestMs`,
 * `largestBatch` (changes in the largest request) and `acceptedMembers` (the ids in batches that succeeded).
 * Batches that follow one another stop at the first that does not succeed: Okta's push has failed there.
 */
export const pushMembers: Action = {
  name: "push-members",
  summary:
    "Adds or removes (`op`) members by PATCH in batches of at most `batch`; with `overlap` the batches travel at the same time.",
  takes: ["group", "members", "batch", "op?", "overlap?"],
  reads: false,
  *perform(given, context) {
    const group = textArgument(given, "group");
    const batches = inBatches(membersArgument(given, "members"), countArgument(given, "batch"));
    const op = given.op === "remove" ? "remove" : "add";
    const push =
      given.overlap === true
        ? yield* pushAtOnce(group, op, batches, context)
        : yield* pushInTurn(group, op, batches, context);
    return { exchanges: push.exchanges, facts: factsOf(push, batches) };
  },
};

/** One batch after the other, until one does not succeed. */
export function* pushInTurn(
  group: string,
  op: "add" | "remove",
  batches: readonly (readonly Member[])[],
  context: ActionContext,
): Playable<Push> {
  const sent = new SentInTurn(context);
  const accepted: (readonly Member[])[] = [];
  for (const batch of batches) {
    const request = membersPatch(context.request, group, op, batch);
    const [exchange] = (yield { kind: "send", request }).exchanges;
    if (exchange !== undefined) sent.add([exchange]);
    if (exchange === undefined || !isSuccess(exchange)) break;
    accepted.push(batch);
  }
  return { exchanges: sent.all, accepted };
}

function* pushAtOnce(
  group: string,
  op: "add" | "remove",
  batches: readonly (readonly Member[])[],
  context: ActionContext,
): Playable<Push> {
  const sent = new SentInTurn(context);
  for (const wave of inBatches(batches, AT_ONCE)) {
    const requests = wave.map((batch) => membersPatch(context.request, group, op, batch));
    sent.add((yield { kind: "send-at-once", requests }).exchanges);
  }
  const exchanges = sent.all;
  const succeeded = (index: number) => {
    const exchange = exchanges[index];
    return exchange !== undefined && isSuccess(exchange);
  };
  return { exchanges, accepted: batches.filter((_, index) => succeeded(index)) };
}

function factsOf({ exchanges, accepted }: Push, batches: readonly (readonly Member[])[]) {
  const statuses = exchanges.map(statusOf);
  const sent = batches.slice(0, exchanges.length).map((batch) => batch.length);
  const facts: Record<string, Json> = {
    statuses,
    requests: exchanges.length,
    refused: statuses.filter((status) => status >= 300).length,
    silent: statuses.filter((status) => status === 0).length,
    slowestMs: Math.max(0, ...exchanges.map(({ timing }) => timing.totalMs ?? 0)),
    largestBatch: Math.max(0, ...sent),
    acceptedMembers: accepted.flat().map(({ value }) => value),
  };
  return facts;
}
