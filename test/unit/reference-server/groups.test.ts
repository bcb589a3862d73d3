import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URN } from "../../../src/model/scim.ts";
import { type Client, client } from "./client.ts";

function withUsers(count: number): { readonly scim: Client; readonly ids: readonly string[] } {
  const scim = client();
  const ids = Array.from({ length: count }, (_, number) => scim.user(`user-${number}`).id as string);
  return { scim, ids };
}

describe("groups", () => {
  it("are created empty, without members, or with members", () => {
    const { scim, ids } = withUsers(2);
    const empty = scim.send("POST", "/Groups", { schemas: [URN.group], displayName: "one", members: [] });
    expect(empty.status).toBe(201);
    expect(empty.body).toMatchObject({ displayName: "one", members: [], meta: { resourceType: "Group" } });
    const bare = scim.send("POST", "/Groups", { schemas: [URN.group], displayName: "two" });
    expect(bare.body.members).toEqual([]);
    expect(scim.members(scim.group("three", ids))).toEqual(ids);
  });

  it("show of a member its id, address, name and type", () => {
    const { scim, ids } = withUsers(1);
    const group = scim.get(`/Groups/${scim.group("g", ids)}`).body;
    expect(group.members).toEqual([
      {
        value: ids[0],
        $ref: `https://scim.test/scim/v2/Users/${ids[0]}`,
        display: "user-0",
        type: "User",
      },
    ]);
  });

  it("need a displayName that no other group has", () => {
    const { scim } = withUsers(0);
    scim.group("Staff");
    const again = scim.send("POST", "/Groups", { schemas: [URN.group], displayName: "staff" });
    expect([again.status, again.body.scimType]).toEqual([409, "uniqueness"]);
    const nameless = scim.send("POST", "/Groups", { schemas: [URN.group], members: [] });
    expect([nameless.status, nameless.body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("refuse a member that is no user, name it, and apply nothing", () => {
    const { scim, ids } = withUsers(1);
    const id = scim.group("g");
    const members = [...ids, "nobody"].map((value) => ({ value }));
    const answers = [
      scim.patch(`/Groups/${id}`, { op: "add", path: "members", value: members }),
      scim.send("PUT", `/Groups/${id}`, { schemas: [URN.group], displayName: "renamed", members }),
      scim.send("POST", "/Groups", { schemas: [URN.group], displayName: "other", members }),
    ];
    for (const { status, body } of answers) {
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
      expect(body.detail).toContain("nobody");
    }
    expect(scim.get("/Groups").body.totalResults).toBe(1);
    expect(scim.get(`/Groups/${id}`).body).toMatchObject({ displayName: "g", members: [] });
  });

  it("have their members replaced exactly by PUT", () => {
    const { scim, ids } = withUsers(4);
    const id = scim.group("g", ids.slice(0, 3));
    const members = ids.slice(2).map((value) => ({ value, display: "whoever" }));
    const put = scim.send("PUT", `/Groups/${id}`, { schemas: [URN.group], id, displayName: "g2", members });
    expect(put.status).toBe(200);
    expect(put.body.displayName).toBe("g2");
    expect(scim.members(id)).toEqual(ids.slice(2));
  });

  it("are gone after DELETE, and their members are not", () => {
    const { scim, ids } = withUsers(2);
    const id = scim.group("g", ids);
    expect(scim.send("DELETE", `/Groups/${id}`).status).toBe(204);
    expect(scim.get(`/Groups/${id}`).status).toBe(404);
    expect(scim.get(`/Users/${ids[0]}`).body.groups).toEqual([]);
  });

  it("are found by name, whatever its case, and by member", () => {
    const { scim, ids } = withUsers(2);
    const id = scim.group('Ops & "On-call" + more', ids.slice(0, 1));
    scim.group("Ops");
    const named = scim.filter("Groups", 'displayName eq "OPS & \\"On-call\\" + more"').body;
    expect([named.totalResults, named.Resources[0].id]).toEqual([1, id]);
    for (const filter of [`members.value eq "${ids[0]}"`, `members[value eq "${ids[0]}"]`]) {
      expect(scim.filter("Groups", filter).body.Resources.map((group: { id: string }) => group.id)).toEqual([
        id,
      ]);
    }
    expect(scim.filter("Groups", `members.value eq "${ids[1]}"`).body.totalResults).toBe(0);
  });

  it("leave members out when asked to", () => {
    const { scim, ids } = withUsers(1);
    const id = scim.group("g", ids);
    expect(scim.get(`/Groups/${id}?excludedAttributes=members`).body).not.toHaveProperty("members");
    expect(scim.get("/Groups?excludedAttributes=members").body.Resources[0]).not.toHaveProperty("members");
  });
});

describe("a user's groups", () => {
  it("follow membership, rename and removal", () => {
    const { scim, ids } = withUsers(1);
    const path = `/Users/${ids[0]}`;
    const group = scim.group("g", ids);
    expect(scim.get(path).body.groups).toEqual([
      { value: group, $ref: `https://scim.test/scim/v2/Groups/${group}`, display: "g", type: "direct" },
    ]);
    scim.patch(`/Groups/${group}`, { op: "replace", value: { id: group, displayName: "renamed" } });
    expect(scim.get(path).body.groups[0].display).toBe("renamed");
    scim.patch(`/Groups/${group}`, { op: "remove", path: "members" });
    expect(scim.get(path).body.groups).toEqual([]);
  });

  it("cannot be written through the user", () => {
    const { scim, ids } = withUsers(1);
    const group = scim.group("g");
    const write = scim.patch(`/Users/${ids[0]}`, { op: "add", path: "groups", value: [{ value: group }] });
    expect([write.status, write.body.scimType]).toEqual([400, "mutability"]);
  });

  it("lose a user that is deleted", () => {
    const { scim, ids } = withUsers(2);
    const group = scim.group("g", ids);
    scim.send("DELETE", `/Users/${ids[0]}`);
    expect(scim.members(group)).toEqual([ids[1]]);
  });

  it("stay when the user is deactivated", () => {
    const { scim, ids } = withUsers(1);
    const group = scim.group("g", ids);
    scim.patch(`/Users/${ids[0]}`, { op: "replace", value: { active: false } });
    expect(scim.members(group)).toEqual(ids);
    expect(scim.filter("Users", 'userName eq "user-0"').body.Resources[0].active).toBe(false);
  });
});

describe("membership changes", () => {
  it("apply Okta's removes and adds in one request, answered 204", () => {
    const { scim, ids } = withUsers(5);
    const id = scim.group("g", ids.slice(0, 3));
    const changed = scim.patch(
      `/Groups/${id}`,
      { op: "remove", path: `members[value eq "${ids[0]}"]` },
      { op: "remove", path: `members[value eq "${ids[1]}"]` },
      { op: "add", path: "members", value: ids.slice(3).map((value) => ({ value, display: "x" })) },
    );
    expect([changed.status, changed.text]).toEqual([204, ""]);
    expect(scim.members(id)).toEqual(ids.slice(2));
  });

  it("are answered 200 with the group when attributes are asked for", () => {
    const { scim, ids } = withUsers(1);
    const id = scim.group("g");
    const add = { op: "add", path: "members", value: [{ value: ids[0] ?? "" }] };
    const changed = scim.patch(`/Groups/${id}?attributes=displayName`, add);
    expect([changed.status, changed.body.displayName]).toEqual([200, "g"]);
  });

  it("add a member once, and leave version and date alone the second time", () => {
    const { scim, ids } = withUsers(1);
    const id = scim.group("g");
    const add = { op: "add", path: "members", value: [{ value: ids[0] ?? "" }, { value: ids[0] ?? "" }] };
    scim.patch(`/Groups/${id}`, add);
    const once = scim.get(`/Groups/${id}`).body;
    scim.clock.advance(1000);
    expect(scim.patch(`/Groups/${id}`, add).status).toBe(204);
    expect(scim.get(`/Groups/${id}`).body).toEqual(once);
    expect(once.members).toHaveLength(1);
  });

  it("take the removal of somebody who is not a member for done", () => {
    const { scim, ids } = withUsers(2);
    const id = scim.group("g", ids.slice(0, 1));
    const removed = scim.patch(`/Groups/${id}`, { op: "remove", path: `members[value eq "${ids[1]}"]` });
    expect(removed.status).toBe(204);
    expect(scim.members(id)).toEqual(ids.slice(0, 1));
  });

  it("replace all members, also by none", () => {
    const { scim, ids } = withUsers(3);
    const id = scim.group("g", ids);
    scim.patch(`/Groups/${id}`, { op: "replace", path: "members", value: [{ value: ids[2] ?? "" }] });
    expect(scim.members(id)).toEqual([ids[2]]);
    scim.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName: "g", members: [] } });
    expect(scim.members(id)).toEqual([]);
  });

  it("rename without touching the members, also to the same name", () => {
    const { scim, ids } = withUsers(2);
    const id = scim.group("g", ids);
    for (const displayName of ["g", "G", "other"]) {
      expect(scim.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName } }).status).toBe(204);
    }
    expect(scim.get(`/Groups/${id}`).body).toMatchObject({ id, displayName: "other" });
    expect(scim.members(id)).toEqual(ids);
  });

  it("find members by any filter", () => {
    const { scim, ids } = withUsers(3);
    const id = scim.group("g", ids);
    scim.patch(`/Groups/${id}`, { op: "remove", path: 'members[display eq "user-1" or value eq "none"]' });
    expect(scim.members(id)).toEqual([ids[0], ids[2]]);
  });

  it("remove the members that a value lists", () => {
    const { scim, ids } = withUsers(3);
    const id = scim.group("g", ids);
    scim.patch(`/Groups/${id}`, { op: "remove", path: "members", value: [{ value: ids[1] ?? "" }] });
    expect(scim.members(id)).toEqual([ids[0], ids[2]]);
  });

  it.each([
    [{ op: "replace", path: 'members[value eq "nobody"]', value: [] }, "noTarget"],
    [{ op: "replace", path: "members.value", value: "x" }, "mutability"],
    [{ op: "add", path: "members", value: ["just-an-id"] }, "invalidValue"],
    [{ op: "add", path: "members", value: [{ display: "x" }] }, "invalidValue"],
    [{ op: "remove", path: "displayName" }, "mutability"],
  ])("refuse %j with %s", (operation, scimType) => {
    const { scim, ids } = withUsers(1);
    const refused = scim.patch(`/Groups/${scim.group("g", ids)}`, operation);
    expect([refused.status, refused.body.scimType]).toEqual([400, scimType]);
  });

  it("refuse more members or operations than the limits say, and apply nothing", () => {
    const scim = client({ maxGroupMembers: 2, maxOperationsPerPatch: 2 });
    const ids: string[] = ["a", "b", "c"].map((name) => scim.user(name).id);
    const id = scim.group("g", ids.slice(0, 1));
    const add = (value: string) => ({ op: "add", path: "members", value: [{ value }] });
    const remove = (value: string) => ({ op: "remove", path: `members[value eq "${value}"]` });
    const [a = "", b = "", c = ""] = ids;
    expect(scim.patch(`/Groups/${id}`, add(b), add(c)).status).toBe(400);
    expect(scim.patch(`/Groups/${id}`, add(b), remove(b), remove(a)).status).toBe(413);
    expect(scim.members(id)).toEqual([a]);
    expect(scim.patch(`/Groups/${id}`, remove(a), add(c)).status).toBe(204);
    expect(scim.members(id)).toEqual([c]);
  });

  it("end in the set that the same changes give a plain set", () => {
    const { scim, ids } = withUsers(6);
    const who = fc.subarray([...ids]);
    const change = fc.oneof(
      who.map((value) => ({ op: "add", value })),
      who.map((value) => ({ op: "replace", value })),
      fc.constantFrom(...ids).map((id) => ({ op: "remove", value: [id] })),
    );
    let number = 0;
    fc.assert(
      fc.property(who, fc.array(change, { minLength: 1, maxLength: 6 }), (start, changes) => {
        number += 1;
        const group = scim.group(`g${number}`, start);
        const expected = new Set(start);
        const operations = changes.map(({ op, value }) => {
          if (op === "replace") expected.clear();
          for (const id of value) op === "remove" ? expected.delete(id) : expected.add(id);
          return op === "remove"
            ? { op, path: `members[value eq "${value[0]}"]` }
            : { op, path: "members", value: value.map((id) => ({ value: id })) };
        });
        expect(scim.patch(`/Groups/${group}`, ...operations).status).toBe(204);
        expect(new Set(scim.members(group))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
