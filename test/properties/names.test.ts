import fc from "fast-check";
import { describe, expect } from "vitest";
import { pathText } from "../../src/decode/path-text.ts";
import type { Json } from "../../src/model/json.ts";
import { parsePath, valueAt } from "../../src/model/path.ts";
import { holdsFor } from "../../src/model/target.ts";
import { holds } from "./property.ts";

const key = fc.oneof(
  fc.constantFrom(
    "name",
    "$",
    "$ref",
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "a.b",
    "a[0]",
    '"',
    "\\",
    "",
    "__proto__",
    "0",
    " ",
  ),
  fc.string({ unit: "binary" }),
);
const path = fc.array(fc.oneof(key, fc.nat(9)), { minLength: 1, maxLength: 5 });

/** A document that holds a value at a path, and nothing else. */
const holding = (segments: readonly (string | number)[], value: Json): Json =>
  segments.reduceRight<Json>((inner, segment) => {
    if (typeof segment === "number") return [...Array<Json>(segment).fill(null), inner];
    return Object.fromEntries([[segment, inner]]);
  }, value);

describe("a path to a value in JSON", () => {
  holds("path-print", "leads where it was written from, whatever the keys are", path, (segments) => {
    const text = pathText(segments);
    expect(parsePath(text)).toEqual(segments);
    expect(valueAt(holding(segments, "there"), text)).toBe("there");
  });

  holds(
    "path-hostile",
    "of any text is read or refused, and reaches nothing that is no own key",
    fc.record({ text: fc.string({ unit: "binary" }), value: fc.jsonValue() }),
    ({ text, value }) => {
      const found = valueAt(value as Json, text);
      if (found !== undefined) expect(JSON.stringify(value)).toContain(JSON.stringify(found));
    },
  );
});

/** Releases as products number them: `1.0.0`, `v202401-1`, `2026_02`. */
const release = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
const isBefore = (one: readonly number[], other: readonly number[]): boolean => {
  const at = one.findIndex((part, index) => part !== (other[index] ?? 0));
  return at === -1 ? other.slice(one.length).some((part) => part > 0) : (one[at] ?? 0) < (other[at] ?? 0);
};

describe("the releases that a fact holds for", () => {
  holds(
    "release-range",
    "are those between its first and its last, both included, numbers compared as numbers",
    fc.record({
      release,
      since: fc.option(release, { nil: null }),
      until: fc.option(release, { nil: null }),
      between: fc.constantFrom(".", "-", "_"),
    }),
    ({ release: named, since, until, between }) => {
      const written = (parts: readonly number[]) => parts.join(between);
      const holdsThere = holdsFor(
        {
          ...(since === null ? {} : { since: written(since) }),
          ...(until === null ? {} : { until: written(until) }),
        },
        written(named),
      );
      const meant =
        !(since !== null && isBefore(named, since)) && !(until !== null && isBefore(until, named));
      expect(holdsThere).toBe(meant);
    },
  );
});
