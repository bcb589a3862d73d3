import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type AttributeDefinition, subAttributeNamed } from "./attribute.ts";
import { badRequest, ScimFailure } from "./errors.ts";
import { compileValueFilter } from "./filter-match.ts";
import type { Filter } from "./filter-syntax.ts";
import { distinctValues, normaliseAttribute, normaliseValue, requireFew } from "./normalise.ts";
import type { AttributeTarget } from "./patch-path.ts";

/** `value` is null when a `remove` came without one. */
export interface ValueChange {
  readonly op: "add" | "remove" | "replace";
  readonly value: Json;
}

/**
 * The new value of one attribute after one PATCH operation; undefined for unassigned. Changes nothing in place.
 * @throws ScimFailure `noTarget`, `invalidPath` or `invalidValue`.
 */
export function changedValue(
  target: AttributeTarget,
  change: ValueChange,
  current: Json | undefined,
): Json | undefined {
  const { attribute, sub, where } = target;
  if (!attribute.multiValued) {
    return sub === undefined ? changedSingle(attribute, change, current) : withPart(current, sub, change);
  }
  const values: readonly Json[] = Array.isArray(current) ? current : [];
  if (where !== undefined)
    return someValues(attribute, changedMatches(attribute, where, sub, change, values));
  if (sub === undefined) return someValues(attribute, changedPlural(attribute, change, values));
  if (values.length === 0 && change.op !== "remove") {
    throw badRequest("noTarget", `${attribute.name} has no values whose ${sub.name} could be set.`);
  }
  return someValues(
    attribute,
    changedParts(attribute, sub, change, values, () => true),
  );
}

