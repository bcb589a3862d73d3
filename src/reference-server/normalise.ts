import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type AttributeDefinition, attributeNamed } from "./attribute.ts";
import { badRequest } from "./errors.ts";
import type { Attributes } from "./resource.ts";
import { commonAttributes, type ResourceType } from "./schemas.ts";

/**
 * Reads a resource a client wrote: canonical names, canonical types, nothing a schema does not declare and nothing
 * read-only. What is null, empty or left out is unassigned alike (RFC 7643 section 2.5).
 * @throws ScimFailure `invalidValue` when a value has the wrong type.
 */
export function normaliseResource(type: ResourceType, body: JsonObject): Attributes {
  const resource: Record<string, Json> = {};
  for (const [key, value] of Object.entries(body)) {
    const extension = type.extensions.find(({ id }) => id.toLowerCase() === key.toLowerCase());
    if (extension !== undefined) {
      const inside = normaliseParts(extension.attributes, value, extension.name);
      if (inside !== undefined) resource[extension.id] = inside;
      continue;
    }
    const attribute = attributeNamed(type.schema.attributes, key) ?? attributeNamed(commonAttributes, key);
    if (attribute === undefined || attribute.mutability === "readOnly") continue;
    const normal = normaliseAttribute(attribute, value);
    if (normal !== undefined) resource[attribute.name] = normal;
  }
  return resource;
}

/** The value of one attribute, in full: an array when it is multi-valued. Undefined when unassigned. */
export function normaliseAttribute(attribute: AttributeDefinition, value: Json): Json | undefined {
  if (!attribute.multiValued) return normaliseValue(attribute, value);
  if (value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(attribute, "an array");
  const values: Json[] = [];
  for (const item of value as readonly Json[]) {
    const normal = normaliseValue(attribute, item);
    if (normal !== undefined) values.push(normal);
  }
  requireFew(attribute, values.length);
  return values.length === 0 ? undefined : distinctValues(attribute, values);
}

/** Nobody has as many addresses, and a request that changes each of them thousands of times must still end. */
const MOST_VALUES = 1_000;

/** @throws ScimFailure `invalidValue` when one attribute other than a group's members would have too many values. */
export function requireFew(attribute: AttributeDefinition, values: number): void {
  if (values > MOST_VALUES && attribute.name !== "members") {
    throw badRequest("invalidValue", `${attribute.name} can have ${MOST_VALUES} values, not ${values}.`);
  }
}

/** One value of an attribute. Undefined when unassigned. */
export function normaliseValue(attribute: AttributeDefinition, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (attribute.returned === "never") return sealed(attribute, value);
  switch (attribute.type) {
    case "complex":
      return normaliseParts(attribute.subAttributes ?? [], value, attribute.name);
    case "boolean":
      return normaliseBoolean(attribute, value);
    case "integer":
      if (!Number.isInteger(value)) throw wrongType(attribute, "an integer");
      return value;
    case "decimal":
      if (typeof value !== "number") throw wrongType(attribute, "a number");
      return value;
    case "dateTime":
      if (typeof value !== "string" || Number.isNaN(Date.parse(value)))
        throw wrongType(attribute, "a date-time");
      return value;
    default:
      if (typeof value !== "string") throw wrongType(attribute, "a text");
      return value;
  }
}

function normaliseParts(
  definitions: readonly AttributeDefinition[],
  value: Json,
  name: string,
): JsonObject | undefined {
  if (value === null) return undefined;
  if (!isJsonObject(value)) throw badRequest("invalidValue", `${name} should be an object.`);
  const parts: Record<string, Json> = {};
  for (const [key, part] of Object.entries(value)) {
    const definition = attributeNamed(definitions, key);
    if (definition === undefined || definition.mutability === "readOnly") continue;
    const normal = normaliseAttribute(definition, part);
    if (normal !== undefined) parts[definition.name] = normal;
  }
  return Object.keys(parts).length === 0 ? undefined : parts;
}

/** Entra ID sends booleans as text; that is what every provider it works with accepts. */
function normaliseBoolean(attribute: AttributeDefinition, value: Json): boolean {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  if (word !== "true" && word !== "false") throw wrongType(attribute, "true or false");
  return word === "true";
}

/** Kept as a digest: enough to see that it changed, useless to whoever reads it. */
function sealed(attribute: AttributeDefinition, value: Json): string {
  if (typeof value !== "string") throw wrongType(attribute, "a text");
  return createHash("sha256").update(value).digest("base64");
}

/**
 * RFC 7643 section 2.4: one (type, value) pair stands once, and at most one value is primary.
 * @throws ScimFailure `invalidValue` when two values claim to be primary.
 */
export function distinctValues(attribute: AttributeDefinition, values: readonly Json[]): readonly Json[] {
  const distinct = new Map<string, Json>();
  for (const value of values) {
    const pair = isJsonObject(value) && value.value !== undefined ? [value.type ?? "", value.value] : value;
    const key = JSON.stringify(pair);
    if (!distinct.has(key)) distinct.set(key, value);
  }
  const primaries = [...distinct.values()].filter((value) => isJsonObject(value) && value.primary === true);
  if (primaries.length > 1) {
    throw badRequest("invalidValue", `${attribute.name} has more than one primary value.`);
  }
  return [...distinct.values()];
}

function wrongType(attribute: AttributeDefinition, expected: string) {
  return badRequest("invalidValue", `${attribute.name} should be ${expected}.`);
}
