import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Member } from "../member-changes.ts";

type Arguments = Readonly<Record<string, Json>>;

/** An argument that is a text or a number, as text. Throws when a scenario gave something else: a bug in the file. */
export function textArgument(given: Arguments, name: string): string {
  const value = given[name];
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new TypeError(`the argument ${name} has to be a text`);
}

/** A whole number of at least 1. Throws when it is anything else. */
export function countArgument(given: Arguments, name: string): number {
  const value = given[name];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
  throw new TypeError(`the argument ${name} has to be a whole number of at least 1`);
}

/** An array of objects. Throws when it is anything else. */
export function objectsArgument(given: Arguments, name: string): readonly JsonObject[] {
  const value = given[name];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw new TypeError(`the argument ${name} has to be a list of objects`);
}

/** The people an action puts into groups: `{ value, display }` as `${crowd}` gives them, or plain ids. */
export function membersArgument(given: Arguments, name: string): readonly Member[] {
  const value = given[name];
  if (!Array.isArray(value)) throw new TypeError(`the argument ${name} has to be a list of members`);
  return (value as readonly Json[]).map((member) => {
    if (typeof member === "string") return { value: member, display: member };
    const { value: id, display } = isJsonObject(member) ? member : {};
    if (typeof id !== "string") throw new TypeError(`each element of ${name} needs a value`);
    return { value: id, display: typeof display === "string" ? display : id };
  });
}

/** A list of texts; an absent argument is an empty one. */
export function textsArgument(given: Arguments, name: string): readonly string[] {
  const value = given[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new TypeError(`the argument ${name} has to be a list of texts`);
}

/** One object. */
export function objectArgument(given: Arguments, name: string): JsonObject {
  const value = given[name];
  if (isJsonObject(value)) return value;
  throw new TypeError(`the argument ${name} has to be an object`);
}
