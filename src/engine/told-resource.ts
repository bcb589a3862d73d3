import { isJsonObject, type Json } from "../model/json.ts";
import { type Collection, URN } from "../model/scim.ts";
import { nameAttribute } from "./sent-resource.ts";

/** An id as text; undefined for what identifies nothing. A number past 2^53 has lost digits and may be another's. */
export function idOf(resource: Json | undefined): string | undefined {
  const id = isJsonObject(resource) ? resource.id : undefined;
  if (typeof id === "number") return Number.isSafeInteger(id) ? String(id) : undefined;
  return isUsable(id) ? id : undefined;
}

/** Whether a text can stand in an address: half a surrogate pair cannot be written there, and nothing names nothing. */
export function isUsable(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "" && value.isWellFormed();
}

/** The userName of a person or the displayName of a group, as an answer shows it. */
export function nameOf(resource: Json | undefined): string | undefined {
  if (!isJsonObject(resource)) return undefined;
  const name = resource.userName ?? resource.displayName;
  return typeof name === "string" ? name : undefined;
}

/**
 * The name that clean-up goes by, where an answer shows one. Some servers put what belongs at the root of a resource
 * into an object named after its schema.
 */
export function nameShown(resource: Json | undefined, collection: Collection): string | undefined {
  if (!isJsonObject(resource)) return undefined;
  const attribute = nameAttribute(collection);
  const within = resource[collection === "Users" ? URN.user : URN.group];
  const name = resource[attribute] ?? (isJsonObject(within) ? within[attribute] : undefined);
  return typeof name === "string" ? name : undefined;
}
