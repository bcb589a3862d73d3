import type { Filter } from "../filter-syntax.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { type Comparison, EVERYTHING, miscomparing, misreading, mistaking, NOTHING } from "./misread.ts";

const uses =
  (operator: Comparison["operator"]) =>
  (comparison: Comparison): boolean =>
    comparison.operator === operator;

const names =
  (name: string) =>
  (comparison: Comparison): boolean =>
    comparison.name.toLowerCase() === name;

/** `le` and `ge` of the time a resource was made. */
const mistakingCreated = (operator: "le" | "ge", as: Comparison["operator"]): Variation["make"] =>
  misreading((part) =>
    part.kind === "compare" && names("meta.created")(part) && part.operator === operator
      ? { ...part, operator: as }
      : part,
  );

/** `a or b and c`, read from left to right. */
function fromLeftToRight(filter: Filter): Filter {
  if (filter.kind !== "or") return filter;
  const last = filter.parts.at(-1);
  const [first, ...others] = last?.kind === "and" ? last.parts : [];
  if (first === undefined) return filter;
  return { kind: "and", parts: [{ kind: "or", parts: [...filter.parts.slice(0, -1), first] }, ...others] };
}

const nameIn = (part: Filter): string => (part.kind === "compare" ? part.name.toLowerCase() : "");

/** Equality of one attribute with several values. */
const isListOfValues = (parts: readonly Filter[]) =>
  parts.every((part) => part.kind === "compare" && part.operator === "eq") &&
  new Set(parts.map(nameIn)).size === 1;

/** What servers do wrong with filters that nobody has to offer. */
export const rfcFilterOperators: readonly Defect[] = [
  {
    name: "co-escapes-its-wildcards",
    title: "co is turned into a pattern whose wildcards are escaped with the rest, which fits nobody.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.contains"],
    also: [],
    make: miscomparing(uses("co"), NOTHING),
  },
  {
    name: "sw-starts-one-late",
    title: "sw compares from the second character, because the database counts from 1, and fits nobody.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.starts"],
    also: because("the user with another value is searched with sw, too", "RFC7644-3.4.2.2-09.unequal"),
    make: miscomparing(uses("sw"), NOTHING),
  },
  {
    name: "co-left-out",
    title: "A condition with co is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.contains"],
    also: [],
    make: miscomparing(uses("co"), EVERYTHING),
  },
  {
    name: "sw-left-out",
    title: "A condition with sw is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.starts"],
    also: [],
    make: miscomparing(uses("sw"), EVERYTHING),
  },
  {
    name: "ew-finds-nobody",
    title: "ew is turned into a pattern with the wildcard at the wrong end, which fits nobody.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.ends"],
    also: [],
    make: miscomparing(uses("ew"), NOTHING),
  },
  {
    name: "ne-read-as-eq",
    title: "ne is taken for eq.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-09.unequal"],
    also: [],
    make: mistaking("ne", "eq"),
  },
  {
    name: "created-ge-leaves-out-the-moment",
    title: "meta.created ge leaves out those who were made at that very moment.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-10.after"],
    also: [],
    make: mistakingCreated("ge", "gt"),
  },
  {
    name: "created-le-wants-the-moment",
    title: "meta.created le finds only those who were made at that very moment.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-10.before"],
    also: [],
    make: mistakingCreated("le", "eq"),
  },
  {
    name: "same-attribute-and-is-or",
    title: "Values that one attribute is compared with become a list of which any will do, also behind and.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-11.both"],
    also: because("the conditions that bind more tightly are such values", "RFC7644-3.4.2.2-11.precedence"),
    make: misreading((part) =>
      part.kind === "and" && isListOfValues(part.parts) ? { ...part, kind: "or" } : part,
    ),
  },
  {
    name: "second-alternative-lost",
    title: "Of conditions that are joined by or, the first alone counts.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-11.either"],
    also: because(
      "the one to be found is the second of two alternatives",
      "RFC7644-3.4.2.2-07.negated",
      "RFC7644-3.4.2.2-11.negation",
    ),
    make: misreading((part) => (part.kind === "or" ? (part.parts[0] ?? part) : part)),
  },
  {
    name: "not-left-out",
    title: "not is read and forgotten.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-11.negation"],
    also: because("this condition is negated as well", "RFC7644-3.4.2.2-07.negated"),
    make: misreading((part) => (part.kind === "not" ? part.filter : part)),
  },
  {
    name: "read-from-left-to-right",
    title: "and and or are applied in the order in which they stand.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-11.precedence"],
    also: [],
    make: misreading(fromLeftToRight),
  },
  {
    name: "id-searched-among-row-numbers",
    title: "A filter by id compares the key of the database, which nobody is shown.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.id"],
    also: [],
    make: miscomparing(names("id"), NOTHING),
  },
  {
    name: "active-compared-as-text",
    title: "A filter by active compares a text with a boolean, and finds nobody.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.boolean"],
    also: [],
    make: miscomparing((part) => names("active")(part) && part.operator === "eq", NOTHING),
  },
  {
    name: "address-compared-as-whole",
    title: "A filter by emails.value compares the whole list of addresses.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.sub-attribute"],
    also: [],
    make: miscomparing(names("emails.value"), NOTHING),
  },
  {
    name: "value-path-without-type",
    title: "Of the conditions in the brackets of a value path, the one on the type is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.value-path"],
    also: [],
    make: misreading((part) => {
      if (part.kind !== "some" || part.filter.kind !== "and") return part;
      const others = part.filter.parts.filter((inside) => nameIn(inside) !== "type");
      return { ...part, filter: { kind: "and", parts: others } };
    }),
  },
  {
    name: "urn-cut-at-its-dot",
    title: "The name of an attribute ends at the dot in the version of its schema, and means nothing then.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.urn"],
    also: [],
    make: miscomparing(({ name }) => /^urn:.*2\.0/i.test(name), NOTHING),
  },
  {
    name: "schemas-not-searched",
    title: "A filter by schemas finds nobody, because schemas is not stored.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.schemas"],
    also: [],
    make: miscomparing(names("schemas"), NOTHING),
  },
  {
    name: "member-condition-left-out",
    title: "A condition on the members of a group is left out.",
    layer: "app",
    target: ["RFC7644-3.4.2.2-12.member"],
    also: [],
    make: miscomparing(names("members.value"), EVERYTHING),
  },
];
