import type { Json } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type AttributeDefinition, attributeNamed, subAttributeNamed } from "./attribute.ts";
import { type AttributePlace, resolveAttribute } from "./attribute-path.ts";
import { comparison } from "./comparison.ts";
import { badRequest, quoted, ScimFailure } from "./errors.ts";
import type { Filter } from "./filter-syntax.ts";
import { readAttribute, type View } from "./read-attribute.ts";
import type { Resource } from "./resource.ts";
import type { ResourceType } from "./schemas.ts";

export type ResourceTest = (resource: Resource) => boolean;
type ValueTest = (value: Json) => boolean;

/**
 * Turns a filter into a test of resources of one type.
 * @throws ScimFailure `invalidFilter` for an attribute no schema knows, or an operator its type does not have.
 */
export function compileFilter(filter: Filter, type: ResourceType, view: View): ResourceTest {
  switch (filter.kind) {
    case "and":
    case "or":
      return joined(
        filter.kind,
        filter.parts.map((part) => compileFilter(part, type, view)),
      );
    case "not": {
      const inner = compileFilter(filter.filter, type, view);
      return (resource) => !inner(resource);
    }
    case "some": {
      const place = filterable(type, filter.name);
      if (place.attribute.subAttributes === undefined || place.subAttribute !== undefined) {
        throw badRequest("invalidFilter", `${quoted(filter.name)} has no sub-attributes to filter by.`);
      }
      const inner = compileValueFilter(filter.filter, place.attribute);
      return (resource) => valuesAt(view, resource, place).some(inner);
    }
    case "present": {
      const place = filterable(type, filter.name);
      return (resource) => valuesAt(view, resource, place).some(isPresent);
    }
    case "compare": {
      const place = filterable(type, filter.name);
      const { leaf, of } = comparedValue(place, filter.name);
      const test = comparison(leaf, filter.operator, filter.value);
      return (resource) => test(valuesAt(view, resource, place).flatMap(of));
    }
  }
}

/** As `compileFilter`, for one value of a complex attribute: what stands in the brackets of a value path. */
export function compileValueFilter(filter: Filter, attribute: AttributeDefinition): ValueTest {
  switch (filter.kind) {
    case "and":
    case "or":
      return joined(
        filter.kind,
        filter.parts.map((part) => compileValueFilter(part, attribute)),
      );
    case "not": {
      const inner = compileValueFilter(filter.filter, attribute);
      return (value) => !inner(value);
    }
    case "some":
      throw badRequest("invalidFilter", "A value path cannot stand inside another.");
    case "present": {
      const sub = subAttribute(attribute, filter.name);
      return (value) => partsOf(value, sub.name).some(isPresent);
    }
    case "compare": {
      const sub = subAttribute(attribute, filter.name);
      const test = comparison(sub, filter.operator, filter.value);
      return (value) => test(partsOf(value, sub.name));
    }
  }
}

/** RFC 7644 table 3, `pr`: there is a value that is not empty, or a complex one with a part that is not. */
function isPresent(value: Json): boolean {
  if (value === null || value === "") return false;
  return !isJsonObject(value) || Object.values(value).some(isPresent);
}

function joined<Value>(word: "and" | "or", tests: readonly ((value: Value) => boolean)[]) {
  return word === "and"
    ? (value: Value) => tests.every((test) => test(value))
    : (value: Value) => tests.some((test) => test(value));
}

function filterable(type: ResourceType, name: string): AttributePlace {
  const place = resolveAttribute(type, name);
  if (place === undefined) {
    throw badRequest("invalidFilter", `${type.name} has no attribute ${quoted(name)}.`);
  }
  if (place.attribute.returned === "never") {
    throw new ScimFailure(403, `${place.attribute.name} cannot be searched by.`, "sensitive");
  }
  return place;
}

function subAttribute(attribute: AttributeDefinition, name: string): AttributeDefinition {
  const sub = subAttributeNamed(attribute, name);
  if (sub === undefined) {
    throw badRequest("invalidFilter", `${attribute.name} has no sub-attribute ${quoted(name)}.`);
  }
  return sub;
}

/** A multi-valued attribute with `value` is compared by it; another complex one has nothing to compare. */
function comparedValue(
  place: AttributePlace,
  name: string,
): { leaf: AttributeDefinition; of: (value: Json) => readonly Json[] } {
  const leaf = place.subAttribute ?? place.attribute;
  if (leaf.subAttributes === undefined) return { leaf, of: (value) => [value] };
  const value = leaf.multiValued ? attributeNamed(leaf.subAttributes, "value") : undefined;
  if (value === undefined) {
    throw badRequest("invalidFilter", `${quoted(name)} has parts; name the one to compare.`);
  }
  return { leaf: value, of: (item) => partsOf(item, value.name) };
}

function valuesAt(view: View, resource: Resource, place: AttributePlace): readonly Json[] {
  const held = readAttribute(view, resource, place.extension, place.attribute.name);
  if (held === undefined || held === null) return [];
  const values: readonly Json[] = Array.isArray(held) ? held : [held];
  const sub = place.subAttribute?.name;
  return sub === undefined ? values : values.flatMap((value) => partsOf(value, sub));
}

function partsOf(value: Json, sub: string): readonly Json[] {
  const part = isJsonObject(value) ? value[sub] : undefined;
  return part === undefined || part === null ? [] : [part];
}
