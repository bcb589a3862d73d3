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
      const shown = list.resources.filter((resource) => shows(resource, entry, context));
      const ours = withIds(shown, entry).slice(0, PAGE);
      found.push(...ours);
      if (ours.length > 0) continue;
      const doubt = shown.length > 0 ? WITHOUT_ID : list.doubt;
      if (entry.located !== undefined && doubt !== undefined) {
        found.push({ collection: entry.collection, name: entry.name, id: entry.located });
        continue;
      }
      const why = entry.strangeId === undefined ? doubt : STRANGE;
      if (why === undefined) missing.push(entry);
      else unclear.push(leftover(entry, why));
    }
  }
  unclear.push(...entries.filter(({ name }) => name === "").map((entry) => leftover(entry, STRANGE)));
  return { found, unclear, missing };
}

const WITHOUT_ID = "the search shows it without an id";

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

function shows(resource: Json, { collection, name }: Made, { isOurs }: Pick<CleanUpContext, "isOurs">) {
  const shown = nameShown(resource, collection);
  return shown !== undefined && isOurs(shown) && shown.toLowerCase() === name.toLowerCase();
}

const withIds = (resources: readonly Json[], { collection, name }: Made): readonly Found[] =>
  resources.flatMap((resource) => {
    const id = idOf(resource);
    return id === undefined ? [] : [{ collection, name, id }];
  });
