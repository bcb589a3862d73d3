import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URN } from "../../../src/model/scim.ts";
import { parseFilter } from "../../../src/reference-server/filter-grammar.ts";
import {
  COMPARE_OPERATORS,
  type CompareOperator,
  type Filter,
  printFilter,
} from "../../../src/reference-server/filter-syntax.ts";
import { client, userNames } from "./client.ts";

const scim = client();
scim.user("Ann", {
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [
    { value: "ann@work.example", type: "work", primary: true },
    { value: "ann@home.example", type: "home" },
  ],
  externalId: "Ext-1",
  title: "",
});
scim.clock.advance(60_000);
scim.user("bob+tag@example.com", {
  active: false,
  title: "Chief",
  emails: [{ value: "bob@home.example", type: "work" }],
  [URN.enterpriseUser]: { department: "Sales", manager: { value: "m1" } },
});
scim.clock.advance(60_000);
scim.user('o\'neil "the \\ one" 李', { title: "chief cook", externalId: "ext-1" });
const ANN = "Ann";
const BOB = "bob+tag@example.com";
const ONEIL = 'o\'neil "the \\ one" 李';

describe("a filter", () => {
  it.each<[string, readonly string[]]>([
    ['userName eq "ann"', [ANN]],
    ['USERNAME EQ "ANN"', [ANN]],
    ['  userName   eq   "ann"  ', [ANN]],
    [`${URN.user}:userName eq "ann"`, [ANN]],
    ['userName eq "bob+tag@example.com"', [BOB]],
    ['userName eq "o\'neil \\"the \\\\ one\\" \\u674e"', [ONEIL]],
    ['userName eq "nobody"', []],
    ['userName ne "ann"', [BOB, ONEIL]],
    ['title ne "chief"', [ANN, ONEIL]],
    ['userName co "NN"', [ANN]],
    ['userName sw "an"', [ANN]],
    ['userName ew "EXAMPLE.com"', [BOB]],
    ["title pr", [BOB, ONEIL]],
    ["not (title pr)", [ANN]],
    ["externalId eq null", [BOB]],
    ["externalId ne null", [ANN, ONEIL]],
    ['externalId eq "Ext-1"', [ANN]],
    ['externalId eq "ext-1"', [ONEIL]],
    ["active eq true", [ANN, ONEIL]],
    ['active eq "False"', [BOB]],
    ["active ne true", [BOB]],
    ['emails.value eq "ANN@home.example"', [ANN]],
    ['emails eq "ann@home.example"', [ANN]],
    ['emails co "home"', [ANN, BOB]],
    ['emails[type eq "work" and value co "home"]', [BOB]],
    ['emails[type eq "work"].value eq "bob@home.example"', [BOB]],
    ['emails[value eq "ann@home.example" and type eq "work"]', []],
    ['emails[not (type eq "work")]', [ANN]],
    ["emails[primary eq true]", [ANN]],
    ["emails pr", [ANN, BOB]],
    ['name.familyName eq "lee"', [ANN]],
    [`${URN.enterpriseUser}:department eq "sales"`, [BOB]],
    [`${URN.enterpriseUser}:manager.value eq "m1"`, [BOB]],
    [`schemas eq "${URN.enterpriseUser}"`, [BOB]],
    ['meta.resourceType eq "User"', [ANN, BOB, ONEIL]],
    ['meta.created gt "2026-01-01T00:00:30Z"', [BOB, ONEIL]],
    ['meta.created ge "2026-01-01T01:02:00+01:00"', [ONEIL]],
    ['meta.created lt "2026-01-01T00:01:00.000Z"', [ANN]],
    ['meta.created le "2026-01-01T00:01:00Z"', [ANN, BOB]],
    ['userName gt "ann" and userName lt "o"', [BOB]],
    ['title pr and active eq false or userName eq "ann"', [ANN, BOB]],
    ['title pr and (active eq false or userName eq "ann")', [BOB]],
    ['not (not (userName eq "ann"))', [ANN]],
    ['userName eq "ann" and title pr', []],
    ['NOT(userName eq "ann") AND title PR', [BOB, ONEIL]],
    ['groups.value eq "none"', []],
  ])("%s finds %j", (filter, expected) => {
    const found = scim.filter("Users", filter);
    expect(found.status).toBe(200);
    expect(userNames(found)).toEqual(expected);
    expect(found.body.totalResults).toBe(expected.length);
  });

  it("finds a user by id, and by that alone", () => {
    const { id } = scim.filter("Users", 'userName eq "ann"').body.Resources[0];
    expect(userNames(scim.filter("Users", `id eq "${id}"`))).toEqual([ANN]);
    expect(userNames(scim.filter("Users", `id eq "${id}" and active eq false`))).toEqual([]);
  });

  it("reads the query string as Okta and browsers write it", () => {
    const okta = "filter=userName%20eq%20%22bob%2Btag%40example.com%22&startIndex=1&count=100";
    const form = "startIndex=1&filter=userName+eq+%22bob%2Btag%40example.com%22";
    for (const query of [okta, form]) expect(userNames(scim.get(`/Users?${query}`))).toEqual([BOB]);
    const rawPlus = "filter=userName%20eq%20%22bob+tag%40example.com%22";
    expect(userNames(scim.get(`/Users?${rawPlus}`))).toEqual([]);
  });

  it.each([
    "",
    "userName",
    "userName eq",
    "userName eq ann",
    'userName equals "ann"',
    'userName eq "ann',
    'userName eq "a" and',
    'userName eq "a" or or title pr',
    '(userName eq "a"',
    'userName eq "a")',
    'emails[type eq "work"',
    'emails[type eq "work"] eq',
    'emails[colour eq "red"]',
    'emails[emails[type eq "work"]]',
    'userName[value eq "a"]',
    'userName eq "\\x"',
    "userName gt null",
    "userName eq 5",
    "active gt true",
    "active co true",
    'active eq "perhaps"',
    'meta.created gt "yesterday"',
    'name eq "Ann"',
    'favouriteColour eq "red"',
    '__proto__ eq "x"',
    "not userName pr",
    `${"(".repeat(500)}title pr${")".repeat(500)}`,
    `userName eq "${"x".repeat(20_000)}"`,
  ])("is refused with 400 invalidFilter when it is %j", (filter) => {
    const refused = scim.filter("Users", filter);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ schemas: [URN.error], status: "400", scimType: "invalidFilter" });
  });

  it("may be long in breadth", () => {
    const filter = Array.from({ length: 500 }, (_, number) => `userName eq "u${number}"`).join(" or ");
    expect(scim.filter("Users", filter).body.totalResults).toBe(0);
  });

  it("cannot ask for a password, and does not repeat what it was about", () => {
    expect(scim.filter("Users", 'password sw "a"').status).toBe(403);
    expect(scim.filter("Users", 'userName eq "secret person').text).not.toContain("secret person");
  });
});

