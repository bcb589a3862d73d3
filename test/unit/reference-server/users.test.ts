import { describe, expect, it } from "vitest";
import { URN } from "../../../src/model/scim.ts";
import { client } from "./client.ts";

const OKTA_USER = {
  schemas: [URN.user],
  userName: "ann.lee@example.com",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [{ primary: true, value: "ann.lee@example.com", type: "work" }],
  displayName: "Ann Lee",
  locale: "en-US",
  externalId: "00ujl29u0le5T6Aj10h7",
  groups: [],
  password: "1mz050nq",
  active: true,
};

describe("POST /Users", () => {
  it("stores what Okta sends and answers 201 with all of it but the password", () => {
    const created = client().send("POST", "/Users", OKTA_USER);
    const { password: _secret, ...shown } = OKTA_USER;
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject(shown);
    expect(created.text).not.toContain("1mz050nq");
    expect(created.body).not.toHaveProperty("password");
  });

  it("says where the new user is, in Location and in meta", () => {
    const { server, send, get } = client();
    const created = send("POST", "/Users", OKTA_USER);
    const location = `https://scim.test${server.settings.basePath}/Users/${created.body.id}`;
    expect(created.header("Location")).toBe(location);
    expect(created.body.meta).toMatchObject({
      resourceType: "User",
      location,
      version: created.header("ETag"),
    });
    expect(created.body.meta.created).toBe(created.body.meta.lastModified);
    expect(get(`/Users/${created.body.id}`).body).toEqual(created.body);
  });

  it("ignores an id, meta and groups that the client made up", () => {
    const { user } = client();
    const created = user("a@example.com", {
      id: "mine",
      meta: { created: "1999-01-01T00:00:00Z", resourceType: "Robot" },
      groups: [{ value: "admins" }],
    });
    expect(created.id).not.toBe("mine");
    expect(created.meta.resourceType).toBe("User");
    expect(created.groups).toEqual([]);
  });

  it("is content with a userName alone, and takes the user for active", () => {
    expect(client().user("a@example.com")).toMatchObject({ userName: "a@example.com", active: true });
  });

  it("refuses a userName that is taken, in any letter case, with 409 uniqueness", () => {
    const { send, user, server } = client();
    user("Ann@Example.com");
    const again = send("POST", "/Users", { schemas: [URN.user], userName: "aNN@example.COM" });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ schemas: [URN.error], status: "409", scimType: "uniqueness" });
    expect(server.counts().users).toBe(1);
  });

  it.each([{}, { userName: "" }, { userName: "  " }, { userName: null }, { userName: 7 }])(
    "refuses %j, for want of a userName, with 400 invalidValue",
    (body) => {
      const refused = client().send("POST", "/Users", { schemas: [URN.user], ...body });
      expect(refused.status).toBe(400);
      expect(refused.body.scimType).toBe("invalidValue");
    },
  );

  it.each([
    [{ active: "perhaps" }, "active"],
    [{ name: "Ann" }, "name"],
    [{ emails: "a@example.com" }, "emails"],
    [{ emails: [{ value: 1 }] }, "value"],
    [
      {
        emails: [
          { value: "a", primary: true },
          { value: "b", primary: true },
        ],
      },
      "emails",
    ],
    [{ [URN.enterpriseUser]: "sales" }, "EnterpriseUser"],
  ])("refuses %j with 400 invalidValue and names the attribute", (body, named) => {
    const refused = client().send("POST", "/Users", { schemas: [URN.user], userName: "a", ...body });
    expect(refused.status).toBe(400);
    expect(refused.body.scimType).toBe("invalidValue");
    expect(refused.body.detail).toContain(named);
  });

  it("refuses a body whose schemas do not name the User schema", () => {
    const { send } = client();
    expect(send("POST", "/Users", { userName: "a" }).status).toBe(400);
    expect(send("POST", "/Users", { schemas: [URN.group], userName: "a" }).status).toBe(400);
    expect(send("POST", "/Users", { schemas: URN.user, userName: "a" }).status).toBe(400);
  });

  it("takes null, an empty array and absence for one state", () => {
    const created = client().user("a", { emails: [], title: null, name: {}, phoneNumbers: [{}] });
    for (const name of ["emails", "title", "name", "phoneNumbers"]) expect(created).not.toHaveProperty(name);
  });

  it("reads attribute names in any letter case and shows them as the schema writes them", () => {
    const { send } = client();
    const created = send("POST", "/Users", { SCHEMAS: [URN.user], username: "a", NAME: { GivenName: "A" } });
    expect(created.body).toMatchObject({ userName: "a", name: { givenName: "A" } });
  });

  it("reads booleans that came as text", () => {
    expect(client().user("a", { active: "False" }).active).toBe(false);
  });

  it("stores one (type, value) pair once", () => {
    const twice = [
      { type: "work", value: "a@example.com" },
      { type: "work", value: "a@example.com" },
    ];
    expect(client().user("a", { emails: twice }).emails).toHaveLength(1);
  });

  it("ignores unknown attributes, those that look like object internals included", () => {
    const { sendText } = client();
    const text = `{"schemas":["${URN.user}"],"userName":"a","__proto__":{"active":false},"constructor":{"x":1},
      "urn:example:unknown":{"a":1},"favouriteColour":"red"}`;
    const created = sendText("POST", "/Users", text);
    expect(created.status).toBe(201);
    expect(created.body.active).toBe(true);
    expect(Object.keys(created.body)).toEqual(["schemas", "id", "userName", "active", "groups", "meta"]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it("lists the enterprise schema only when the user has something of it", () => {
    const { user } = client();
    const both = [URN.user, URN.enterpriseUser];
    const with_ = user("a", { schemas: both, [URN.enterpriseUser]: { department: "Sales" } });
    const without = user("b", { schemas: both, [URN.enterpriseUser]: {} });
    expect(with_.schemas).toEqual(both);
    expect(with_[URN.enterpriseUser]).toEqual({ department: "Sales" });
    expect(without.schemas).toEqual([URN.user]);
    expect(without).not.toHaveProperty([URN.enterpriseUser]);
  });

  it("gives back text beyond ASCII as it came", () => {
    const name = { givenName: "Zoë 𝒳", familyName: "Müller-Łukasz 李 👩‍👩‍👧" };
    expect(client().user("zoë@example.com", { name }).name).toEqual(name);
  });

  it("frees a userName when its user is deleted", () => {
    const { send, user } = client();
    const first = user("a");
    expect(send("DELETE", `/Users/${first.id}`).status).toBe(204);
    const second = user("a");
    expect(second.id).not.toBe(first.id);
  });
});

describe("PUT /Users/{id}", () => {
  it("takes back what GET showed, with one attribute changed, as Okta does it", () => {
    const { send, get, clock } = client();
    const { id } = send("POST", "/Users", OKTA_USER).body;
    const read = get(`/Users/${id}`).body;
    clock.advance(1000);
    const put = send("PUT", `/Users/${id}`, { ...read, title: "Captain", unknown: 1 });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ id, title: "Captain", userName: read.userName, emails: read.emails });
    expect(get(`/Users/${id}`).body).toEqual(put.body);
    expect(put.body.meta.created).toBe(read.meta.created);
    expect(put.body.meta.lastModified).not.toBe(read.meta.lastModified);
    expect(put.body.meta.version).not.toBe(read.meta.version);
  });

  it("leaves version and date alone when nothing changed, whatever the order of names", () => {
    const { send, user, clock } = client();
    const before = user("a", { name: { givenName: "A", familyName: "B" } });
    clock.advance(1000);
    const body = {
      schemas: [URN.user],
      active: true,
      name: { familyName: "B", givenName: "A" },
      userName: "a",
    };
    expect(send("PUT", `/Users/${before.id}`, body).body.meta).toEqual(before.meta);
  });

  it("clears what is left out, but keeps active and the password", () => {
    const { send, user } = client();
    const { id } = user("a", { title: "Captain", active: false, password: "x" });
    const put = send("PUT", `/Users/${id}`, { schemas: [URN.user], userName: "a" });
    expect(put.body).not.toHaveProperty("title");
    expect(put.body.active).toBe(false);
  });

  it("changes the userName: the old one is free, the new one is found", () => {
    const { send, user, filter } = client();
    const { id } = user("old");
    send("PUT", `/Users/${id}`, { schemas: [URN.user], userName: "new" });
    expect(filter("Users", 'userName eq "old"').body.totalResults).toBe(0);
    expect(filter("Users", 'userName eq "new"').body.Resources[0].id).toBe(id);
  });

  it("refuses a userName that another user has, and changes nothing", () => {
    const { send, user, get } = client();
    user("taken");
    const mine = user("mine");
    const put = send("PUT", `/Users/${mine.id}`, { schemas: [URN.user], userName: "TAKEN", title: "x" });
    expect(put.status).toBe(409);
    expect(get(`/Users/${mine.id}`).body).toEqual(mine);
  });

  it("ignores an id in the body that is not the one in the address", () => {
    const { send, user } = client();
    const mine = user("mine");
    const other = user("other");
    const put = send("PUT", `/Users/${mine.id}`, { schemas: [URN.user], id: other.id, userName: "mine" });
    expect(put.body.id).toBe(mine.id);
  });
});

