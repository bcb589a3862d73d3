import { badRequest, ScimFailure } from "../errors.ts";
import type { Filter } from "../filter-syntax.ts";
import type { ScimRequest } from "../message.ts";
import type { Variation } from "../variation.ts";
import { listUsers, spoiling } from "./spoil.ts";

type Make = Variation["make"];

/** The comparison in a filter, on its own. */
export type Comparison = Extract<Filter, { readonly kind: "compare" }>;

/** What everything in the store fulfils: the condition is as good as left out. */
export const EVERYTHING: Filter = { kind: "present", name: "id" };
export const NOTHING: Filter = { kind: "not", filter: EVERYTHING };

/**
 * A server that takes some parts of a filter for others. `change` sees each part before the ones inside it, and what
 * it gives back for a part it changes is final. What stands in the brackets of a value path is left alone.
 */
export function misreading(change: (part: Filter) => Filter): Make {
  return ({ operations }) => ({
    replace: { parseFilter: (text) => misread(operations.parseFilter(text), change) },
  });
}

/** As `misreading`, for comparisons alone. */
export function miscomparing(isMeant: (comparison: Comparison) => boolean, as: Filter): Make {
  return misreading((part) => (part.kind === "compare" && isMeant(part) ? as : part));
}

/** As `misreading`, for one operator taken for another. */
export function mistaking(operator: Comparison["operator"], other: Comparison["operator"]): Make {
  return misreading((part) =>
    part.kind === "compare" && part.operator === operator ? { ...part, operator: other } : part,
  );
}

function misread(filter: Filter, change: (part: Filter) => Filter): Filter {
  const changed = change(filter);
  if (changed !== filter) return changed;
  if (filter.kind === "not") return { ...filter, filter: misread(filter.filter, change) };
  if (filter.kind !== "and" && filter.kind !== "or") return filter;
  return { ...filter, parts: filter.parts.map((part) => misread(part, change)) };
}

/** A server that reads another text than the one that was sent as the filter. */
export function rewritingFilters(rewrite: (text: string) => string): Make {
  return ({ operations }) => ({
    replace: { parseFilter: (text) => operations.parseFilter(rewrite(text)) },
  });
}

/** A server that does not know some texts as filters. */
export const refusingFilters = (isMeant: (text: string) => boolean): Make =>
  rewritingFilters((text) => {
    if (isMeant(text)) throw badRequest("invalidFilter", "The filter cannot be understood.");
    return text;
  });

/** A server that refuses some look-ups as it should, and does not say with a scimType what it refuses. */
export const refusingWithoutWord = (isMeant: (text: string) => boolean): Make =>
  spoiling(listUsers, ({ request }, proceed) => {
    try {
      return proceed();
    } catch (failure) {
      if (!(failure instanceof ScimFailure) || !isMeant(filterIn(request))) throw failure;
      throw new ScimFailure(failure.status, failure.message);
    }
  });

/** The filter of a list, as it was meant; empty where there is none. */
export const filterIn = ({ query }: ScimRequest): string => query.get("filter") ?? "";

/** A request with other parameters; undefined takes one out. Names are in lower case. */
export function asking(
  request: ScimRequest,
  parameters: Readonly<Record<string, string | undefined>>,
): ScimRequest {
  const query = new Map(request.query);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return { ...request, query };
}
