import { describe, expect, it } from "vitest";
import { show } from "../../../src/checks/answer.ts";
import { differencesOfValue, sameJson } from "../../../src/checks/value.ts";
import type { Json } from "../../../src/model/json.ts";
import type { BodyTemplate, ValueMatcher } from "../../../src/model/scenario.ts";

const is = (value: Json): BodyTemplate => ({ kind: "literal", value });
const fill = (template: BodyTemplate): Json => (template.kind === "literal" ? template.value : null);
const differences = (actual: Json | undefined, matcher: ValueMatcher) =>
  differencesOfValue(actual, matcher, "body", fill);

type Row = readonly [string, ValueMatcher, readonly (Json | undefined)[], readonly (Json | undefined)[]];
const TABLE: readonly Row[] = [
  [
    "equals",
    { equals: is({ a: 1, b: [2] }) },
    [{ b: [2], a: 1 }],
    [{ a: 1 }, { a: 1, b: [2], c: 3 }, undefined, [1]],
  ],
  ["equals null", { equals: is(null) }, [null], [undefined, "", 0, false]],
  ["equals, by type", { equals: is("1") }, ["1"], [1, true]],
  ["equals-ignoring-case", { equalsIgnoringCase: is("Ada") }, ["ADA", "ada"], ["adam", 1, undefined]],
  ["one-of", { oneOf: [is(1), is("a")] }, [1, "a"], ["1", undefined, [1]]],
  ["contains in a text", { contains: is("b") }, ["abc"], ["ac", 1, undefined]],
  [
    "contains an element",
    { contains: is({ v: 1 }) },
    [[{ v: 1, w: 2 }], [0, { v: 1 }]],
    [[{ w: 1 }], [], { v: 1 }],
  ],
  ["type string", { type: "string" }, ["", "a"], [1, null, undefined]],
  ["type integer", { type: "integer" }, [0, -3, 2.0], [1.5, "1", undefined]],
  ["type number", { type: "number" }, [1.5], ["1.5"]],
  ["type boolean", { type: "boolean" }, [false], ["false", 0]],
  ["type array", { type: "array" }, [[]], [{}, null]],
  ["type object", { type: "object" }, [{}], [[], null]],
  ["type null", { type: "null" }, [null], [undefined, 0]],
  ["not-empty", { notEmpty: true }, ["a", 0, false, [0], { a: 1 }], ["", [], {}, null, undefined]],
  ["absent", { absent: true }, [undefined], [null, "", 0]],
  ["unassigned", { unassigned: true }, [undefined, null, "", []], [0, false, "a", [null], {}]],
  ["min-length", { minLength: 2 }, ["ab", [1, 2]], ["a", [1], 12, undefined]],
  ["max-length", { maxLength: 2 }, ["ab", []], ["abc", 1, undefined]],
  ["length", { length: 2 }, ["ab", [1, 2]], ["a", 2, undefined]],
  ["at-least", { atLeast: is(3) }, [3, 4.5], [2, "3", undefined]],
  ["at-most", { atMost: is(3) }, [3, -1], [3.1, "3", undefined]],
  ["matches", { matches: "^a+$" }, ["aa"], ["ab", 1, undefined]],
  ["some", { some: { equals: is(1) } }, [[2, 1]], [[2], [], 1, undefined]],
  ["each", { each: { type: "string" } }, [["a"], []], [["a", 1], "a", undefined]],
  ["none", { none: { equals: is(1) } }, [[2], []], [[2, 1], 2, undefined]],
  ["at", { at: [["a[0].b", { equals: is(1) }]] }, [{ a: [{ b: 1 }] }], [{ a: [] }, {}, undefined, 1]],
  ["not", { not: { equals: is(1) } }, [2, undefined], [1]],
];

describe("an operator of a value", () => {
  it.each(TABLE)("%s holds and breaks where it should", (_, matcher, holding, breaking) => {
    for (const actual of holding) expect([actual, differences(actual, matcher)]).toEqual([actual, []]);
    for (const actual of breaking) {
      const found = differences(actual, matcher);
      expect([actual, found.length > 0]).toEqual([actual, true]);
      for (const { where, expected } of found) expect(where.startsWith("body") && expected !== "").toBe(true);
    }
  });

  it("has all its conditions demanded together, each told apart", () => {
    const found = differences(5, { type: "string", atMost: is(3), oneOf: [is(1)] });
    expect(found.map(({ expected }) => expected)).toEqual(["1", "a string", "at most 3"]);
  });

  it("says which element it was", () => {
    expect(differences(["a", 1], { each: { type: "string" } })[0]?.where).toBe("body[1]");
    expect(differences([{ a: 1 }], { some: { at: [["a", { equals: is(2) }]] } })[0]?.expected).toBe(
      "an element that is a 2",
    );
  });
});

describe("hostile values", () => {
  const deep = (depth: number) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`) as Json;
  const hostile: readonly Json[] = [
    deep(100_000),
    JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3}') as Json,
    Array.from({ length: 300_000 }, () => 7),
    "x".repeat(3_000_000),
    "\uD800",
  ];

  it.each(TABLE)("do not make %s throw", (_, matcher) => {
    for (const value of hostile) expect(() => differences(value, matcher)).not.toThrow();
  });

  it("are shown in few words", () => {
    for (const value of hostile) expect(show(value).length).toBeLessThan(250);
  });

  it("show `__proto__` as a key and not as a prototype", () => {
    expect(sameJson(JSON.parse('{"__proto__":1}') as Json, {})).toBe(false);
    expect(differences(hostile[1], { at: [["__proto__.a", { equals: is(1) }]] })).toEqual([]);
    expect(differences({}, { at: [["constructor", { absent: true }]] })).toEqual([]);
  });
});
