import fc from "fast-check";
import { describe, expect } from "vitest";
import { ScimFailure } from "../../src/reference-server/errors.ts";
import { parseFilter, parsePatchPath } from "../../src/reference-server/filter-grammar.ts";
import { COMPARE_OPERATORS, type Filter, printFilter } from "../../src/reference-server/filter-syntax.ts";
import { client } from "../unit/reference-server/client.ts";
import { ATTRIBUTES, EMAIL_PARTS, isFound, type TestFilter } from "./filter-oracle.ts";
import { holds } from "./property.ts";

const attributeName = fc.oneof(
  fc.constantFrom(
    "userName",
    "and",
    "or",
    "not",
    "pr",
    "eq",
    "true",
    "null",
    "$ref",
    "a.b.c",
    "urn:x:y:2.0:User:z",
  ),
  fc.stringMatching(/^[A-Za-z$_][A-Za-z0-9$_.:-]{0,8}$/),
);
// -0 is written 0, and JSON would not keep it in the corpus either.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
const filterValue = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  number,
  fc.boolean(),
  fc.constant(null),
);

const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({
      kind: fc.constant("compare" as const),
      name: attributeName,
      operator: fc.constantFrom(...COMPARE_OPERATORS),
      value: filterValue,
    }),
    fc.record({ kind: fc.constant("present" as const), name: attributeName }),
    fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
    fc.record({ kind: fc.constant("some" as const), name: attributeName, filter: tie("filter") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("filter"), { minLength: 2, maxLength: 4 }),
    }),
  ),
})).filter;

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        "(",
        ")",
        "[",
        "]",
        '"',
        "\\",
        " ",
        "  ",
        ".",
        ":",
        "eq",
        "EQ",
        " and ",
        " or ",
        "not",
        "pr",
        " eq ",
      ],
      ...[
        "true",
        "null",
        "1e999",
        "-0",
        "01",
        "1.",
        '"a"',
        '"\\u00',
        '"\\x"',
        "emails",
        "members[value",
        "$ref",
      ],
      ...[
        "__proto__",
        "constructor",
        "\u0000",
        "\n",
        "\t",
        "\ud800",
        "é",
        "urn:",
        "emails[type eq ",
        ' and value co "x"]',
      ],
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  ),
  { maxLength: 25 },
);
const hostileText = fc.oneof(
  pieces.map((all) => all.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
  // A real filter with one character gone wrong.
  fc.tuple(anyFilter, fc.nat(200), fc.string({ unit: "binary", maxLength: 2 })).map(([filter, at, text]) => {
    const whole = printFilter(filter);
    const place = at % (whole.length + 1);
    return whole.slice(0, place) + text + whole.slice(place + 1);
  }),
  fc
    .tuple(fc.constantFrom("(", "not (", "a[", "a pr and ", "a pr or ", '"', "\\"), fc.nat(6_000))
    .map(([text, times]) => text.repeat(times)),
);

describe("a filter", () => {
  holds("filter-print", "is the same after it was printed and parsed", anyFilter, (filter) => {
    const printed = printFilter(filter);
    expect(parseFilter(printed)).toEqual(filter);
    expect(printFilter(parseFilter(printed))).toBe(printed);
  });

  holds(
    "filter-hostile",
    "of any text is parsed, or refused with a SCIM error and nothing else",
    hostileText,
    (text) => {
      for (const [parse, fault] of [
        [parseFilter, "invalidFilter"],
        [parsePatchPath, "invalidPath"],
      ] as const) {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimFailure);
          expect(error).toMatchObject({ status: 400, scimType: fault });
        }
      }
    },
  );
});

const word = fc.constantFrom("", "a", "A", "ab", "aB", "b", "Ba", "ß", "İ", "é", " a", 'a"b', "a\\b", "true");
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const date = fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2025-12-31T23:59:59.999Z");
const TEXT = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

