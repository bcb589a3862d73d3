/** A filter of RFC 7644 section 3.4.2.2, as written: names are not looked up yet. */
export type Filter =
  | {
      readonly kind: "compare";
      readonly name: string;
      readonly operator: CompareOperator;
      readonly value: FilterValue;
    }
  | { readonly kind: "present"; readonly name: string }
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  /** `emails[type eq "work"]`: some value of the attribute satisfies the filter inside. */
  | { readonly kind: "some"; readonly name: string; readonly filter: Filter };

export const COMPARE_OPERATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type CompareOperator = (typeof COMPARE_OPERATORS)[number];

export type FilterValue = string | number | boolean | null;

/** The path of a PATCH operation, as written: `name`, `name[filter]` or `name[filter].sub`. */
export interface PatchPath {
  readonly name: string;
  readonly where?: Filter;
  readonly sub?: string;
}

/** Writes a filter so that parsing gives the same one again. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "compare":
      return `${filter.name} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case "present":
      return `${filter.name} pr`;
    case "not":
      return `not (${printFilter(filter.filter)})`;
    case "some":
      return `${filter.name}[${printFilter(filter.filter)}]`;
    case "and":
    case "or":
      return filter.parts
        .map((part) =>
          part.kind === "and" || part.kind === "or" ? `(${printFilter(part)})` : printFilter(part),
        )
        .join(` ${filter.kind} `);
  }
}
