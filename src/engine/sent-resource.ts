import type { Request } from "../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject, jsonIn } from "../model/json.ts";
import type { Collection } from "../model/scim.ts";

/** What a request would make or rename. */
export interface SentResource {
  readonly collection: Collection;
  /** The userName or displayName it gives; absent where it gives none, or one that is blank and finds nothing. */
  readonly name?: string;
  /** From the path of a PUT or PATCH. */
  readonly id?: string;
}

const WRITES = /^\/(Users|Groups)(?:\/([^/?]+))?\/?(?:\?|$)/;

/** Reads a write as leniently as the most lenient server might; undefined for everything else. */
export function resourceSentIn({ method, path, body }: Request): SentResource | undefined {
  const match = WRITES.exec(path);
  if (match === null || body === undefined || !["POST", "PUT", "PATCH"].includes(method)) return undefined;
  if ((method === "POST") !== (match[2] === undefined)) return undefined;
  const collection = match[1] as Collection;
  const name = nameIn(body, collection, method);
  return {
    collection,
    ...(name === undefined || name.trim() === "" ? {} : { name }),
    ...(match[2] === undefined ? {} : { id: decoded(match[2]) }),
  };
}

/** The attribute by which a resource is looked up. */
export const nameAttribute = (collection: Collection) =>
  collection === "Users" ? "userName" : "displayName";

function nameIn(body: string, collection: Collection, method: string): string | undefined {
  const attribute = nameAttribute(collection);
  const value = jsonIn(body);
  // Broken JSON is sent on purpose, and a server may make something of it all the same.
  if (value === undefined) return new RegExp(`${attribute}\\W+"?([^"]+)"`, "i").exec(body)?.[1];
  if (!isJsonObject(value)) return undefined;
  return method === "PATCH" ? renamedTo(value, attribute) : textAt(value, attribute);
}

function renamedTo(body: JsonObject, attribute: string): string | undefined {
  const operations = insensitively(body, "operations");
  for (const operation of Array.isArray(operations) ? (operations as readonly Json[]) : []) {
    if (!isJsonObject(operation)) continue;
    const value = insensitively(operation, "value");
    const path = insensitively(operation, "path");
    const isAtPath = typeof path === "string" && path.toLowerCase().endsWith(attribute.toLowerCase());
    if (isAtPath && typeof value === "string") return value;
    const within = isJsonObject(value) ? textAt(value, attribute) : undefined;
    if (within !== undefined) return within;
  }
  return undefined;
}

function textAt(object: JsonObject, attribute: string): string | undefined {
  const value = insensitively(object, attribute);
  return typeof value === "string" ? value : undefined;
}

// Attribute names are case-insensitive (RFC 7643 section 2.1).
function insensitively(object: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(object, key)) return object[key];
  return Object.entries(object).find(([other]) => other.toLowerCase() === key.toLowerCase())?.[1];
}

export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
