import type { Request } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject, jsonIn } from "../../model/json.ts";
import type { Collection } from "../../model/scim.ts";
import type { Effect } from "../effects.ts";

/**
 * One effect a write would have. `subject` and `other` are texts of the request: an id, or a name; for what a create
 * makes, the subject is its name.
 */
export interface SentEffect {
  readonly effect: Effect;
  readonly subject: string;
  readonly other: string;
  /** Of whom `other` is one, where it is an id: a group may stand in a group. */
  readonly others: Collection;
}

/**
 * Of whom the subject of an effect is one. Ids are looked for among people or among groups: where a server counts them
 * apart, one of each has the same.
 */
export const subjectsOf = (effect: Effect): Collection => (effect.startsWith("user-") ? "Users" : "Groups");

/** The same of a whole request. */
export const effectsOf = ({ method, path, body }: Request): readonly SentEffect[] =>
  sentEffects(method, path, body === undefined ? undefined : jsonIn(body));

const PATH = /^\/(Users|Groups)(?:\/([^/?]+))?\/?(?:\?|$)/;

/**
 * What a write would do if the server says yes to it, as Okta means it. Written once for both ways of playing: a
 * compiled step is asked once, with marks in place of values; a play in full, with each request.
 * @param body the body as JSON; undefined for none, and for a body that is no JSON
 */
export function sentEffects(method: string, path: string, body: Json | undefined): readonly SentEffect[] {
  const [, collection, segment] = PATH.exec(path) ?? [];
  if (collection === undefined) return [];
  const id = segment === undefined ? undefined : decoded(segment);
  if (method === "DELETE" && id !== undefined) {
    return [one(collection === "Users" ? "user-deleted" : "group-deleted", id)];
  }
  if (!isJsonObject(body)) return [];
  if (method === "POST" && id === undefined) return collection === "Users" ? userMade(body) : groupMade(body);
  if (method === "PUT" && id !== undefined) {
    return collection === "Users" ? userIs(id, body) : groupIs(id, body, true);
  }
  if (method === "PATCH" && id !== undefined) return patched(collection, id, body);
  return [];
}

const one = (effect: Effect, subject: string, other = "", others: Collection = "Users"): SentEffect => ({
  effect,
  subject,
  other,
  others,
});

function userMade(body: JsonObject): readonly SentEffect[] {
  const name = textAt(body, "userName");
  if (name === undefined) return [];
  return [one("user-created", name), ...(body.active === false ? [one("user-deactivated", name)] : [])];
}

function groupMade(body: JsonObject): readonly SentEffect[] {
  const name = textAt(body, "displayName");
  if (name === undefined) return [];
  return [one("group-created", name), ...ofMembers("member-added", name, body.members)];
}

function userIs(id: string, body: JsonObject): readonly SentEffect[] {
  const name = textAt(body, "userName");
  return [...(name === undefined ? [] : [one("user-renamed", id, name)]), ...activity(id, body.active)];
}

function activity(id: string, active: Json | undefined): readonly SentEffect[] {
  // Okta sends a boolean; some of its templates, and servers that give it back, a text.
  if (active === false || active === "false") return [one("user-deactivated", id)];
  if (active === true || active === "true") return [one("user-reactivated", id)];
  return [];
}

function groupIs(id: string, body: JsonObject, replacesMembers: boolean): readonly SentEffect[] {
  const name = textAt(body, "displayName");
  const members = body.members;
  return [
    ...(name === undefined ? [] : [one("group-renamed", id, name)]),
    ...(members === undefined && !replacesMembers ? [] : [one("members-cleared", id)]),
    ...ofMembers("member-added", id, members),
  ];
}

function patched(collection: string, id: string, body: JsonObject): readonly SentEffect[] {
  const operations = Array.isArray(body.Operations) ? (body.Operations as readonly Json[]) : [];
  return operations.flatMap((operation) => {
    if (!isJsonObject(operation)) return [];
    const op = String(operation.op).toLowerCase();
    const path = typeof operation.path === "string" ? operation.path : undefined;
    return collection === "Users"
      ? onUser(id, path, operation.value)
      : onGroup(id, op, path, operation.value);
  });
}

function onUser(id: string, path: string | undefined, value: Json | undefined): readonly SentEffect[] {
  if (path === undefined) return isJsonObject(value) ? userIs(id, value) : [];
  if (path.toLowerCase() === "active") return activity(id, value);
  if (path.toLowerCase() === "username" && typeof value === "string") return [one("user-renamed", id, value)];
  return [];
}

const MEMBER_PATH = /^members\[\s*value\s+eq\s+"(.*)"\s*\]$/is;

function onGroup(
  id: string,
  op: string,
  path: string | undefined,
  value: Json | undefined,
): readonly SentEffect[] {
  if (path === undefined) return isJsonObject(value) ? groupIs(id, value, false) : [];
  if (path.toLowerCase() === "displayname" && typeof value === "string")
    return [one("group-renamed", id, value)];
  const member = MEMBER_PATH.exec(path)?.[1];
  if (member !== undefined) return op === "remove" ? [one("member-removed", id, unescaped(member))] : [];
  if (path.toLowerCase() !== "members") return [];
  if (op === "add") return ofMembers("member-added", id, value);
  if (op === "replace") return [one("members-cleared", id), ...ofMembers("member-added", id, value)];
  if (op !== "remove") return [];
  return value === undefined ? [one("members-cleared", id)] : ofMembers("member-removed", id, value);
}

/** A text in place of a list is the mark of a whole crowd. */
function ofMembers(effect: Effect, group: string, members: Json | undefined): readonly SentEffect[] {
  const list = Array.isArray(members) ? (members as readonly Json[]) : members === undefined ? [] : [members];
  return list.flatMap((member) => {
    const value = isJsonObject(member) ? member.value : member;
    if (typeof value !== "string" && typeof value !== "number") return [];
    const isGroup = isJsonObject(member) && member.type === "Group";
    return [one(effect, group, String(value), isGroup ? "Groups" : "Users")];
  });
}

function textAt(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  return typeof value === "string" ? value : undefined;
}

const unescaped = (text: string) => text.replaceAll(/\\(["\\])/g, "$1");

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
