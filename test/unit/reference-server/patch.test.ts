import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { URN } from "../../../src/model/scim.ts";
import { type Client, client, type Response } from "./client.ts";

const WORK = { value: "work@example.com", type: "work", primary: true };
const HOME = { value: "home@example.com", type: "home" };

/** A client with one user, and what PATCH does to it. */
function oneUser(more: JsonObject = {}): {
  readonly scim: Client;
  readonly id: string;
  change(...operations: readonly JsonObject[]): Response;
} {
  const scim = client();
  const { id } = scim.user("ann", {
    name: { givenName: "Ann", familyName: "Lee" },
    emails: [WORK, HOME],
    ...more,
  });
  return { scim, id, change: (...operations) => scim.patch(`/Users/${id}`, ...operations) };
}

describe("PATCH of a user", () => {
  it("deactivates and reactivates as Okta asks for it, repeatedly", () => {
    const { scim, id, change } = oneUser();
    const before = scim.get(`/Users/${id}`).body;
    for (const active of [false, false, true, true]) {
      const changed = change({ op: "replace", value: { active } });
      expect(changed.status).toBe(200);
      expect({ ...changed.body, meta: 0 }).toEqual({ ...before, active, meta: 0 });
      expect(scim.get(`/Users/${id}`).body).toEqual(changed.body);
    }
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["replaces by path", { op: "replace", path: "title", value: "Chief" }, { title: "Chief" }],
    ["adds by path", { op: "add", path: "nickName", value: "A" }, { nickName: "A" }],
    ["replaces what is not set", { op: "replace", path: "locale", value: "en" }, { locale: "en" }],
    ["takes operations in any case", { op: "Replace", path: "TITLE", value: "x" }, { title: "x" }],
    ["takes booleans as text", { op: "replace", path: "active", value: "False" }, { active: false }],
    [
      "changes one part",
      { op: "replace", path: "name.givenName", value: "Anna" },
      { name: { givenName: "Anna", familyName: "Lee" } },
    ],
    [
      "changes the named parts alone",
      { op: "replace", path: "name", value: { givenName: "Anna", familyName: null } },
      { name: { givenName: "Anna" } },
    ],
    [
      "adds an object without a path",
      { op: "add", value: { title: "x", locale: "y" } },
      { title: "x", locale: "y" },
    ],
    [
      "reads dotted names in an object",
      { op: "replace", value: { "name.givenName": "Anna" } },
      { name: { givenName: "Anna", familyName: "Lee" } },
    ],
    ["reads core URNs", { op: "replace", path: `${URN.user}:title`, value: "x" }, { title: "x" }],
    [
      "reads extension URNs",
      { op: "add", path: `${URN.enterpriseUser}:department`, value: "Sales" },
      { [URN.enterpriseUser]: { department: "Sales" }, schemas: [URN.user, URN.enterpriseUser] },
    ],
    [
      "reads an extension as an object",
      { op: "replace", value: { [URN.enterpriseUser]: { manager: { value: "m" } } } },
      { [URN.enterpriseUser]: { manager: { value: "m" } } },
    ],
    [
      "reads an extension as the path",
      { op: "add", path: URN.enterpriseUser, value: { division: "West" } },
      { [URN.enterpriseUser]: { division: "West" } },
    ],
    [
      "keeps old values when it adds",
      { op: "add", path: "emails", value: [{ value: "x@example.com", type: "other" }] },
      { emails: [WORK, HOME, { value: "x@example.com", type: "other" }] },
    ],
    [
      "adds one value that is no array",
      { op: "add", path: "phoneNumbers", value: { value: "1" } },
      { phoneNumbers: [{ value: "1" }] },
    ],
    [
      "adds a value that is there already once",
      { op: "add", path: "emails", value: [HOME] },
      { emails: [WORK, HOME] },
    ],
    ["replaces all values", { op: "replace", path: "emails", value: [HOME] }, { emails: [HOME] }],
    [
      "changes a part of the values that match",
      { op: "replace", path: 'emails[type eq "work"].value', value: "new@example.com" },
      { emails: [{ ...WORK, value: "new@example.com" }, HOME] },
    ],
    [
      "replaces the values that match",
      { op: "replace", path: 'emails[type eq "home"]', value: { value: "x", type: "other" } },
      { emails: [WORK, { value: "x", type: "other" }] },
    ],
    ["removes the values that match", { op: "remove", path: 'emails[type eq "work"]' }, { emails: [HOME] }],
    [
      "removes a part of the values that match",
      { op: "remove", path: 'emails[type eq "work"].primary' },
      { emails: [{ value: WORK.value, type: "work" }, HOME] },
    ],
    [
      "removes the values that are listed",
      { op: "remove", path: "emails", value: [HOME] },
      { emails: [WORK] },
    ],
    ["has nothing to do for a filter without matches", { op: "remove", path: 'emails[type eq "x"]' }, {}],
    [
      "moves the primary mark",
      { op: "replace", path: 'emails[type eq "home"].primary', value: true },
      {
        emails: [
          { ...WORK, primary: false },
          { ...HOME, primary: true },
        ],
      },
    ],
    [
      "moves the primary mark to an added value",
      { op: "add", path: "emails", value: [{ value: "x", primary: true }] },
      { emails: [{ ...WORK, primary: false }, HOME, { value: "x", primary: true }] },
    ],
    [
      "makes the value that a filter describes, as Entra ID expects of add",
      { op: "add", path: 'phoneNumbers[type eq "work"].value', value: "123" },
      { phoneNumbers: [{ type: "work", value: "123" }] },
    ],
    [
      "ignores what only the server may write",
      { op: "replace", value: { id: "x", meta: {}, title: "y" } },
      { title: "y" },
    ],
    [
      "ignores unknown attributes beside known ones",
      { op: "replace", value: { colour: "x", title: "y" } },
      { title: "y" },
    ],
  ])("%s", (_what, operation, expected) => {
    const { scim, id, change } = oneUser();
    const before = scim.get(`/Users/${id}`).body;
    const { status, body } = change(operation);
    expect(status).toBe(200);
    expect({ ...body, meta: 0 }).toEqual({
      ...before,
      ...("schemas" in expected ? {} : { schemas: body.schemas }),
      ...expected,
      meta: 0,
    });
    expect(scim.get(`/Users/${id}`).body).toEqual(body);
  });

  it.each([
    { op: "remove", path: "title" },
    { op: "replace", path: "title", value: null },
    { op: "replace", value: { title: null } },
  ])("unassigns with %j", (operation) => {
    const { change } = oneUser({ title: "x" });
    const { status, body } = change(operation);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("title");
  });

  it.each([
    { op: "remove", path: `${URN.enterpriseUser}:manager` },
    { op: "replace", path: `${URN.enterpriseUser}:manager`, value: "" },
  ])("takes the last part of the extension away, and its schema with it: %j", (operation) => {
    const { change } = oneUser({ [URN.enterpriseUser]: { manager: { value: "m" } } });
    const { body } = change(operation);
    expect(body.schemas).toEqual([URN.user]);
    expect(body).not.toHaveProperty([URN.enterpriseUser]);
  });

  it("lets a later operation see the earlier ones", () => {
    const { change } = oneUser();
    const { body } = change(
      { op: "remove", path: "emails" },
      { op: "add", path: "emails", value: [{ value: "a", type: "work" }] },
      { op: "replace", path: 'emails[type eq "work"].value', value: "b" },
    );
    expect(body.emails).toEqual([{ value: "b", type: "work" }]);
  });

  it("changes the password without showing it or keeping it readable", () => {
    const { scim, id, change } = oneUser();
    const version = scim.get(`/Users/${id}`).body.meta.version;
    const changed = change({ op: "replace", value: { password: "hunter2!" } });
    expect(changed.text).not.toContain("hunter2!");
    expect(changed.body.meta.version).not.toBe(version);
  });

  it("moves the user to another userName, unless somebody has it", () => {
    const { scim, change } = oneUser();
    scim.user("bob");
    expect(change({ op: "replace", path: "userName", value: "Ann" }).body.userName).toBe("Ann");
    const taken = change({ op: "replace", path: "userName", value: "BOB" });
    expect([taken.status, taken.body.scimType]).toEqual([409, "uniqueness"]);
    expect(change({ op: "replace", path: "userName", value: "anna" }).status).toBe(200);
    expect(scim.filter("Users", 'userName eq "ann"').body.totalResults).toBe(0);
    expect(scim.filter("Users", 'userName eq "anna"').body.totalResults).toBe(1);
  });

  it("keeps every index true", () => {
    const { scim, id, change } = oneUser({ externalId: "one" });
    change({ op: "replace", value: { externalId: "two", emails: [{ value: "two@example.com" }] } });
    for (const filter of ['externalId eq "two"', 'emails.value eq "two@example.com"']) {
      expect(scim.filter("Users", filter).body.Resources[0].id).toBe(id);
    }
    for (const filter of ['externalId eq "one"', 'emails.value eq "work@example.com"']) {
      expect(scim.filter("Users", filter).body.totalResults).toBe(0);
    }
  });

  it("leaves version and date alone when nothing changes", () => {
    const { scim, id, change } = oneUser();
    const { meta } = scim.get(`/Users/${id}`).body;
    scim.clock.advance(1000);
    expect(change({ op: "add", path: "emails", value: [WORK] }).body.meta).toEqual(meta);
  });
});

