import { describe, expect, it } from "vitest";
import { identifiedUsers } from "../../../src/checks/named/identified-users.ts";
import { pagePastEnd } from "../../../src/checks/named/page-past-end.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

const empty = { totalResults: 130, startIndex: 201, itemsPerPage: 0, Resources: [] };
const people = Array.from({ length: 130 }, (_unused, index) => `u${index}`);
const judged = (part: string, body: Json, status = 200) =>
  pagePastEnd.judge(evidenceOf(status, body), { part, startIndex: 201, total: 130, people }).kind;

describe("page-past-end", () => {
  it.each(["users", "items-per-page", "total", "start-index"])("holds for an empty page (%s)", (part) => {
    expect(judged(part, empty)).toBe("holds");
  });

  it.each<[string, Json]>([
    ["users", { ...empty, Resources: [{ id: "u129" }] }],
    ["items-per-page", { ...empty, itemsPerPage: 100 }],
    ["total", { ...empty, totalResults: 0 }],
    ["start-index", { ...empty, startIndex: 1 }],
  ])("breaks for the wrong %s, and for nothing else", (part, body) => {
    const parts = ["users", "items-per-page", "total", "start-index"];
    expect(parts.filter((other) => judged(other, body) === "broken")).toEqual([part]);
  });

  it("breaks for a refusal and for silence, once", () => {
    expect(judged("users", { detail: "No such page" }, 404)).toBe("broken");
    expect(judged("total", { detail: "No such page" }, 404)).toBe("unknown");
    expect(pagePastEnd.judge(silence, { part: "users", startIndex: 201, total: 130 }).kind).toBe("broken");
  });

  it("lets an empty page do without Resources", () => {
    expect(judged("users", { ...empty, Resources: null })).toBe("holds");
  });

  it("cannot tell when so many users were added that the page is none past the end", () => {
    const grown = { totalResults: 201, startIndex: 201, itemsPerPage: 1, Resources: [{ id: "new" }] };
    expect(judged("users", grown)).toBe("unknown");
    expect(judged("items-per-page", grown)).toBe("unknown");
  });

  it("cannot tell where the end is by a total that is too low", () => {
    const given = { part: "users", startIndex: 101, total: 100, people };
    const page = { ...empty, Resources: [{ id: "u100" }] };
    expect(pagePastEnd.judge(evidenceOf(200, page), given).kind).toBe("unknown");
  });

  it("cannot tell who changed a total that is still high enough", () => {
    expect(judged("total", { ...empty, totalResults: 131 })).toBe("unknown");
  });
});

describe("identified-users", () => {
  const user = { id: "1", userName: "a@example.com" };

  it("holds for users with id and userName, numbers included, and tells nothing of nobody", () => {
    expect(identifiedUsers.judge(evidenceOf(200, { Resources: [user, { ...user, id: 2 }] }), {}).kind).toBe(
      "holds",
    );
    expect(identifiedUsers.judge(evidenceOf(200, { Resources: [] }), {}).kind).toBe("unknown");
  });

  it.each<[string, Json]>([
    ["no id", { userName: "a@example.com" }],
    ["an empty userName", { id: "1", userName: " " }],
    ["a userName of null", { id: "1", userName: null }],
    ["a text", "1"],
  ])("breaks for %s", (_what, odd) => {
    expect(identifiedUsers.judge(evidenceOf(200, { Resources: [user, odd] }), {}).kind).toBe("broken");
  });

  it("says nothing where there is no list", () => {
    expect(identifiedUsers.judge(evidenceOf(500), {}).kind).toBe("unknown");
  });
});
