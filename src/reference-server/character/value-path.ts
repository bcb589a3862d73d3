import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** The values at a path such as `emails.value`: those of every element where an array stands in between. */
export function valueAtPath(object: JsonObject, path: string): readonly Json[] {
  return valuesAt(object, path.split("."));
}

function valuesAt(value: Json | undefined, names: readonly string[]): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => valuesAt(item, names));
  const [name, ...rest] = names;
  if (name === undefined) return value === "" ? [] : [value];
  return isJsonObject(value) ? valuesAt(named(value, name), rest) : [];
}

function named(object: JsonObject, name: string): Json | undefined {
  return Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The same object without what stands at a path, in every element where an array stands in between. */
export function withoutPath(object: JsonObject, path: string): JsonObject {
  return changedAt(object, path.split("."), () => undefined) as JsonObject;
}

/** The same object with another value at a path, where one is there. */
export function changedAtPath(
  object: JsonObject,
  path: string,
  change: (value: Json) => Json | undefined,
): JsonObject {
  return changedAt(object, path.split("."), change) as JsonObject;
}

function changedAt(value: Json, names: readonly string[], change: (value: Json) => Json | undefined): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => changedAt(item, names, change));
  if (!isJsonObject(value)) return value;
  const [name = "", ...rest] = names;
  const wanted = name.toLowerCase();
  const isIt = (key: string) => key.length === wanted.length && key.toLowerCase() === wanted;
  if (!Object.keys(value).some(isIt)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
    if (!isIt(key)) return [[key, item]];
    const next = rest.length === 0 ? change(item) : changedAt(item, rest, change);
    // An object that lost its last part says nothing any more.
    const isEmpty = isJsonObject(next ?? null) && Object.keys(next as JsonObject).length === 0;
    return next === undefined || isEmpty ? [] : [[key, next]];
  });
  return Object.fromEntries(entries);
}
