import fc from "fast-check";
import { describe, expect } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { URN } from "../../src/model/scim.ts";
import { ScimFailure } from "../../src/reference-server/errors.ts";
import { listQueryOf, parseQueryString } from "../../src/reference-server/query.ts";
import { client } from "../unit/reference-server/client.ts";
import { holds } from "./property.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "filter",
    "FILTER",
    "count",
    "startIndex",
    "a+b",
    "%2B",
    "%20",
    "%C3%A9",
    "%F0%9F%98%80",
    "%",
    "%zz",
  ),
  fc.constantFrom("=", "&", "&&", "==", "%C3", "%ff", "é", "__proto__", "#", "?", ";", " "),
  fc.string({ maxLength: 3 }),
);
const queryText = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));

/** Whether every part of a query is percent-encoded UTF-8. */
const isEncoded = (text: string) =>
  text.split(/[&=]/).every((part) => {
    if (part.replaceAll(/%[0-9a-fA-F]{2}/g, "").includes("%")) return false;
    const decoded = Buffer.from(
      part.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
        Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"),
      ),
    ).toString();
    return !decoded.includes("\uFFFD");
  });

describe("a query string", () => {
  holds(
    "query-string",
    "is read as the URL standard reads a form, the first of a repeated name in whatever letter case, or refused where it is not UTF-8",
    queryText,
    (text) => {
      let own: ReadonlyMap<string, string>;
      try {
        own = parseQueryString(text);
      } catch (refusal) {
        expect(refusal).toBeInstanceOf(ScimFailure);
        expect(isEncoded(text)).toBe(false);
        return;
      }
      expect(isEncoded(text)).toBe(true);
      const known = new Map<string, string>();
      // Its constructor takes a question mark in front for no part of the query.
      for (const [name, value] of new URLSearchParams(`&${text}`)) {
        if (!known.has(name.toLowerCase())) known.set(name.toLowerCase(), value);
      }
      expect([...own]).toEqual([...known]);
    },
    { runs: 1_000 },
  );

  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 17 });
  holds(
    "query-numbers",
    "tells startIndex and count as integers, the lowest of which means the first and none, or is refused",
    fc.record({
      startIndex: fc.oneof(
        fc.tuple(fc.constantFrom("", "-", "+", " ", "--"), digits).map((both) => both.join("")),
        fc.string(),
      ),
      count: fc.oneof(digits, fc.constantFrom("", "-1", "1e3", "0x10", "1.0", " 7 ", "٣", "NaN", "Infinity")),
    }),
    ({ startIndex, count }) => {
      const parameters = new Map([
        ["startindex", startIndex],
        ["count", count],
      ]);
      const [first, most] = [startIndex, count].map(integerBySlowReading);
      if (first === "none" || most === "none") {
        expect(() => listQueryOf(parameters)).toThrow(ScimFailure);
        return;
      }
      const query = listQueryOf(parameters);
      expect(query.startIndex).toBe(Math.max(1, first ?? 1));
      expect(query.count).toBe(most === undefined ? undefined : Math.max(0, most));
    },
    { runs: 500 },
  );
});

/** Undefined for nothing; `none` for what is no integer, or one of more than fifteen digits. */
function integerBySlowReading(text: string): number | undefined | "none" {
  if (text === "") return undefined;
  const bare = text.trim();
  const unsigned = ["+", "-"].includes(bare.charAt(0)) ? bare.slice(1) : bare;
  const areDigits = [...unsigned].every((one) => "0123456789".includes(one));
  if (unsigned === "" || unsigned.length > 15 || !areDigits) return "none";
  return Number(BigInt(unsigned)) * (bare.startsWith("-") ? -1 : 1);
}