const name = fc.constantFrom("userName", "title", "a.b", "urn:x:y:2.0:User:name", "$ref", "not", "and", "pr");
const value = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.constant(1.5),
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter; group: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    fc.record({
      kind: fc.constant("compare" as const),
      name,
      operator: fc.constantFrom(...COMPARE_OPERATORS),
      value,
    }),
    fc.record({ kind: fc.constant("present" as const), name }),
    fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
    fc.record({ kind: fc.constant("some" as const), name, filter: tie("filter") }),
    tie("group"),
  ),
  group: fc.record({
    kind: fc.constantFrom("and" as const, "or" as const),
    parts: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
  }),
}));

describe("the grammar", () => {
  it("reads what it wrote as the same filter", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  it("reads any text or refuses it, and never breaks", () => {
    const fragments = fc.array(
      fc.oneof(
        fc.constantFrom(
          "userName",
          "eq",
          '"a"',
          "(",
          ")",
          "[",
          "]",
          "and",
          "or",
          "not",
          "pr",
          " ",
          ".",
          "\\",
          '"',
        ),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(fragments, (parts) => {
        try {
          parseFilter(parts.join(" "));
        } catch (error) {
          expect(error).toMatchObject({ status: 400, scimType: "invalidFilter" });
        }
      }),
    );
  });
});

/** People as plain data, and what a filter should find among them, written as plainly as can be. */
interface Person {
  readonly userName: string;
  readonly title: string | undefined;
  readonly externalId: string | undefined;
  readonly emails: readonly string[];
}

function compares(operator: CompareOperator, held: string, wanted: string): boolean {
  const results: Record<CompareOperator, boolean> = {
    eq: held === wanted,
    ne: held !== wanted,
    co: held.indexOf(wanted) !== -1,
    sw: held.slice(0, wanted.length) === wanted,
    ew: wanted.length <= held.length && held.slice(held.length - wanted.length) === wanted,
    gt: held > wanted,
    ge: held >= wanted,
    lt: held < wanted,
    le: held <= wanted,
  };
  return results[operator];
}

function valuesOf(name: string, person: Person): readonly string[] {
  const held: Record<string, readonly (string | undefined)[]> = {
    userName: [person.userName.toLowerCase()],
    title: [person.title?.toLowerCase()],
    externalId: [person.externalId],
    "emails.value": person.emails,
  };
  return (held[name] ?? []).filter((value) => value !== undefined);
}

function finds(filter: Filter, person: Person): boolean {
  switch (filter.kind) {
    case "and":
      return filter.parts.every((part) => finds(part, person));
    case "or":
      return filter.parts.some((part) => finds(part, person));
    case "not":
      return !finds(filter.filter, person);
    case "present":
      return valuesOf(filter.name, person).length > 0;
    case "compare": {
      const { name, operator, value } = filter;
      const wanted = name === "externalId" ? String(value) : String(value).toLowerCase();
      const values = valuesOf(name, person);
      return (
        (operator === "ne" && values.length === 0) || values.some((held) => compares(operator, held, wanted))
      );
    }
    case "some":
      throw new Error("The generator makes no value paths.");
  }
}

const word = fc.constantFrom("a", "A", "ab", "aB", "b", "Ba");
const personFilter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    fc.record({
      kind: fc.constant("compare" as const),
      name: fc.constantFrom("userName", "title", "externalId", "emails.value"),
      operator: fc.constantFrom(...COMPARE_OPERATORS),
      value: word,
    }),
    fc.record({
      kind: fc.constant("present" as const),
      name: fc.constantFrom("title", "externalId", "emails.value"),
    }),
    fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.tuple(tie("filter"), tie("filter")),
    }),
  ),
})).filter;

describe("matching", () => {
  it("finds whom a plain reading of the filter finds, with or without an index", () => {
    const maybe = fc.option(word, { nil: undefined });
    const people = fc.uniqueArray(
      fc.record({
        userName: word,
        title: maybe,
        externalId: maybe,
        emails: fc.uniqueArray(fc.constantFrom("a", "ab", "b")),
      }),
      { selector: ({ userName }) => userName.toLowerCase(), maxLength: 4 },
    );
    fc.assert(
      fc.property(people, personFilter, (persons, filter) => {
        const { user, filter: search } = client();
        for (const { userName, title, externalId, emails } of persons) {
          user(userName, {
            title: title ?? null,
            externalId: externalId ?? null,
            emails: emails.map((value) => ({ value })),
          });
        }
        const expected = persons.filter((person) => finds(filter, person)).map(({ userName }) => userName);
        expect(userNames(search("Users", printFilter(filter)))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