describe("a user that is not there", () => {
  it.each(["GET", "PUT", "PATCH", "DELETE"])("is 404 with a SCIM error for %s", (method) => {
    const body = method === "PUT" ? { schemas: [URN.user], userName: "a" } : { schemas: [URN.patchOp] };
    for (const id of ["010101001010101011001010101011", "a%2Fb", "__proto__", "00919288221112222"]) {
      const missing = client().send(method, `/Users/${id}`, method === "GET" ? undefined : body);
      expect(missing.status).toBe(404);
      expect(missing.body).toMatchObject({ schemas: [URN.error], status: "404" });
      expect(missing.body.detail).not.toBe("");
    }
  });

  it("is what a deleted user is, for every method and every list", () => {
    const { send, user, filter, get } = client();
    const { id } = user("a");
    const deleted = send("DELETE", `/Users/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    for (const method of ["GET", "DELETE"]) expect(send(method, `/Users/${id}`).status).toBe(404);
    expect(filter("Users", 'userName eq "a"').body.Resources).toEqual([]);
    expect(get("/Users").body.totalResults).toBe(0);
  });
});

describe("attributes and excludedAttributes", () => {
  const { get, user, send, patch } = client();
  const { id } = user("a", {
    name: { givenName: "A", familyName: "B" },
    emails: [{ value: "a@example.com", type: "work" }],
    [URN.enterpriseUser]: { department: "Sales", division: "West" },
  });

  it.each([
    ["attributes=userName", { userName: "a" }],
    ["attributes=USERNAME", { userName: "a" }],
    ["attributes=name.givenName", { name: { givenName: "A" } }],
    ["attributes=name.givenName,name.familyName", { name: { givenName: "A", familyName: "B" } }],
    [`attributes=${URN.user}:userName`, { userName: "a" }],
    [`attributes=${URN.enterpriseUser}:department`, { [URN.enterpriseUser]: { department: "Sales" } }],
    [`attributes=${URN.enterpriseUser}`, { [URN.enterpriseUser]: { department: "Sales", division: "West" } }],
    ["attributes=emails.type", { emails: [{ type: "work" }] }],
    ["attributes=name.middleName", {}],
    ["attributes=password,nonsense", {}],
    ["attributes=userName&excludedAttributes=userName", { userName: "a" }],
  ])("%s shows that, id and schemas, and nothing else", (query, expected) => {
    const always = { schemas: [URN.user, URN.enterpriseUser], id };
    expect(get(`/Users/${id}?${query}`).body).toEqual({ ...always, ...expected });
    expect(get(`/Users?${query}`).body.Resources).toEqual([{ ...always, ...expected }]);
  });

  it("leaves out what is excluded, but never id and schemas", () => {
    const all = get(`/Users/${id}`).body;
    const { emails: _emails, meta: _meta, ...others } = all;
    const shown = get(`/Users/${id}?excludedAttributes=emails,meta,id,schemas,name.givenName`).body;
    expect(shown).toEqual({ ...others, name: { familyName: "B" } });
  });

  it("applies to the replies of POST, PUT and PATCH too", () => {
    const only = ["schemas", "id", "userName"];
    const created = send("POST", "/Users?attributes=userName", { schemas: [URN.user], userName: "b" }).body;
    const path = `/Users/${created.id}?attributes=userName`;
    expect(Object.keys(created)).toEqual(only);
    expect(Object.keys(send("PUT", path, { schemas: [URN.user], userName: "b" }).body)).toEqual(only);
    expect(Object.keys(patch(path, { op: "replace", value: { active: false } }).body)).toEqual(only);
  });
});

describe("versions", () => {
  it("answer If-None-Match with 304 and no body while the user is unchanged", () => {
    const { user, get, patch } = client();
    const { id, meta } = user("a");
    const unchanged = get(`/Users/${id}`, [["If-None-Match", meta.version]]);
    expect([unchanged.status, unchanged.text, unchanged.header("etag")]).toEqual([304, "", meta.version]);
    expect(get(`/Users/${id}`, [["If-None-Match", "*"]]).status).toBe(304);
    patch(`/Users/${id}`, { op: "replace", value: { active: false } });
    expect(get(`/Users/${id}`, [["If-None-Match", meta.version]]).status).toBe(200);
  });

  it.each(["PUT", "PATCH", "DELETE"])("refuse a %s that is based on an old one with 412", (method) => {
    const { user, send, get } = client();
    const before = user("a");
    const stale = send(method, `/Users/${before.id}`, { schemas: [URN.user], userName: "b" }, [
      ["If-Match", 'W/"99"'],
    ]);
    expect(stale.status).toBe(412);
    expect(stale.body.schemas).toEqual([URN.error]);
    expect(get(`/Users/${before.id}`).body).toEqual(before);
  });

  it("let a change that is based on the current one pass", () => {
    const { user, send } = client();
    const { id, meta } = user("a");
    expect(send("DELETE", `/Users/${id}`, undefined, [["If-Match", meta.version]]).status).toBe(204);
  });
});
