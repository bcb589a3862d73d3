import type { Exchange } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import type { Action, ActionContext, Playable } from "../../model/play.ts";
import { URN } from "../../model/scim.ts";
import { inBatches } from "../batches.ts";
import type { Member } from "../member-changes.ts";
import { countArgument, membersArgument } from "./arguments.ts";
import { pushInTurn } from "./push-members.ts";
import { idOf, isSuccess, statusOf } from "./told.ts";

/** What one group of the plan came to. */
interface Part {
  readonly exchanges: readonly Exchange[];
  readonly group: Json;
}

/**
 * Facts: `groups`, each `{ id, planned, refused }`: the id its create told (or null), how many people the plan
 * gives it, and the status of the request that did not succeed (null when all did, 0 where no answer came).
 * `plan-groups` makes the same plan: every group is filled up to the limit, the last takes the rest.
 */
export const replayPlan: Action = {
  name: "replay-plan",
  summary: "Puts `members` into as many groups of at most `limit` as they need, in batches of `batch`.",
  takes: ["members", "limit", "batch"],
  reads: false,
  *perform(given, context) {
    const batch = countArgument(given, "batch");
    const exchanges: Exchange[] = [];
    const groups: Json[] = [];
    const parts = inBatches(membersArgument(given, "members"), countArgument(given, "limit"));
    for (const [index, members] of parts.entries()) {
      const part = yield* fillGroup(`part${index + 1}`, members, batch, context);
      exchanges.push(...part.exchanges);
      groups.push(part.group);
    }
    return { exchanges, facts: { groups } };
  },
};

function* fillGroup(
  label: string,
  members: readonly Member[],
  batch: number,
  context: ActionContext,
): Playable<Part> {
  const displayName = context.unique("groupName", label);
  const create = context.request("POST", "/Groups", { schemas: [URN.group], displayName, members: [] });
  const created = (yield { kind: "send", request: create }).exchanges;
  const id = created.map(idOf).at(-1) ?? null;
  const planned = members.length;
  if (id === null) {
    return { exchanges: created, group: { id, planned, refused: created.map(statusOf).at(-1) ?? 0 } };
  }
  const push = yield* pushInTurn(id, "add", inBatches(members, batch), context);
  const failed = push.exchanges.find((exchange) => !isSuccess(exchange));
  return {
    exchanges: [...created, ...push.exchanges],
    group: { id, planned, refused: failed === undefined ? null : statusOf(failed) },
  };
}
