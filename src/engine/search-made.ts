import { plural } from "../model/count.ts";
import type { Exchange, Request } from "../model/exchange.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Leftover, Made, Playable } from "../model/play.ts";
import type { CleanUpContext } from "./clean-up.ts";
import { lastJson } from "./last-json.ts";
import type { Recorded } from "./made.ts";
import { buildRequest, type Speak } from "./request.ts";
import { nameAttribute } from "./sent-resource.ts";
import { listTold } from "./told-outcome.ts";
import { idOf, nameShown } from "./told-resource.ts";

export interface Found extends Made {
  readonly id: string;
}

export interface Searched {
  readonly found: readonly Found[];
  /** What may be there all the same: the search did not tell. */
  readonly unclear: readonly Leftover[];
  /** What the search says was never made. */
  readonly missing: readonly Recorded[];
}

/** Resources that a search asks for; nobody ever made so many under one name. */
const PAGE = 100;

/** Looks up names whose ids nobody told. Only what shows our name counts. */
export function* searchAll(
  entries: readonly Recorded[],
  context: Pick<CleanUpContext, "speak" | "isOurs">,
): Playable<Searched> {
  const found: Found[] = [];
  const unclear: Leftover[] = [];
  const missing: Recorded[] = [];
  const named = entries.filter(({ name }) => name !== "");
  if (named.length > 0) {
    const requests = named.map((entry) => search(entry, context.speak));
    const reply = yield { kind: "send-at-once", requests };
    for (const [index, entry] of named.entries()) {
      const list = listIn(reply.exchanges[index]);
      const ours = oursAmong(list.resources, entry, context).slice(0, PAGE);
      found.push(...ours);
      if (ours.length > 0) continue;
      if (entry.located !== undefined && list.doubt !== undefined) {
        found.push({ collection: entry.collection, name: entry.name, id: entry.located });
        continue;
      }
      const why = entry.strangeId === undefined ? list.doubt : STRANGE;
      if (why === undefined) missing.push(entry);
      else unclear.push(leftover(entry, why));
    }
  }
  unclear.push(...entries.filter(({ name }) => name === "").map((entry) => leftover(entry, STRANGE)));
  return { found, unclear, missing };
}

const STRANGE = "the answer to its create showed another name, so it was not touched";

function leftover({ collection, name, strangeId }: Recorded, why: string): Leftover {
  return { collection, name, ...(strangeId === undefined ? {} : { id: strangeId }), state: "left", why };
}

function search({ collection, name }: Made, speak: Speak): Request {
  const literal = name.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const filter = encodeURIComponent(`${nameAttribute(collection)} eq "${literal}"`);
  return buildRequest(speak, "GET", `/${collection}?filter=${filter}&startIndex=1&count=${PAGE}`);
}

interface List {
  readonly resources: readonly Json[];
  /** Why what is not in the list may be there all the same. */
  readonly doubt?: string;
}

function listIn(exchange: Exchange | undefined): List {
  const outcome = exchange?.outcome;
  if (outcome?.kind === "answer" && outcome.status === 404) return { resources: [] };
  const body = exchange === undefined ? undefined : lastJson([exchange]);
  const given = isJsonObject(body) ? body.Resources : undefined;
  const total = isJsonObject(body) ? body.totalResults : undefined;
  if (!Array.isArray(given)) {
    const doubt = `it may exist: the search ${listTold(outcome)}`;
    return total === 0 ? { resources: [] } : { resources: [], doubt };
  }
  const isWhole = typeof total !== "number" || total <= given.length;
  return isWhole
    ? { resources: given }
    : {
        resources: given,
        doubt: `it may exist: the search showed ${given.length} of ${plural(total, "resource")}`,
      };
}

function oursAmong(
  resources: readonly Json[],
  entry: Recorded,
  { isOurs }: Pick<CleanUpContext, "isOurs">,
): readonly Found[] {
  return resources.flatMap((resource) => {
    const name = nameShown(resource, entry.collection);
    const id = idOf(resource);
    const isOne = name !== undefined && isOurs(name) && name.toLowerCase() === entry.name.toLowerCase();
    return isOne && id !== undefined ? [{ collection: entry.collection, name: entry.name, id }] : [];
  });
}
