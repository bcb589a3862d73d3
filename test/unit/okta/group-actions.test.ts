import { describe, expect, it } from "vitest";
import { atOnce } from "../../../src/okta/actions/at-once.ts";
import { actions } from "../../../src/okta/actions/index.ts";
import { pushMembers } from "../../../src/okta/actions/push-members.ts";
import { putMembers } from "../../../src/okta/actions/put-members.ts";
import { readGroups } from "../../../src/okta/actions/read-groups.ts";
import { replayPlan } from "../../../src/okta/actions/replay-plan.ts";
import { crowdOf, performanceOf, sentBody } from "./performance-of.ts";

describe("the table of actions", () => {
  it("names each action once", () => {
    const names = actions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("at-once", () => {
  it("sends all requests together, and tells the status and the id of each", () => {
    const requests = [
      { method: "POST", path: "/Users", body: { userName: "a" } },
      { method: "POST", path: "/Users", body: { userName: "a" } },
      { method: "GET", path: "/Users" },
    ];
    const { facts, rhythm } = performanceOf(atOnce, { requests }, (_, number) =>
      number === 1 ? { status: 201, body: { id: "7" } } : number === 2 ? 409 : "silence",
    );
    expect(rhythm).toEqual([3]);
    expect(facts).toEqual({ statuses: [201, 409, 0], ids: ["7", null, null] });
  });
});

describe("push-members", () => {
  it("adds in batches, each one add with value and display, one request after the other", () => {
    const { requests, rhythm, facts } = performanceOf(
      pushMembers,
      { group: "g 1", members: crowdOf(5), batch: 2 },
      () => 204,
    );
    expect(rhythm).toEqual([1, 1, 1]);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: 3 }, () => "PATCH /Groups/g%201"),
    );
    expect(sentBody(requests[2])).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "members", value: [{ value: "u5", display: "u5@example.com" }] }],
    });
    expect(facts).toMatchObject({
      statuses: [204, 204, 204],
      requests: 3,
      refused: 0,
      silent: 0,
      slowestMs: 5,
      largestBatch: 2,
      acceptedMembers: ["u1", "u2", "u3", "u4", "u5"],
    });
  });

  it("removes with one operation for each leaver, also from plain ids", () => {
    const given = { group: "g", members: ["u1", "u2"], batch: 100, op: "remove" };
    const { requests } = performanceOf(pushMembers, given, () => 200);
    expect(sentBody(requests[0])).toMatchObject({
      Operations: [
        { op: "remove", path: 'members[value eq "u1"]' },
        { op: "remove", path: 'members[value eq "u2"]' },
      ],
    });
  });

  it("stops where a batch does not succeed, and names only the members that were accepted", () => {
    const given = { group: "g", members: crowdOf(6), batch: 2 };
    const { facts } = performanceOf(pushMembers, given, (_, number) => (number === 2 ? 413 : 200));
    expect(facts).toMatchObject({ statuses: [200, 413], refused: 1, acceptedMembers: ["u1", "u2"] });
  });

  it("sends overlapping batches together, eight at a time, and goes on after a refusal", () => {
    const given = { group: "g", members: crowdOf(10), batch: 1, overlap: true };
    const { facts, rhythm } = performanceOf(pushMembers, given, (_, number) =>
      number === 1 ? 500 : number === 2 ? "silence" : 200,
    );
    expect(rhythm).toEqual([8, 2]);
    expect(facts).toMatchObject({ refused: 1, silent: 1, requests: 10 });
    expect(facts.acceptedMembers).toHaveLength(8);
  });
});

describe("put-members", () => {
  it("reads the group, then replaces it with everybody but those left out", () => {
    const given = { group: "g", displayName: "A", members: crowdOf(3), without: ["u2"] };
    const { requests, facts } = performanceOf(putMembers, given, () => 200);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /Groups/g",
      "PUT /Groups/g",
    ]);
    expect(sentBody(requests[1])).toEqual({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      id: "g",
      displayName: "A",
      members: [
        { value: "u1", display: "u1@example.com" },
        { value: "u3", display: "u3@example.com" },
      ],
    });
    expect(facts).toEqual({ readStatus: 200, status: 200, acceptedMembers: ["u1", "u3"] });
  });

  it("tells of no accepted members when the replace is refused", () => {
    const given = { group: "g", displayName: "A", members: crowdOf(1) };
    const { facts } = performanceOf(putMembers, given, ({ method }) => (method === "PUT" ? 413 : 200));
    expect(facts).toEqual({ readStatus: 200, status: 413 });
  });
});

describe("replay-plan", () => {
  it("creates as many groups as needed and fills each up to the limit in batches", () => {
    let groups = 0;
    const { facts, requests } = performanceOf(
      replayPlan,
      { members: crowdOf(5), limit: 2, batch: 1 },
      ({ method }) => (method === "POST" ? { status: 201, body: { id: `g${++groups}` } } : 204),
    );
    expect(facts.groups).toEqual([
      { id: "g1", planned: 2, refused: null },
      { id: "g2", planned: 2, refused: null },
      { id: "g3", planned: 1, refused: null },
    ]);
    expect(requests.filter(({ method }) => method === "PATCH")).toHaveLength(5);
    expect(sentBody(requests[0])).toMatchObject({ displayName: "part1:groupName", members: [] });
  });

  it("says which group was refused, and goes on with the next", () => {
    const { facts } = performanceOf(
      replayPlan,
      { members: crowdOf(3), limit: 1, batch: 1 },
      ({ method }, number) => {
        if (method === "POST") return number === 1 ? 409 : { status: 201, body: { id: `g${number}` } };
        return number === 3 ? 413 : 204;
      },
    );
    expect(facts.groups).toEqual([
      { id: null, planned: 1, refused: 409 },
      { id: "g2", planned: 1, refused: 413 },
      { id: "g4", planned: 1, refused: null },
    ]);
  });
});

describe("read-groups", () => {
  it("reads each group, and tells the ids it shows or that it shows none", () => {
    const groups = [{ id: "g1" }, { id: null }, { id: "g2" }, { id: "g3" }];
    const { facts, requests } = performanceOf(readGroups, { groups }, (_, number) =>
      number === 1
        ? { status: 200, body: { id: "g1", members: [{ value: "u1", $ref: "x", type: "User" }] } }
        : number === 2
          ? { status: 200, body: { id: "g2" } }
          : 404,
    );
    expect(requests.map(({ path }) => path)).toEqual(["/Groups/g1", "/Groups/g2", "/Groups/g3"]);
    expect(facts.groups).toEqual([
      { id: "g1", status: 200, members: ["u1"] },
      { id: "g2", status: 200, members: null },
      { id: "g3", status: 404, members: null },
    ]);
  });
});