const REFUSED: readonly (readonly [JsonObject, string])[] = [
  [{ op: "move", path: "title", value: "x" }, "invalidSyntax"],
  [{ path: "title", value: "x" }, "invalidSyntax"],
  [{ op: "remove" }, "noTarget"],
  [{ op: "add", path: "title" }, "invalidValue"],
  [{ op: "replace" }, "invalidValue"],
  [{ op: "replace", value: "x" }, "invalidValue"],
  [{ op: "replace", path: "active", value: "perhaps" }, "invalidValue"],
  [{ op: "replace", path: "userName", value: "" }, "invalidValue"],
  [
    {
      op: "replace",
      path: "emails",
      value: [
        { value: "a", primary: true },
        { value: "b", primary: true },
      ],
    },
    "invalidValue",
  ],
  [{ op: "replace", path: "colour", value: "x" }, "invalidPath"],
  [{ op: "replace", value: { colour: "x" } }, "invalidPath"],
  [{ op: "replace", path: 'emails[type eq "work"', value: "x" }, "invalidPath"],
  [{ op: "replace", path: "emails[type eq work].value", value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[colour eq "x"].value', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[type eq "work"].colour', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'name[value eq "x"]', value: "x" }, "invalidPath"],
  [{ op: "replace", path: "__proto__.polluted", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "../../etc/passwd", value: "x" }, "invalidPath"],
  [{ op: "replace", path: 5, value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[type eq "none"].value', value: "x" }, "noTarget"],
  [{ op: "replace", path: "phoneNumbers.value", value: "x" }, "noTarget"],
  [{ op: "replace", path: "id", value: "x" }, "mutability"],
  [{ op: "replace", path: "meta.version", value: "x" }, "mutability"],
  [{ op: "remove", path: "groups" }, "mutability"],
  [{ op: "remove", path: "userName" }, "mutability"],
];

describe("a PATCH that is refused", () => {
  it.each(REFUSED)("%j is answered 400 %s", (operation, scimType) => {
    const { change } = oneUser();
    const { status, body } = change(operation);
    expect([status, body.scimType]).toEqual([400, scimType]);
    expect(body.detail).not.toBe("");
  });

  it.each<JsonObject>([
    { Operations: [{ op: "replace", path: "title", value: "x" }] },
    { schemas: [URN.user], Operations: [{ op: "replace", path: "title", value: "x" }] },
    { schemas: [URN.patchOp] },
    { schemas: [URN.patchOp], Operations: [] },
    { schemas: [URN.patchOp], Operations: {} },
    { schemas: [URN.patchOp], Operations: ["x"] },
  ])("%j is no PatchOp message", (body) => {
    const { scim, id } = oneUser();
    const refused = scim.send("PATCH", `/Users/${id}`, body);
    expect([refused.status, refused.body.scimType]).toEqual([400, "invalidSyntax"]);
  });

  it("leaves everything as it was, whatever good operations stand around the bad one", () => {
    const good = fc.constantFrom<JsonObject>(
      { op: "replace", value: { active: false, title: "x" } },
      { op: "replace", path: "userName", value: "other" },
      { op: "remove", path: "emails" },
      { op: "add", path: "emails", value: [{ value: "x", primary: true }] },
      { op: "replace", path: "name.givenName", value: "x" },
      { op: "add", path: `${URN.enterpriseUser}:department`, value: "x" },
    );
    const bad = fc.constantFrom(...REFUSED.map(([operation]) => operation));
    fc.assert(
      fc.property(
        fc.array(good, { maxLength: 4 }),
        bad,
        fc.array(good, { maxLength: 2 }),
        (before, broken, after) => {
          const { scim, id, change } = oneUser();
          const user = scim.get(`/Users/${id}`).body;
          scim.clock.advance(1000);
          expect(change(...before, broken, ...after).status).toBe(400);
          expect(scim.get(`/Users/${id}`).body).toEqual(user);
          expect(scim.filter("Users", 'userName eq "ann"').body.totalResults).toBe(1);
          expect(scim.filter("Users", 'emails.value eq "work@example.com"').body.totalResults).toBe(1);
        },
      ),
    );
  });

  it("leaves a group's members and name as they were", () => {
    const scim = client();
    const ids: string[] = ["a", "b", "c"].map((name) => scim.user(name).id);
    const group = scim.group("g", ids.slice(0, 2));
    const before = scim.get(`/Groups/${group}`).body;
    const good = fc.constantFrom<JsonObject>(
      { op: "replace", value: { id: group, displayName: "other" } },
      { op: "remove", path: `members[value eq "${ids[0]}"]` },
      { op: "replace", path: "members", value: [] },
      { op: "add", path: "members", value: [{ value: ids[2] ?? "" }] },
    );
    const bad = fc.constantFrom<JsonObject>(
      { op: "add", path: "members", value: [{ value: "nobody" }] },
      { op: "remove", path: "displayName" },
      { op: "add", path: "nothing", value: 1 },
    );
    fc.assert(
      fc.property(fc.array(good, { maxLength: 4 }), bad, (operations, broken) => {
        expect(scim.patch(`/Groups/${group}`, ...operations, broken).status).toBe(400);
        expect(scim.get(`/Groups/${group}`).body).toEqual(before);
        expect(scim.get(`/Users/${ids[2]}`).body.groups).toEqual([]);
      }),
    );
  });
});
