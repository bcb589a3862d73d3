import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URN } from "../../../src/model/scim.ts";
import { OrderedList } from "../../../src/reference-server/ordered-list.ts";
import { client, userNames } from "./client.ts";

const SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

function people(...names: readonly string[]) {
  const scim = client({ pageSizeMax: 4 });
  for (const name of names) scim.user(name);
  return scim;
}

describe("a list", () => {
  it("is complete when it is empty: numbers, and Resources as an array", () => {
    for (const path of ["/Users?startIndex=1&count=2", "/Groups?startIndex=1&count=100"]) {
      const list = client().get(path);
      expect(list.status).toBe(200);
      expect(list.body).toEqual({
        schemas: [URN.listResponse],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  it.each<[string, number, readonly string[]]>([
    ["", 1, ["a", "b", "c", "d"]],
    ["?count=2", 1, ["a", "b"]],
    ["?startIndex=2&count=2", 2, ["b", "c"]],
    ["?startIndex=5", 5, ["e"]],
    ["?startIndex=6&count=2", 6, []],
    ["?startIndex=1000000000", 1_000_000_000, []],
    ["?startIndex=0&count=1", 1, ["a"]],
    ["?startIndex=-7&count=1", 1, ["a"]],
    ["?count=0", 1, []],
    ["?count=-3", 1, []],
    ["?count=100000", 1, ["a", "b", "c", "d"]],
  ])("%j starts at %d and shows %j", (query, startIndex, expected) => {
    const list = people("a", "b", "c", "d", "e").get(`/Users${query}`);
    expect(list.body).toMatchObject({ totalResults: 5, startIndex, itemsPerPage: expected.length });
    expect(userNames(list)).toEqual(expected);
  });

  it("refuses numbers that are none", () => {
    for (const query of ["startIndex=one", "count=1.5", "count=9e99"]) {
      expect(client().get(`/Users?${query}`).status).toBe(400);
    }
  });

  it("shows everybody exactly once to a walk in pages of any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }), (users, count) => {
        const scim = client();
        scim.server.seed(users);
        const seen: string[] = [];
        for (let startIndex = 1; startIndex <= users; startIndex += count) {
          const page = scim.get(`/Users?startIndex=${startIndex}&count=${count}`);
          expect(page.body.totalResults).toBe(users);
          seen.push(...userNames(page));
        }
        expect(seen).toEqual(
          Array.from({ length: users }, (_, number) => `seeded.${number + 1}@example.com`),
        );
      }),
    );
  });

  it("pages through the matches of a filter", () => {
    const scim = people("a1", "b1", "a2", "a3");
    const page = scim.get(`/Users?filter=${encodeURIComponent('userName sw "a"')}&startIndex=2&count=1`);
    expect(page.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(userNames(page)).toEqual(["a2"]);
  });

  it("sorts by an attribute in its case rule, those without it last", () => {
    const scim = client();
    scim.user("b", { title: "x" });
    scim.user("A", { title: "Y" });
    scim.user("C");
    expect(userNames(scim.get("/Users?sortBy=userName"))).toEqual(["A", "b", "C"]);
    expect(userNames(scim.get("/Users?sortBy=userName&sortOrder=descending"))).toEqual(["C", "b", "A"]);
    expect(userNames(scim.get("/Users?sortBy=title"))).toEqual(["b", "A", "C"]);
    expect(userNames(scim.get("/Users?sortBy=title&sortOrder=descending"))).toEqual(["C", "A", "b"]);
    expect(scim.get("/Users?sortBy=colour").status).toBe(400);
  });

  it("sorts by the primary value of many", () => {
    const scim = client();
    scim.user("one", { emails: [{ value: "a" }, { value: "z", primary: true }] });
    scim.user("two", { emails: [{ value: "m" }] });
    expect(userNames(scim.get("/Users?sortBy=emails"))).toEqual(["two", "one"]);
    expect(userNames(scim.get("/Users?sortBy=emails.value"))).toEqual(["two", "one"]);
  });
});

describe("POST to .search", () => {
  it("finds what the same GET finds", () => {
    const scim = people("a", "b", "c");
    const searched = scim.send("POST", "/Users/.search", {
      schemas: [SEARCH],
      filter: 'userName ne "a"',
      startIndex: 2,
      count: 1,
      attributes: ["userName"],
    });
    const listed = scim.get(`/Users?filter=userName%20ne%20%22a%22&startIndex=2&count=1&attributes=userName`);
    expect([searched.status, searched.body]).toEqual([200, listed.body]);
    expect(userNames(searched)).toEqual(["c"]);
  });

  it("at the root searches users and groups", () => {
    const scim = people("a", "b");
    scim.group("a");
    const both = scim.send("POST", "/.search", { schemas: [SEARCH], filter: 'userName eq "a" or id pr' });
    expect(both.body.totalResults).toBe(2);
    const common = scim.send("POST", "/.search", { schemas: [SEARCH], filter: "id pr" });
    expect(
      common.body.Resources.map((each: { meta: { resourceType: string } }) => each.meta.resourceType),
    ).toEqual(["User", "User", "Group"]);
    expect(scim.send("POST", "/.search", { schemas: [SEARCH], filter: "colour pr" }).status).toBe(400);
  });
});

describe("seeding", () => {
  it("fills groups with users, and goes on where it stopped", () => {
    const scim = client();
    scim.server.seed(3, [{ displayName: "two", members: 2 }]);
    scim.server.seed(2);
    expect(scim.server.counts()).toEqual({ users: 5, groups: 1 });
    expect(new Set(userNames(scim.get("/Users"))).size).toBe(5);
    expect(scim.get("/Groups").body.Resources[0].members).toHaveLength(2);
    expect(scim.filter("Users", 'emails.value eq "seeded.1@example.com"').body.totalResults).toBe(1);
  });
});

describe("OrderedList", () => {
  it("pages like an array, whatever was appended and removed", () => {
    const steps = fc.array(fc.oneof(fc.constant(-1), fc.nat(2000)), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        steps,
        fc.nat(1600),
        fc.nat(20),
        (size, moves, offset, count) => {
          const list = new OrderedList<number>();
          const array: number[] = [];
          let next = 0;
          const append = () => {
            list.append(next);
            array.push(next);
            next += 1;
          };
          for (let made = 0; made < size; made += 1) append();
          for (const move of moves) {
            if (move === -1) append();
            else {
              list.remove(move);
              if (array.includes(move)) array.splice(array.indexOf(move), 1);
            }
          }
          expect(list.size).toBe(array.length);
          expect(list.slice(offset, count)).toEqual(array.slice(offset, offset + count));
          expect([...list]).toEqual(array);
        },
      ),
      { numRuns: 60 },
    );
  });
});
