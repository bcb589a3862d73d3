import fc from "fast-check";
import { describe, expect } from "vitest";
import { client } from "../unit/reference-server/client.ts";
import {
  canonical,
  type Json,
  type Operation,
  patched,
  Refused,
  type Resource,
  type TestPath,
} from "./patch-oracle.ts";
import { holds } from "./property.ts";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const address = fc.constantFrom("a@x", "A@x", "b@x", "");
const kind = fc.constantFrom("work", "Work", "home");
const email = fc.record(
  { value: address, type: kind, primary: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);
const odd: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(null, "", "x", 5, true, "TRUE", [], {}, ["x"], {
  value: 5,
});
const oneOrMore = fc.oneof(email, fc.array(email, { maxLength: 3 }));
const name = fc.record(
  { givenName: fc.constantFrom<Json[]>("G", "H", null), FAMILYNAME: fc.constantFrom("F", ""), nonsense: odd },
  { requiredKeys: [], noNullPrototype: true },
);

const resource = fc.record(
  {
    title: fc.constantFrom("T", "U"),
    name: fc.record({ givenName: fc.constant("G"), familyName: fc.constant("F") }, { requiredKeys: [] }),
    emails: fc.uniqueArray(fc.record({ value: fc.constantFrom("a@x", "b@x", "c@x"), type: kind }), {
      maxLength: 3,
      selector: ({ value, type }) => `${value} ${type}`,
    }),
    primary: fc.nat(5),
    department: fc.constantFrom("D", "E"),
  },
  { requiredKeys: ["emails", "primary"], noNullPrototype: true },
);

/** What fits most of the time, and now and then what does not. */
const mostly = <Value>(usual: fc.Arbitrary<Value>, unusual: fc.Arbitrary<Value>) =>
  fc.oneof({ arbitrary: usual, weight: 8 }, unusual);

const condition: fc.Arbitrary<{ readonly part: string; readonly is: string }> = mostly<{
  readonly part: string;
  readonly is: string;
}>(
  fc.oneof(
    fc.record({ part: fc.constantFrom("type", "TYPE"), is: fc.constantFrom("work", "WORK", "home") }),
    fc.record({ part: fc.constant("value"), is: fc.constantFrom("a@x", "b@x") }),
  ),
  fc.record({ part: fc.constantFrom("primary", "colour"), is: fc.constantFrom("true", "work") }),
);
const where = fc.array(condition, { minLength: 1, maxLength: 2 });
const op = fc.constantFrom("add", "replace", "remove", "Replace");

/** An operation with a path, and a value that mostly suits it. */
const aimed = (path: fc.Arbitrary<TestPath>, value: fc.Arbitrary<Json>): fc.Arbitrary<Operation> =>
  fc.record({ op, path, value: mostly(value, odd) }, { requiredKeys: ["op", "path"], noNullPrototype: true });

const part = (name: string) => fc.constantFrom(name, name.toUpperCase());
const attributes: fc.Arbitrary<Json> = fc.record(
  {
    title: mostly(fc.constantFrom<Json[]>("V", "W"), odd),
    Active: mostly(fc.boolean() as fc.Arbitrary<Json>, odd),
    emails: mostly(oneOrMore as fc.Arbitrary<Json>, odd),
    name: mostly(name as fc.Arbitrary<Json>, odd),
    id: fc.constant("another"),
    nonsense: odd,
    [`${ENTERPRISE}:department`]: fc.constantFrom<Json[]>("X", null),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<Json>;

const operation: fc.Arbitrary<Operation> = fc.oneof(
  aimed(
    fc.constantFrom<TestPath[]>({ attribute: "title" }, { attribute: "TITLE" }, { attribute: "userName" }),
    address,
  ),
  aimed(fc.constant({ attribute: "active" }), fc.constantFrom<Json[]>(true, false, "False")),
  aimed(fc.constant({ attribute: `${ENTERPRISE}:department` }), fc.constant("New")),
  aimed(fc.constant({ attribute: "name" }), name as fc.Arbitrary<Json>),
  aimed(fc.record({ attribute: fc.constant("name"), part: part("givenName") }), fc.constant("New")),
  aimed(
    fc.constantFrom<TestPath[]>({ attribute: "emails" }, { attribute: "Emails" }),
    oneOrMore as fc.Arbitrary<Json>,
  ),
  aimed(fc.record({ attribute: fc.constant("emails"), where }), email as fc.Arbitrary<Json>),
  aimed(fc.record({ attribute: fc.constant("emails"), where, part: part("primary") }), fc.boolean()),
  aimed(
    fc.record(
      { attribute: fc.constant("emails"), where, part: fc.oneof(part("value"), part("type")) },
      { requiredKeys: ["attribute", "part"], noNullPrototype: true },
    ),
    fc.constantFrom("a@x", "work", "home"),
  ),
  aimed(
    fc.constantFrom<TestPath[]>(
      { attribute: "id" },
      { attribute: "nonsense" },
      { attribute: "name", part: "nonsense" },
      { attribute: "title", where: [{ part: "type", is: "work" }] },
    ),
    address,
  ),
  fc.record({ op, value: mostly(attributes, odd) }),
);

/** The text of a path, in the grammar of RFC 7644 section 3.5.2. */
function pathText({ attribute, where, part }: TestPath): string {
  const conditions = where?.map(({ part: of, is }) => `${of} eq ${JSON.stringify(is)}`).join(" and ");
  return `${attribute}${conditions === undefined ? "" : `[${conditions}]`}${part === undefined ? "" : `.${part}`}`;
}

/** What a GET shows, as the oracle sees it: the department beside the rest, and no computed attribute. */
function plain(shown: Readonly<Record<string, Json>>): Resource {
  const {
    schemas: _schemas,
    id: _id,
    meta: _meta,
    groups: _groups,
    [ENTERPRISE]: enterprise,
    ...rest
  } = shown;
  return { ...rest, ...(enterprise as Resource | undefined) };
}

describe("a PATCH", () => {
  holds(
    "patch-oracle",
    "makes of a user what the RFC's rules make of it one by one, or refuses and changes nothing at all",
    fc.record({ resource, operations: fc.array(operation, { minLength: 1, maxLength: 3 }) }),
    ({ resource: { primary, department, emails, ...core }, operations }) => {
      const scim = client();
      const { id } = scim.user("patched@example.com", {
        ...core,
        emails: emails.map((one, index) => (index === primary ? { ...one, primary: true } : one)),
        ...(department === undefined ? {} : { [ENTERPRISE]: { department } }),
      });
      const before = scim.get(`/Users/${id}`).text;
      let expected: Resource | undefined;
      try {
        expected = patched(plain(JSON.parse(before)), operations);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
      scim.clock.advance(1_000);
      const answer = scim.patch(
        `/Users/${id}`,
        ...(operations.map(({ path: at, ...rest }) => ({
          ...rest,
          ...(at === undefined ? {} : { path: pathText(at) }),
        })) as never[]),
      );
      const after = scim.get(`/Users/${id}`);
      if (expected === undefined) {
        expect([answer.status, answer.body.schemas]).toEqual([
          400,
          ["urn:ietf:params:scim:api:messages:2.0:Error"],
        ]);
        expect(after.text).toBe(before);
        return;
      }
      expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
      expect(canonical(plain(after.body))).toBe(canonical(expected));
      expect(answer.body).toEqual(after.body);
      const isSame = canonical(plain(JSON.parse(before))) === canonical(expected);
      expect(after.body.meta.version === JSON.parse(before).meta.version).toBe(isSame);
    },
    { runs: 1_500 },
  );

  const member = fc.nat(4);
  const memberOperation = fc.oneof(
    fc.record({ op: fc.constantFrom("add", "replace"), members: fc.array(member, { maxLength: 4 }) }),
    fc.record({ op: fc.constant("remove"), members: fc.array(member, { maxLength: 4 }) }),
    fc.record({ op: fc.constant("remove where"), members: fc.array(member, { minLength: 1, maxLength: 1 }) }),
    fc.record({ op: fc.constant("remove all"), members: fc.constant([]) }),
    fc.record({ op: fc.constant("add a stranger"), members: fc.constant([]) }),
  );
  holds(
    "patch-members",
    "gives a group exactly the members that adding and removing them one by one gives, or changes nothing",
    fc.record({
      start: fc.uniqueArray(member),
      operations: fc.array(memberOperation, { minLength: 1, maxLength: 6 }),
    }),
    ({ start, operations }) => {
      const scim = client();
      const ids: string[] = Array.from(
        { length: 5 },
        (_, index) => scim.user(`member-${index}@example.com`).id,
      );
      const idsOf = (members: readonly number[]) => members.map((index) => ids[index] ?? "");
      const group = scim.group("A group", idsOf(start));
      const before = scim.get(`/Groups/${group}`).text;
      let expected = idsOf(start);
      let isRefused = false;
      for (const { op: what, members } of operations) {
        const named = idsOf(members);
        if (what === "replace" || what === "remove all") expected = [];
        if (what.startsWith("remove")) expected = expected.filter((id) => !named.includes(id));
        if (what === "add" || what === "replace") {
          for (const id of named) if (!expected.includes(id)) expected = [...expected, id];
        }
        if (what === "add a stranger") isRefused = true;
      }
      const message = operations.map(({ op: what, members }) => {
        const value = idsOf(members).map((id) => ({ value: id }));
        if (what === "remove where") return { op: "remove", path: `members[value eq "${value[0]?.value}"]` };
        if (what === "remove all") return { op: "remove", path: "members" };
        if (what === "add a stranger") return { op: "add", path: "members", value: [{ value: "nobody" }] };
        return { op: what, path: "members", value };
      });
      const answer = scim.patch(`/Groups/${group}`, ...message);
      // A stranger who is removed again in the same request was never a member.
      const strangerStays = isRefused && strangerIsLast(operations.map(({ op: what }) => what));
      expect(answer.status).toBe(strangerStays ? 400 : 204);
      if (strangerStays) expect(scim.get(`/Groups/${group}`).text).toBe(before);
      else expect([...scim.members(group)].toSorted()).toEqual(expected.toSorted());
    },
    { runs: 300 },
  );
});

const strangerIsLast = (operations: readonly string[]) =>
  operations.lastIndexOf("add a stranger") >
  Math.max(operations.lastIndexOf("replace"), operations.lastIndexOf("remove all"));
