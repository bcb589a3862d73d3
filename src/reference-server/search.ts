import type { Json } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { resolveAttribute } from "./attribute-path.ts";
import type { Context } from "./context.ts";
import { requireAffordable } from "./effort.ts";
import { badRequest, ScimFailure } from "./errors.ts";
import { compileFilter } from "./filter-match.ts";
import type { Filter } from "./filter-syntax.ts";
import type { ListQuery } from "./query.ts";
import { readAttribute, type View } from "./read-attribute.ts";
import type { Resource } from "./resource.ts";
import type { ResourceType } from "./schemas.ts";
import type { Store } from "./store.ts";

/** What a list or search found, before it is cut into a page. */
export interface Matches {
  readonly total: number;
  /** Up to `count` resources after skipping `offset`. */
  page(offset: number, count: number): readonly Resource[];
}

/** @throws ScimFailure `invalidFilter`, or `invalidPath` for a sortBy that no schema knows. */
export function findMatches(context: Context, types: readonly ResourceType[], query: ListQuery): Matches {
  const [type] = types;
  if (query.filter === undefined && query.sortBy === undefined && types.length === 1 && type !== undefined) {
    const { store } = context;
    return { total: store.count(type), page: (offset, count) => store.page(type, offset, count) };
  }
  const filter = query.filter === undefined ? undefined : context.operations.parseFilter(query.filter);
  const found = filter === undefined ? types.flatMap((each) => [...context.store.all(each)]) : [];
  if (filter !== undefined) found.push(...filteredByType(context, types, filter));
  const sorted =
    query.sortBy === undefined ? found : sortedBy(context, found, query.sortBy, query.descending);
  return { total: sorted.length, page: (offset, count) => sorted.slice(offset, offset + count) };
}

/** Searching several types, one that lacks an attribute of the filter has no matches (RFC 7644 section 3.4.2.1). */
function filteredByType(
  context: Context,
  types: readonly ResourceType[],
  filter: Filter,
): readonly Resource[] {
  const failures: ScimFailure[] = [];
  const found: Resource[] = [];
  for (const type of types) {
    try {
      for (const resource of context.operations.matching(context, type, filter)) found.push(resource);
    } catch (error) {
      if (!(error instanceof ScimFailure)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first !== undefined && failures.length === types.length) throw first;
  return found;
}

/** The resources of one type that a filter matches, oldest first. */
export function matching(view: View, type: ResourceType, filter: Filter): readonly Resource[] {
  const test = compileFilter(filter, type, view);
  const candidates = candidatesOf(view.store, type, filter);
  if (candidates !== undefined) {
    return candidates.filter(test).sort((one, other) => one.sequence - other.sequence);
  }
  requireAffordable(view.store, type, filter);
  const found: Resource[] = [];
  for (const resource of view.store.all(type)) if (test(resource)) found.push(resource);
  return found;
}

/** A few resources among which all matches are, when an index can tell; the filter still has to be tested. */
function candidatesOf(store: Store, type: ResourceType, filter: Filter): readonly Resource[] | undefined {
  if (filter.kind === "and") {
    for (const part of filter.parts) {
      const candidates = candidatesOf(store, type, part);
      if (candidates !== undefined) return candidates;
    }
    return undefined;
  }
  const equality = filter.kind === "some" ? equalityWithin(filter.name, filter.filter) : filter;
  if (equality?.kind !== "compare" || equality.operator !== "eq") return undefined;
  const place = resolveAttribute(type, equality.name);
  if (place === undefined || typeof equality.value !== "string") return undefined;
  return store.findEqual(type, place, equality.value);
}

/** The condition on `value` in `emails[type eq "work" and value eq "…"]`, as a comparison of `emails.value`. */
function equalityWithin(name: string, inside: Filter): Filter | undefined {
  const parts = inside.kind === "and" ? inside.parts : [inside];
  const equality = parts.find(
    (part) => part.kind === "compare" && part.operator === "eq" && part.name.toLowerCase() === "value",
  );
  return equality?.kind === "compare" ? { ...equality, name: `${name}.value` } : undefined;
}

/** Resources without the attribute come last when ascending, first when descending (RFC 7644 section 3.4.2.3). */
function sortedBy(
  view: View,
  resources: readonly Resource[],
  sortBy: string,
  descending: boolean,
): readonly Resource[] {
  const known = resources.some(({ type }) => resolveAttribute(type, sortBy) !== undefined);
  if (!known && resources.length > 0) throw badRequest("invalidPath", `sortBy names an unknown attribute.`);
  const keyed = resources.map((resource) => ({ resource, key: sortKey(view, resource, sortBy) }));
  const direction = descending ? -1 : 1;
  keyed.sort((one, other) => direction * ordered(one.key, other.key));
  return keyed.map(({ resource }) => resource);
}

type SortKey = string | number | undefined;

function sortKey(view: View, resource: Resource, sortBy: string): SortKey {
  const place = resolveAttribute(resource.type, sortBy);
  if (place === undefined || place.attribute.returned === "never") return undefined;
  const held = readAttribute(view, resource, place.extension, place.attribute.name);
  const value = Array.isArray(held) ? preferred(held) : held;
  const part = isJsonObject(value) ? value[place.subAttribute?.name ?? "value"] : value;
  if (typeof part === "number") return part;
  if (typeof part === "boolean") return Number(part);
  if (typeof part !== "string") return undefined;
  return (place.subAttribute ?? place.attribute).caseExact ? part : part.toLowerCase();
}

/** Of many values the primary one counts, or else the first. */
function preferred(values: readonly Json[]): Json | undefined {
  return values.find((value) => isJsonObject(value) && value.primary === true) ?? values[0];
}

function ordered(one: SortKey, other: SortKey): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
