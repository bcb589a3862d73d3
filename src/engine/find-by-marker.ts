import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Playable } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";
import { lastJson } from "./last-json.ts";
import { buildRequest, type Speak } from "./request.ts";
import type { Found } from "./search-made.ts";
import { listTold } from "./told-outcome.ts";
import { idOf, nameShown } from "./told-resource.ts";

export interface MarkedSearch {
  readonly found: readonly Found[];
  /** Why there may be more, when the walk did not reach the end. */
  readonly problem?: string;
}

const PAGE = 100;

/**
 * Walks a whole collection and picks out what carries a marker. Slower than a look-up by name, and needed where a run
 * died before it could say which of its reserved names it had used.
 */
export function* findByMarker(
  collection: Collection,
  isOurs: (name: string) => boolean,
  speak: Speak,
): Playable<MarkedSearch> {
  const found = new Map<string, Found>();
  const seen = new Set<string>();
  let problem: string | undefined;
  for (let startIndex = 1; ; ) {
    const path = `/${collection}?startIndex=${startIndex}&count=${PAGE}`;
    const { exchanges } = yield { kind: "send", request: buildRequest(speak, "GET", path) };
    const page = pageIn(exchanges[0]);
    if (page === undefined) {
      return {
        found: [...found.values()],
        problem: `the list of ${collection} ${listTold(exchanges[0]?.outcome)}`,
      };
    }
    const before = seen.size;
    for (const resource of page.resources) {
      const id = idOf(resource);
      const name = nameShown(resource, collection);
      const isMarked = name !== undefined && isOurs(name);
      if (id === undefined && isMarked)
        problem = `the list of ${collection} shows what is to be removed without an id`;
      if (id === undefined) continue;
      seen.add(id);
      if (isMarked) found.set(id, { collection, name, id });
    }
    startIndex += page.resources.length;
    const known = { found: [...found.values()], ...(problem === undefined ? {} : { problem }) };
    if (startIndex > page.total) return known;
    // A server that answers every page with the first one would be walked for ever.
    if (seen.size === before) {
      const isShort = Number.isFinite(page.total) && seen.size < page.total;
      return isShort
        ? { problem: `the list of ${collection} showed ${seen.size} of ${page.total}`, ...known }
        : known;
    }
  }
}

function pageIn(exchange: Exchange | undefined): { resources: readonly Json[]; total: number } | undefined {
  const body = exchange === undefined ? undefined : lastJson([exchange]);
  if (!isJsonObject(body) || !Array.isArray(body.Resources)) return undefined;
  const total = typeof body.totalResults === "number" ? body.totalResults : Number.POSITIVE_INFINITY;
  return { resources: body.Resources, total };
}