function comparisonOf(name: string, is: string): fc.Arbitrary<TestFilter> {
  const compare = (operators: readonly string[], value: fc.Arbitrary<string | boolean>) =>
    fc.record({
      kind: fc.constant("compare" as const),
      name: fc.constant(name),
      operator: fc.constantFrom(...operators),
      value,
    });
  const isNull = fc.record({
    kind: fc.constant("compare" as const),
    name: fc.constant(name),
    operator: fc.constantFrom("eq", "ne"),
    value: fc.constant(null),
  });
  const present = fc.record({ kind: fc.constant("present" as const), name: fc.constant(name) });
  if (is === "boolean") return fc.oneof(compare(["eq", "ne"], fc.boolean()), isNull, present);
  return fc.oneof({ arbitrary: compare(TEXT, is === "date" ? date : word), weight: 4 }, isNull, present);
}

const comparisonIn = (attributes: typeof ATTRIBUTES) =>
  fc.oneof(...Object.entries(attributes).map(([name, { is }]) => comparisonOf(name, is)));

function filterOf(leaf: fc.Arbitrary<TestFilter>): fc.Arbitrary<TestFilter> {
  return fc.letrec<{ filter: TestFilter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        left: tie("filter"),
        right: tie("filter"),
      }),
    ),
  })).filter;
}

const ofOneEmail = filterOf(comparisonIn(EMAIL_PARTS)).map(
  (filter): TestFilter => ({ kind: "some", name: "emails", filter }),
);
const userFilter = filterOf(fc.oneof({ arbitrary: comparisonIn(ATTRIBUTES), weight: 3 }, ofOneEmail));

const person = fc.record(
  {
    title: maybe(word),
    externalId: maybe(word),
    active: maybe(fc.boolean()),
    name: maybe(fc.record({ givenName: word, familyName: word })),
    emails: fc.uniqueArray(fc.record({ value: word, type: fc.constantFrom("work", "Home", "") }), {
      maxLength: 3,
      selector: ({ value }) => value,
    }),
    department: maybe(word),
    manager: maybe(word),
  },
  { requiredKeys: ["emails"] },
);

/** As no tidy person would write it: letter case, spaces and needless brackets follow the numbers. */
function written(filter: TestFilter, mess: () => number): string {
  const cased = (text: string) => (mess() % 2 === 0 ? text : text.toUpperCase());
  const gap = () => " ".repeat(1 + (mess() % 2));
  const inner = (part: TestFilter) => (mess() % 3 === 0 ? `(${written(part, mess)} )` : written(part, mess));
  const bracketed = (part: TestFilter) =>
    part.kind === "and" || part.kind === "or" ? `(${written(part, mess)})` : inner(part);
  switch (filter.kind) {
    case "present":
      return `${cased(filter.name)}${gap()}${cased("pr")}`;
    case "compare":
      return `${cased(filter.name)}${gap()}${cased(filter.operator)}${gap()}${JSON.stringify(filter.value)}`;
    case "not":
      return `${cased("not")}${" ".repeat(mess() % 2)}(${written(filter.filter, mess)})`;
    case "some":
      return `${cased(filter.name)}[${inner(filter.filter)}]`;
    default:
      return `${bracketed(filter.left)}${gap()}${cased(filter.kind)}${gap()}${bracketed(filter.right)}`;
  }
}

const search = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 4 }),
  filter: userFilter,
  mess: fc.array(fc.nat(5), { minLength: 1, maxLength: 7 }),
});

describe("a search", () => {
  holds(
    "filter-match",
    "finds whom a slow and obvious reading of the filter finds, however it is written",
    search,
    ({ people, filter, mess }) => {
      const { user, filter: searchFor, get } = client();
      for (const [index, { department, manager, ...core }] of people.entries()) {
        const enterprise = {
          department: department ?? null,
          ...(manager === undefined ? {} : { manager: { value: manager } }),
        };
        user(`person-${index}`, {
          ...JSON.parse(JSON.stringify(core)),
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": enterprise,
        });
      }
      const shown: readonly { id: string }[] = get("/Users").body.Resources;
      let at = 0;
      const text = written(filter, () => mess[at++ % mess.length] ?? 0);
      const found = searchFor("Users", text);
      expect([found.status, text]).toEqual([200, text]);
      const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
      expect(ids(found.body.Resources)).toEqual(ids(shown.filter((one) => isFound(filter, one))));
    },
    { runs: 400 },
  );
});