/** Ways to write the name of each part of a user; the whole of it, or an attribute within. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  userName: [
    "userName",
    "username",
    "USERNAME",
    `${URN.user}:userName`,
    `${URN.user.toUpperCase()}:UserName`,
  ],
  name: ["name", "Name", `${URN.user}:name`],
  "name.givenName": ["name.givenName", "NAME.GIVENNAME", `${URN.user}:name.givenName`],
  "name.familyName": ["name.familyName"],
  title: ["title", "Title"],
  active: ["active"],
  emails: ["emails", "EMAILS"],
  "emails.value": ["emails.value", `${URN.user}:emails.VALUE`],
  "emails.type": ["emails.type"],
  externalId: ["externalId", "externalid"],
  id: ["id", "ID"],
  schemas: ["schemas"],
  meta: ["meta"],
  "meta.version": ["meta.version", "Meta.Version"],
  [URN.enterpriseUser]: [URN.enterpriseUser, URN.enterpriseUser.toUpperCase()],
  [`${URN.enterpriseUser} department`]: [`${URN.enterpriseUser}:department`],
  [`${URN.enterpriseUser} manager.value`]: [`${URN.enterpriseUser}:manager.value`],
  [`${URN.enterpriseUser} manager`]: [`${URN.enterpriseUser}:manager`],
  nothing: [
    "nickName",
    "colour",
    "name.colour",
    "",
    " ",
    `${URN.user}`,
    "department",
    ":",
    ".",
    "urn:x:y",
    "password",
  ],
};
const asked = fc
  .constantFrom(...Object.keys(NAMES))
  .chain((part) => fc.record({ part: fc.constant(part), spelling: fc.constantFrom(...(NAMES[part] ?? [])) }));
const person: JsonObject = {
  schemas: [URN.user, URN.enterpriseUser],
  userName: "ann",
  externalId: "00u1",
  name: { givenName: "Ann", familyName: "Lee" },
  title: "Boss",
  active: true,
  password: "Secret-1",
  emails: [{ value: "ann@x.example", type: "work", primary: true }, { value: "ann@home.example" }],
  [URN.enterpriseUser]: { department: "Tools", manager: { value: "1" } },
};

/** The leaves of a user, each under the name that one asks for it by. */
function* leavesOf(user: JsonObject): Generator<readonly [name: string, value: Json]> {
  for (const [key, value] of Object.entries(user)) {
    if (key.startsWith("urn:")) {
      for (const [inner, held] of leavesOf(value as JsonObject)) yield [`${key} ${inner}`, held];
    } else if (key === "schemas" || typeof value !== "object") yield [key, value];
    else if (Array.isArray(value)) {
      for (const [at, element] of (value as readonly JsonObject[]).entries())
        for (const [part, held] of Object.entries(element)) yield [`${key}.${part}`, [at, held]];
    } else for (const [part, held] of Object.entries(value as JsonObject)) yield [`${key}.${part}`, held];
  }
}

const isAlways = (leaf: string) => leaf === "id" || leaf === "schemas";
const covers = (part: string, leaf: string) =>
  part === leaf || leaf.startsWith(`${part}.`) || leaf.startsWith(`${part} `);

describe("a list of attributes", () => {
  holds(
    "attributes",
    "shows what it names and nothing else but what is always shown, however it is spelled, in a GET as in a search",
    fc.record({ asked: fc.array(asked, { maxLength: 5 }), space: fc.constantFrom("", " ") }),
    ({ asked: some, space }) => {
      const scim = client();
      const { id } = scim.send("POST", "/Users", person).body;
      const whole = [...leavesOf(scim.get(`/Users/${id}`).body)];
      const list = some.map(({ spelling }) => spelling).join(`,${space}`);
      const isNone = some.every(({ spelling }) => spelling.trim() === "");
      const shown = (parameter: string) =>
        scim.get(`/Users/${id}?${parameter}=${encodeURIComponent(list)}`).body;
      const parts = some.map(({ part }) => part);
      const isNamed = ([leaf]: readonly [string, Json]) => parts.some((part) => covers(part, leaf));
      expect([...leavesOf(shown("attributes"))]).toEqual(
        whole.filter((leaf) => isNone || isAlways(leaf[0]) || isNamed(leaf)),
      );
      expect([...leavesOf(shown("excludedAttributes"))]).toEqual(
        whole.filter((leaf) => isAlways(leaf[0]) || !isNamed(leaf)),
      );
      const searched = scim.send("POST", "/Users/.search", {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        attributes: some.map(({ spelling }) => spelling),
      });
      expect(searched.body.Resources).toEqual([shown("attributes")]);
    },
    { runs: 300 },
  );
});

