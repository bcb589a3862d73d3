import type { Json, JsonObject } from "../model/json.ts";
import { badRequest } from "./errors.ts";
import type { Projection } from "./projection.ts";

/** Parameters of a query string by name; names in lower case, the first of a repeated name wins. */
export type Parameters = ReadonlyMap<string, string>;

/** What a list or search asks for (RFC 7644 section 3.4.2). */
export interface ListQuery extends Projection {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly descending: boolean;
  /** From 1. */
  readonly startIndex: number;
  /** Absent when the client leaves it to the server. */
  readonly count?: number;
}

/**
 * Reads a query string as forms are written: `+` is a space, `%2B` a plus.
 * @throws ScimFailure `invalidSyntax` for a percent sign that starts no UTF-8 byte sequence.
 */
export function parseQueryString(text: string): Parameters {
  const parameters = new Map<string, string>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decoded(at === -1 ? pair : pair.slice(0, at)).toLowerCase();
    const value = at === -1 ? "" : decoded(pair.slice(at + 1));
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

export function projectionOf(parameters: Parameters): Projection {
  const attributes = names(parameters.get("attributes"));
  const excludedAttributes = names(parameters.get("excludedattributes"));
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(excludedAttributes === undefined ? {} : { excludedAttributes }),
  };
}

/** @throws ScimFailure `invalidValue` when a number is none. */
export function listQueryOf(parameters: Parameters): ListQuery {
  const filter = parameters.get("filter");
  const sortBy = parameters.get("sortby");
  const count = integer("count", parameters.get("count"));
  return {
    ...projectionOf(parameters),
    ...(filter === undefined ? {} : { filter }),
    ...(sortBy === undefined || sortBy === "" ? {} : { sortBy }),
    descending: parameters.get("sortorder")?.toLowerCase() === "descending",
    startIndex: Math.max(1, integer("startIndex", parameters.get("startindex")) ?? 1),
    ...(count === undefined ? {} : { count: Math.max(0, count) }),
  };
}

/** The parameters of a SearchRequest message (RFC 7644 section 3.4.3), so that both forms mean the same. */
export function searchParameters(body: JsonObject): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of Object.entries(body)) {
    const text = parameterText(value);
    if (text !== undefined) parameters.set(name.toLowerCase(), text);
  }
  return parameters;
}

function parameterText(value: Json): string | undefined {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string").join(",");
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function names(list: string | undefined): readonly string[] | undefined {
  const found = list?.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  return found?.length === 0 ? undefined : found;
}

function integer(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^[+-]?[0-9]{1,15}$/.test(text.trim()))
    throw badRequest("invalidValue", `${name} should be an integer.`);
  return Number(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw badRequest("invalidSyntax", "The query string is not percent-encoded UTF-8.");
  }
}
