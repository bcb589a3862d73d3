import { isJsonObject, type Json } from "../model/json.ts";

/** An id as text; undefined for what identifies nothing. A number past 2^53 has lost digits and may be another's. */
export function idOf(resource: Json | undefined): string | undefined {
  const id = isJsonObject(resource) ? resource.id : undefined;
  if (typeof id === "number") return Number.isSafeInteger(id) ? String(id) : undefined;
  return isUsable(id) ? id : undefined;
}

/** Whether a text can stand in an address: half a surrogate pair cannot be written there, and nothing names nothing. */
export function isUsable(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "" && !/\p{Surrogate}/u.test(value);
}

/** The userName of a person or the displayName of a group, as an answer shows it. */
export function nameOf(resource: Json | undefined): string | undefined {
  if (!isJsonObject(resource)) return undefined;
  const name = resource.userName ?? resource.displayName;
  return typeof name === "string" ? name : undefined;
}