const SORTABLE = {
  userName: ["userName", "USERNAME", `${URN.user}:userName`],
  title: ["title", "Title"],
  "name.familyName": ["name.familyName", "NAME.familyname"],
  active: ["active"],
  emails: ["emails", "emails.value"],
  id: ["id"],
} as const;
type Sortable = keyof typeof SORTABLE;

const text = fc.constantFrom("a", "A", "b", "B", "ä", "z", "0", "10", "9", "");
const people = fc.array(
  fc.record({
    title: fc.option(text, { nil: null }),
    familyName: fc.option(text, { nil: null }),
    active: fc.option(fc.boolean(), { nil: null }),
    emails: fc.array(fc.record({ value: text, primary: fc.boolean() }), { maxLength: 2 }),
  }),
  { maxLength: 6 },
);

describe("sortBy", () => {
  holds(
    "sort",
    "puts everybody in the order of that attribute, letter case aside, and those without it last or, descending, first",
    fc.record({
      people,
      by: fc.constantFrom(...(Object.keys(SORTABLE) as Sortable[])),
      spelling: fc.nat(2),
      order: fc.constantFrom("", "ascending", "descending", "DESCENDING", "down"),
    }),
    ({ people: given, by, spelling, order }) => {
      const scim = client();
      for (const [at, { title, familyName, active, emails }] of given.entries()) {
        const [primary = null, ...others] = emails;
        scim.user(`${"zyxwvu".charAt(at)}${at % 2 === 0 ? "A" : "a"}`, {
          ...(title === null ? {} : { title }),
          ...(familyName === null ? {} : { name: { familyName } }),
          ...(active === null ? {} : { active }),
          ...(primary === null
            ? {}
            : { emails: [...others.map((one) => ({ ...one, primary: false })), primary] }),
        });
      }
      const stored = scim.get("/Users").body.Resources as readonly JsonObject[];
      const spelled = SORTABLE[by][spelling % SORTABLE[by].length] ?? by;
      const sorted = scim.get(`/Users?sortBy=${encodeURIComponent(spelled)}&sortOrder=${order}`).body
        .Resources;
      expect(sorted).toEqual(sortedByHand(stored, by, order.toLowerCase() === "descending"));
    },
    { runs: 300 },
  );
});

/** Everybody taken into a new list one by one, behind all who come no later. */
function sortedByHand(
  users: readonly JsonObject[],
  by: Sortable,
  descending: boolean,
): readonly JsonObject[] {
  const sorted: JsonObject[] = [];
  for (const user of users) {
    const at = sorted.findIndex((other) =>
      descending ? isLess(keyOf(other, by), keyOf(user, by)) : isLess(keyOf(user, by), keyOf(other, by)),
    );
    sorted.splice(at === -1 ? sorted.length : at, 0, user);
  }
  return sorted;
}

type Key = string | boolean | undefined;

function keyOf(user: JsonObject, by: Sortable): Key {
  if (by === "emails") {
    const emails = (user.emails ?? []) as readonly { readonly value?: string; readonly primary?: boolean }[];
    return (emails.find(({ primary }) => primary === true) ?? emails[0])?.value?.toLowerCase();
  }
  const held = by === "name.familyName" ? (user.name as JsonObject | undefined)?.familyName : user[by];
  if (typeof held === "boolean") return held;
  return typeof held === "string" ? (by === "id" ? held : held.toLowerCase()) : undefined;
}

function isLess(one: Key, other: Key): boolean {
  if (one === undefined) return false;
  return other === undefined || one < other;
}
