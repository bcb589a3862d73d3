import type { Request } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Action, ActionContext } from "../../model/play.ts";
import { URN } from "../../model/scim.ts";
import { likewise } from "../likewise.ts";
import { countArgument, objectArgument, textArgument } from "./arguments.ts";
import { SentInTurn, statusOf } from "./told.ts";

/**
 * Facts: `statuses`, a number each in the order sent (0 where no answer came). Reads and creates travel at once; changes
 * and deletes of the one resource one after the other, because some products lock it, unless `together` is true.
 */
export const rush: Action = {
  name: "rush",
  summary:
    "Sends `requests` requests that count for the rate `pool` as fast as it can, about `user` and `group`, or creates like `person` and `team`.",
  takes: ["pool", "requests", "user", "group", "person", "team", "together?"],
  reads: false,
  *perform(given, context) {
    const count = countArgument(given, "requests");
    const { method, path, like } = shotOf(given);
    const requests = Array.from({ length: count }, (_, index): Request => {
      const body = like === undefined ? undefined : bodyOf(method, like, context, index);
      return { ...context.request(method, path, body), showThrottling: true };
    });
    if (method === "GET" || method === "POST" || given.together === true) {
      const { exchanges } = yield { kind: "send-at-once", requests };
      return { exchanges, facts: { statuses: exchanges.map(statusOf) } };
    }
    const sent = new SentInTurn(context);
    for (const request of requests) sent.add((yield { kind: "send", request }).exchanges);
    const exchanges = sent.all;
    return { exchanges, facts: { statuses: exchanges.map(statusOf) } };
  },
};

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly like?: Json;
}

function shotOf(given: Readonly<Record<string, Json>>): Shot {
  const { pool } = given;
  const user = `/Users/${textArgument(given, "user")}`;
  if (!isJsonObject(pool ?? null)) {
    return pool === "writes"
      ? { method: "PATCH", path: user, like: STAYS_ACTIVE }
      : { method: "GET", path: "/Users?startIndex=1&count=1" };
  }
  const { methods, resource } = pool as { readonly methods: readonly string[]; readonly resource: string };
  const isUsers = resource === "Users";
  const whole = objectArgument(given, isUsers ? "person" : "team");
  const one = isUsers ? user : `/Groups/${textArgument(given, "group")}`;
  const method = methods.find((name) => name === "PATCH") ?? methods[0] ?? "GET";
  if (method === "POST") return { method, path: `/${resource}`, like: whole };
  if (method === "PATCH") return { method, path: one, like: isUsers ? STAYS_ACTIVE : sameName(whole) };
  return { method, path: one, ...(method === "PUT" ? { like: whole } : {}) };
}

/** Changes nothing: what is counted is the request. */
const STAYS_ACTIVE: Json = {
  schemas: [URN.patchOp],
  Operations: [{ op: "replace", value: { active: true } }],
};
const sameName = (group: Readonly<Record<string, Json>>): Json => ({
  schemas: [URN.patchOp],
  Operations: [{ op: "replace", value: { displayName: group.displayName ?? null } }],
});

const bodyOf = (method: string, like: Json, { unique }: ActionContext, index: number): Json =>
  method === "POST" ? likewise(like, unique, `rush${index + 1}`) : like;
