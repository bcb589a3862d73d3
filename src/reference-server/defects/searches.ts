import type { JsonObject } from "../../model/json.ts";
import type { Reply, ScimRequest } from "../message.ts";
import type { Variation } from "../variation.ts";
import { listedIn, showing } from "./sent.ts";
import { type Call, listUsers, spoiling } from "./spoil.ts";

/** Looks at the answer to a search by user name. */
export function spoilingLookUps(spoil: (reply: Reply, call: Call) => Reply): Variation["make"] {
  return spoiling(listUsers, (call, proceed) =>
    nameIn(call.request) === undefined ? proceed() : spoil(proceed(), call),
  );
}

/** The user name that is searched for; undefined for any other list. */
export function nameIn({ query }: ScimRequest): string | undefined {
  const literal = /^userName eq ("(?:[^"\\]|\\.)*")$/i.exec(query.get("filter") ?? "")?.[1];
  return literal === undefined ? undefined : (JSON.parse(literal) as string);
}

export const showingEach = (reply: Reply, show: (user: JsonObject) => JsonObject): Reply =>
  showing(reply, { Resources: listedIn(reply).map(show) });

export const showingOnly = (reply: Reply, users: readonly JsonObject[]): Reply =>
  showing(reply, { Resources: users, totalResults: users.length, itemsPerPage: users.length });

export const isMiss = (reply: Reply): boolean => listedIn(reply).length === 0;
