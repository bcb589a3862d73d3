import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** A member as Okta's group pushes carry it (okta-behaviors.md 1.2, B-MEMBERS20). */
export interface Member {
  readonly value: string;
  readonly display: string;
}

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

/** The people an action puts into groups, as `${crowd}` gives them: `{ value, display }`. */
export function membersArgument(given: Arguments, name: string): readonly Member[] {
  return objectsArgument(given, name).map(({ value, display }) => {
    if (typeof value !== "string") throw new TypeError(`each element of ${name} needs a value`);
    return { value, display: typeof display === "string" ? display : value };
  });
}
