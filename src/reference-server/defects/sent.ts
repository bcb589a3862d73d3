import type { Json, JsonObject } from "../../model/json.ts";
import { isJsonObject, jsonIn } from "../../model/json.ts";
import type { Reply, ScimRequest } from "../message.ts";

/** The JSON object a request carries; empty where it carries none. */
export function jsonOf({ body }: Pick<ScimRequest, "body">): JsonObject {
  if (body !== lastRead.body) lastRead = { body, value: parsed(body) };
  return lastRead.value;
}

/** Every layer around the sound server looks into the same body, one after the other: it is parsed once. */
let lastRead: { readonly body: string; readonly value: JsonObject } = { body: "", value: {} };

function parsed(body: string): JsonObject {
  const value = jsonIn(body);
  return isJsonObject(value) ? value : {};
}

/** The same request with another body. */
export const sending = (request: ScimRequest, body: JsonObject): ScimRequest => ({
  ...request,
  body: JSON.stringify(body),
});

/** The operations of a PATCH, as they were sent. */
export function operationsIn({ Operations: sent }: JsonObject): readonly JsonObject[] {
  return Array.isArray(sent) ? (sent as readonly Json[]).filter(isJsonObject) : [];
}

/** The body of a PATCH with other operations; one without any operation would be refused. */
export const withOperations = (body: JsonObject, operations: readonly JsonObject[]): JsonObject => ({
  ...body,
  Operations: operations,
});

/** Whether an operation adds, removes or replaces members by path. */
export const isOnMembers = ({ path }: JsonObject): boolean =>
  typeof path === "string" && /^members\b/i.test(path);

export const doesOp = ({ op }: JsonObject, word: "add" | "remove" | "replace"): boolean =>
  typeof op === "string" && op.toLowerCase() === word;

/** Adds of members, and nothing else, in this PATCH. */
export const onlyAddsMembers = (body: JsonObject): boolean => onlyDoes(body, "add");

/** Filtered removes of members, and nothing else, in this PATCH. */
export const onlyRemovesMembers = (body: JsonObject): boolean => onlyDoes(body, "remove");

function onlyDoes(body: JsonObject, word: "add" | "remove"): boolean {
  const sent = operationsIn(body);
  return sent.length > 0 && sent.every((operation) => isOnMembers(operation) && doesOp(operation, word));
}

/** The displayName that a PATCH without a path sets; undefined when it is no rename. */
export function renameIn(body: JsonObject): string | undefined {
  const value = operationsIn(body).find(({ path }) => path === undefined)?.value;
  const name = isJsonObject(value ?? null) ? (value as JsonObject).displayName : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Values of an array, or none. */
export const itemsIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** The entries of a list reply. */
export const listedIn = ({ body }: Reply): readonly JsonObject[] =>
  itemsIn(body?.Resources).filter(isJsonObject);

/** A reply with other members in its body; undefined takes one out. */
export function showing(reply: Reply, changes: Readonly<Record<string, Json | undefined>>): Reply {
  if (reply.body === undefined) return reply;
  return { ...reply, body: changed(reply.body, changes) };
}

/** A reply that shows other values, of those attributes alone that it shows anyway. */
export function overwriting(reply: Reply, values: Readonly<Record<string, Json | undefined>>): Reply {
  const shown = Object.entries(values).filter(([name]) => reply.body?.[name] !== undefined);
  return showing(reply, Object.fromEntries(shown));
}

/** An object with other members; undefined takes one out. */
export function changed(body: JsonObject, changes: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries({ ...body, ...changes })) {
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
