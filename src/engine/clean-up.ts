import type { Exchange, Outcome, Request } from "../model/exchange.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Leftover, Made, Playable } from "../model/play.ts";
import { type Collection, URN } from "../model/scim.ts";
import { lastJson } from "./last-json.ts";
import { buildRequest } from "./player.ts";
import type { Speak } from "./request.ts";

export interface CleanUpContext {
  readonly speak: Speak;
  /** Whether a name carries the marker of this run. A server may ignore a filter and show somebody else. */
  readonly isOurs: (name: string) => boolean;
  /** How many requests may travel at the same time. */
  readonly atOnce: number;
}

/** What clean-up did. */
export interface CleanedUp {
  readonly removed: number;
  readonly leftovers: readonly Leftover[];
}

/**
 * Removes what a run made, newest first and groups before users. What has no known id is searched by its name.
 * A server that does not delete users is asked to deactivate them, and they are listed as left behind.
 */
export function* cleanUp(made: readonly Made[], context: CleanUpContext): Playable<CleanedUp> {
  const leftovers: Leftover[] = [];
  let removed = 0;
  for (const collection of ["Groups", "Users"] as const) {
    const entries = made.filter((entry) => entry.collection === collection).toReversed();
    for (let start = 0; start < entries.length; start += context.atOnce) {
      const batch = yield* withIds(entries.slice(start, start + context.atOnce), context);
      const left = yield* removeBatch(collection, batch.found, context);
      leftovers.push(...left, ...batch.unclear);
      removed += batch.found.length - left.length;
    }
  }
  return { removed, leftovers };
}

interface Found extends Made {
  readonly id: string;
}

interface Searched {
  readonly found: readonly Found[];
  readonly unclear: readonly Leftover[];
}

function* withIds(entries: readonly Made[], context: CleanUpContext): Playable<Searched> {
  const known = entries.filter((entry): entry is Found => entry.id !== undefined);
  const nameless = entries.filter((entry) => entry.id === undefined);
  if (nameless.length === 0) return { found: known, unclear: [] };
  const reply = yield {
    kind: "send-at-once",
    requests: nameless.map((entry) => search(entry, context.speak)),
  };
  const found: Found[] = [...known];
  const unclear: Leftover[] = [];
  for (const [index, entry] of nameless.entries()) {
    const exchange = reply.exchanges[index];
    const resources = exchange === undefined ? undefined : resourcesIn(exchange);
    if (resources !== undefined) found.push(...oursAmong(resources, entry, context));
    else if (exchange?.outcome.kind !== "answer" || exchange.outcome.status !== 404) {
      unclear.push({ ...entry, state: "left", why: `it may exist: the search ${told(exchange?.outcome)}` });
    }
  }
  return { found, unclear };
}

function search({ collection, name }: Made, speak: Speak): Request {
  const attribute = collection === "Users" ? "userName" : "displayName";
  const literal = name.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const filter = encodeURIComponent(`${attribute} eq "${literal}"`);
  return buildRequest(speak, "GET", `/${collection}?filter=${filter}&startIndex=1&count=100`);
}

function resourcesIn(exchange: Exchange): readonly Json[] | undefined {
  const body = lastJson([exchange]);
  const resources = isJsonObject(body) ? body.Resources : undefined;
  if (Array.isArray(resources)) return resources;
  return isJsonObject(body) && body.totalResults === 0 ? [] : undefined;
}

function oursAmong(resources: readonly Json[], entry: Made, { isOurs }: CleanUpContext): readonly Found[] {
  const attribute = entry.collection === "Users" ? "userName" : "displayName";
  return resources.flatMap((resource) => {
    const name = isJsonObject(resource) ? resource[attribute] : undefined;
    const id = isJsonObject(resource) ? resource.id : undefined;
    const ours = typeof name === "string" && isOurs(name) && name.toLowerCase() === entry.name.toLowerCase();
    return ours && (typeof id === "string" || typeof id === "number") ? [{ ...entry, id: String(id) }] : [];
  });
}

function* removeBatch(
  collection: Collection,
  batch: readonly Found[],
  { speak }: CleanUpContext,
): Playable<readonly Leftover[]> {
  if (batch.length === 0) return [];
  const deleted = yield {
    kind: "send-at-once",
    requests: batch.map(({ id }) => buildRequest(speak, "DELETE", pathOf(collection, id))),
  };
  const refused = batch.flatMap((entry, index) => {
    const outcome = deleted.exchanges[index]?.outcome;
    return isGone(outcome) ? [] : [{ entry, why: `DELETE ${told(outcome)}` }];
  });
  if (refused.length === 0 || collection === "Groups") {
    return refused.map(({ entry, why }) => ({ ...entry, state: "left", why }));
  }
  const deactivated = yield {
    kind: "send-at-once",
    requests: refused.map(({ entry }) =>
      buildRequest(speak, "PATCH", pathOf(collection, entry.id), {
        schemas: [URN.patchOp],
        Operations: [{ op: "replace", value: { active: false } }],
      }),
    ),
  };
  return refused.map(({ entry, why }, index) => {
    const outcome = deactivated.exchanges[index]?.outcome;
    const done = outcome?.kind === "answer" && outcome.status < 300;
    return { ...entry, state: done ? "deactivated" : "left", why };
  });
}

const pathOf = (collection: Collection, id: string) => `/${collection}/${encodeURIComponent(id)}`;

function isGone(outcome: Outcome | undefined): boolean {
  return (
    outcome?.kind === "answer" && (outcome.status < 300 || outcome.status === 404 || outcome.status === 410)
  );
}

function told(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "was not sent";
  return outcome.kind === "answer" ? `was answered ${outcome.status}` : `got no answer (${outcome.reason})`;
}
