import { isUnassigned } from "../checks/named/shown.ts";
import { lastJson } from "../engine/last-json.ts";
import { buildRequest, type Speak } from "../engine/request.ts";
import { nameAttribute } from "../engine/sent-resource.ts";
import { listTold, outcomeTold } from "../engine/told-outcome.ts";
import { idOf } from "../engine/told-resource.ts";
import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { encodedSegment } from "../model/percent.ts";
import type { Playable } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";

/** One of our own resources, as a list shows it. */
export interface Shown {
  /** Index of the run it was made by. */
  readonly run: number;
  /** The number in its name. */
  readonly number: number;
  readonly id: string;
  readonly name: string;
  /** Absent where the server shows none. */
  readonly active?: boolean;
  /** Which of the attributes that were asked about it has, a bit for each in their order. */
  readonly shows: number;
}

export interface Walk {
  readonly requests: number;
  /** Why the whole collection was not seen. */
  readonly problem?: string;
}

const PAGE = 200;

/** Which run and which number a name carries; undefined for everybody else's. */
export type ReadName = (name: string) => { readonly run: number; readonly number: number } | undefined;

/** Reads the numbers out of names that carry one of the markers, whatever a server made of letter case. */
export function nameReader(markers: readonly string[]): ReadName {
  const lower = markers.map((marker) => marker.toLowerCase());
  return (name) => {
    const text = name.toLowerCase();
    for (const [run, marker] of lower.entries()) {
      const at = text.indexOf(marker);
      if (at === -1) continue;
      const digits = /^\d+/.exec(text.slice(at + marker.length))?.[0];
      if (digits !== undefined) return { run, number: Number(digits) };
    }
    return undefined;
  };
}

/** Walks a whole collection page by page and tells of each of our resources once. Holds one page at a time. */
export function* walk(
  collection: Collection,
  readName: ReadName,
  speak: Speak,
  take: (shown: Shown) => void,
  attributes: readonly string[] = [],
): Playable<Walk> {
  const without = collection === "Groups" ? "&excludedAttributes=members" : "";
  let requests = 0;
  let firstOfPage: string | undefined;
  for (let startIndex = 1; ; ) {
    const path = `/${collection}?startIndex=${startIndex}&count=${PAGE}${without}`;
    const { exchanges } = yield { kind: "send", request: buildRequest(speak, "GET", path) };
    requests += 1;
    const page = pageIn(exchanges[0]);
    if (page === undefined) {
      return { requests, problem: `the list of ${collection} ${listTold(exchanges[0]?.outcome)}` };
    }
    const [first] = page.resources;
    const firstId = idOf(first);
    if (first !== undefined && firstId === firstOfPage) {
      return { requests, problem: `the list of ${collection} shows the same page again at ${startIndex}` };
    }
    firstOfPage = firstId;
    for (const resource of page.resources) {
      const shown = shownIn(resource, collection, readName, attributes);
      if (shown !== undefined) take(shown);
    }
    startIndex += page.resources.length;
    if (startIndex > page.total) return { requests };
    if (page.resources.length === 0) {
      const problem = `the list of ${collection} ends at ${startIndex - 1} of ${page.total}`;
      return { requests, problem };
    }
  }
}

function shownIn(
  resource: Json,
  collection: Collection,
  readName: ReadName,
  attributes: readonly string[],
): Shown | undefined {
  if (!isJsonObject(resource)) return undefined;
  const name = resource[nameAttribute(collection)];
  const id = idOf(resource);
  if (typeof name !== "string" || id === undefined) return undefined;
  const read = readName(name);
  if (read === undefined) return undefined;
  const { active } = resource;
  const shows = attributes.reduce(
    (bits, one, at) => (isUnassigned(resource[one]) ? bits : bits | (1 << at)),
    0,
  );
  return { ...read, id, name, shows, ...(typeof active === "boolean" ? { active } : {}) };
}

function pageIn(exchange: Exchange | undefined) {
  if (exchange?.outcome.kind !== "answer" || exchange.outcome.status !== 200) return undefined;
  const body = lastJson([exchange]);
  if (!isJsonObject(body)) return undefined;
  const { Resources: resources = [], totalResults: total } = body;
  if (!Array.isArray(resources) || typeof total !== "number") return undefined;
  return { resources: resources as readonly Json[], total };
}

/** What a read of one resource showed. */
export type Looked =
  | { readonly kind: "there"; readonly body: JsonObject }
  | { readonly kind: "not-there" }
  | { readonly kind: "unclear"; readonly why: string };

/** Reads one resource by its id. */
export function* look(collection: Collection, id: string, speak: Speak, query = ""): Playable<Looked> {
  const path = `/${collection}/${encodedSegment(id)}${query}`;
  const { exchanges } = yield { kind: "send", request: buildRequest(speak, "GET", path) };
  const outcome = exchanges[0]?.outcome;
  if (outcome?.kind === "answer" && (outcome.status === 404 || outcome.status === 410)) {
    return { kind: "not-there" };
  }
  const body = lastJson(exchanges);
  if (outcome?.kind === "answer" && outcome.status === 200 && isJsonObject(body)) {
    return { kind: "there", body };
  }
  return { kind: "unclear", why: `GET /${collection}/${id} ${outcomeTold(outcome)}` };
}

/**
 * Ids of the people in a group; undefined where the read shows no members at all, not even that there are none. A group
 * in it is nobody: its id may be that of a person as well.
 */
export function memberIdsIn(group: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(group.members)) return undefined;
  return (group.members as readonly Json[]).flatMap((member) => {
    if (isGroup(member)) return [];
    const value = isJsonObject(member) ? member.value : member;
    return typeof value === "string" ? [value] : typeof value === "number" ? [String(value)] : [];
  });
}

function isGroup(member: Json): boolean {
  if (!isJsonObject(member)) return false;
  const { type, $ref } = member;
  if (typeof type === "string") return type.toLowerCase() === "group";
  return typeof $ref === "string" && /\/Groups\/[^/]+\/?$/.test($ref);
}