function changedSingle(
  attribute: AttributeDefinition,
  { op, value }: ValueChange,
  current: Json | undefined,
): Json | undefined {
  if (op === "remove") return undefined;
  if (attribute.type !== "complex") return normaliseValue(attribute, value);
  // Entra ID clears a manager with an empty text.
  if (value === null || value === "") return undefined;
  const given = normaliseValue(attribute, value);
  const merged: Record<string, Json> = { ...(isJsonObject(current) ? current : {}) };
  for (const [name, part] of Object.entries(isJsonObject(value) ? value : {})) {
    const sub = part === null ? subAttributeNamed(attribute, name) : undefined;
    if (sub !== undefined && sub.mutability !== "readOnly") delete merged[sub.name];
  }
  Object.assign(merged, given);
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** One value with one of its parts set or taken away; undefined when nothing is left of it. */
function withPart(
  value: Json | undefined,
  sub: AttributeDefinition,
  change: ValueChange,
): JsonObject | undefined {
  const parts: Record<string, Json> = { ...(isJsonObject(value) ? value : {}) };
  const part = change.op === "remove" ? undefined : normaliseAttribute(sub, change.value);
  if (part === undefined) delete parts[sub.name];
  else parts[sub.name] = part;
  return Object.keys(parts).length === 0 ? undefined : parts;
}

function changedPlural(
  attribute: AttributeDefinition,
  { op, value }: ValueChange,
  values: readonly Json[],
): readonly Json[] {
  if (op === "remove") {
    if (value === null) return [];
    const gone = new Set(given(attribute, value).map(identity));
    return values.filter((held) => !gone.has(identity(held)));
  }
  if (op === "replace") return distinctValues(attribute, given(attribute, value));
  const result = new Map(values.map((held) => [identity(held), held]));
  const touched = new Set<Json>();
  for (const added of given(attribute, value)) {
    const name = identity(added);
    const held = result.get(name);
    const merged = isJsonObject(held) && isJsonObject(added) ? { ...held, ...added } : added;
    result.set(name, merged);
    touched.add(merged);
  }
  return withOnePrimary(attribute, [...result.values()], touched);
}

function changedMatches(
  attribute: AttributeDefinition,
  where: Filter,
  sub: AttributeDefinition | undefined,
  change: ValueChange,
  values: readonly Json[],
): readonly Json[] {
  const matches = pathFilter(where, attribute);
  if (!values.some(matches)) return changedNothing(attribute, where, sub, change, values);
  if (sub !== undefined) return changedParts(attribute, sub, change, values, matches);
  if (change.op === "remove") return values.filter((value) => !matches(value));
  const given = normaliseValue(attribute, change.value);
  if (!isJsonObject(given))
    throw badRequest("invalidValue", `A value of ${attribute.name} should not be empty.`);
  const touched = new Set<Json>();
  const result = values.map((value) => {
    if (!matches(value)) return value;
    const next = change.op === "add" && isJsonObject(value) ? { ...value, ...given } : { ...given };
    touched.add(next);
    return next;
  });
  return distinctValues(attribute, withOnePrimary(attribute, result, touched));
}

/**
 * A filter that matches nothing: `remove` has nothing to do, `replace` has no target (RFC 7644 section 3.5.2.3), and
 * `add` makes the value that the filter describes, which is how Entra ID adds a first work address.
 */
function changedNothing(
  attribute: AttributeDefinition,
  where: Filter,
  sub: AttributeDefinition | undefined,
  change: ValueChange,
  values: readonly Json[],
): readonly Json[] {
  if (change.op === "remove") return values;
  const described = change.op === "add" ? describedBy(where) : undefined;
  if (described === undefined)
    throw badRequest("noTarget", `No value of ${attribute.name} matches the filter.`);
  const value = sub === undefined ? change.value : { [sub.name]: change.value };
  if (!isJsonObject(value))
    throw badRequest("invalidValue", `A value of ${attribute.name} should be an object.`);
  return changedPlural(attribute, { op: "add", value: { ...described, ...value } }, values);
}

function changedParts(
  attribute: AttributeDefinition,
  sub: AttributeDefinition,
  change: ValueChange,
  values: readonly Json[],
  matches: (value: Json) => boolean,
): readonly Json[] {
  const touched = new Set<Json>();
  const result: Json[] = [];
  for (const value of values) {
    const next = matches(value) ? withPart(value, sub, change) : value;
    if (next === undefined) continue;
    if (next !== value) touched.add(next);
    result.push(next);
  }
  return distinctValues(attribute, withOnePrimary(attribute, result, touched));
}

/** A value that has become primary takes the mark from all others (RFC 7644 section 3.5.2). */
function withOnePrimary(
  attribute: AttributeDefinition,
  values: readonly Json[],
  touched: ReadonlySet<Json>,
): readonly Json[] {
  const isPrimary = (value: Json) => isJsonObject(value) && value.primary === true;
  const chosen = values.filter((value) => touched.has(value) && isPrimary(value));
  if (chosen.length > 1) throw badRequest("invalidValue", `${attribute.name} would have two primary values.`);
  if (chosen.length === 0) return values;
  return values.map((value) =>
    isJsonObject(value) && isPrimary(value) && value !== chosen[0] ? { ...value, primary: false } : value,
  );
}

/** The parts that a filter made of `eq` and `and` fixes; undefined for any other filter. */
function describedBy(where: Filter): Record<string, Json> | undefined {
  if (where.kind === "compare" && where.operator === "eq") return { [where.name]: where.value };
  if (where.kind !== "and") return undefined;
  const parts = where.parts.map(describedBy);
  return parts.some((part) => part === undefined) ? undefined : Object.assign({}, ...parts);
}

function pathFilter(where: Filter, attribute: AttributeDefinition): (value: Json) => boolean {
  try {
    return compileValueFilter(where, attribute);
  } catch (error) {
    throw error instanceof ScimFailure ? badRequest("invalidPath", error.message) : error;
  }
}

function given(attribute: AttributeDefinition, value: Json): readonly Json[] {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => normaliseValue(attribute, item) ?? []);
}

/** Two values are one when type and value agree (RFC 7643 section 2.4), or, without `value`, all of it. */
function identity(value: Json): string {
  return JSON.stringify(
    isJsonObject(value) && value.value !== undefined ? [value.type ?? "", value.value] : value,
  );
}

function someValues(attribute: AttributeDefinition, values: readonly Json[]): readonly Json[] | undefined {
  requireFew(attribute, values.length);
  return values.length === 0 ? undefined : values;
}
