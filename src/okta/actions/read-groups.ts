import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Action } from "../../model/play.ts";
import { groupPath } from "../member-changes.ts";
import { objectsArgument } from "./arguments.ts";
import { isSuccess, jsonOf, SentInTurn, statusOf } from "./told.ts";

/**
 * Facts: `groups`, each `{ id, status, members }`: `members` are the ids shown, or null where the read was not
 * answered with a membership.
 */
export const readGroups: Action = {
  name: "read-groups",
  summary: "Reads each of the `groups` (`{ id }`) by its id; those without an id are passed over.",
  takes: ["groups"],
  reads: true,
  *perform(given, context) {
    const sent = new SentInTurn(context);
    const groups: Json[] = [];
    for (const { id } of objectsArgument(given, "groups")) {
      if (typeof id !== "string") continue;
      const reply = yield { kind: "send", request: context.request("GET", groupPath(id)) };
      sent.add(reply.exchanges);
      const [exchange] = reply.exchanges;
      if (exchange === undefined) continue;
      groups.push({ id, status: statusOf(exchange), members: shownMembers(exchange) });
    }
    return { exchanges: sent.all, facts: { groups } };
  },
};

function shownMembers(exchange: Exchange): Json {
  const body = isSuccess(exchange) ? jsonOf(exchange) : undefined;
  const members = isJsonObject(body) ? body.members : undefined;
  if (!Array.isArray(members)) return null;
  return (members as readonly Json[]).map((member) =>
    isJsonObject(member) ? (member.value ?? null) : member,
  );
}
