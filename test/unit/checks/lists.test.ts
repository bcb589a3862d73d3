import { describe, expect, it } from "vitest";
import { emptyList } from "../../../src/checks/named/empty-list.ts";
import { integerCounters } from "../../../src/checks/named/integer-counters.ts";
import { itemsPerPage } from "../../../src/checks/named/items-per-page.ts";
import { listResponse } from "../../../src/checks/named/list-response.ts";
import { minimumProfile } from "../../../src/checks/named/minimum-profile.ts";
import { pageWithinCount } from "../../../src/checks/named/page-within-count.ts";
import { totalCovers } from "../../../src/checks/named/total-covers.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf, silence } from "./evidence-of.ts";

const list = (changes: JsonObject = {}): JsonObject => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: 2,
  startIndex: 1,
  itemsPerPage: 2,
  Resources: [{ id: "1" }, { id: "2" }],
  ...changes,
});

const without = (key: string) => Object.fromEntries(Object.entries(list()).filter(([name]) => name !== key));

describe("list-response", () => {
  it("holds for a list, also an empty one and one with further URNs", () => {
    expect(listResponse.judge(evidenceOf(200, list()), {}).kind).toBe("holds");
    expect(listResponse.judge(evidenceOf(200, list({ Resources: [] })), {}).kind).toBe("holds");
    const more = { schemas: ["urn:x", "urn:ietf:params:scim:api:messages:2.0:ListResponse"] };
    expect(listResponse.judge(evidenceOf(200, list(more)), {}).kind).toBe("holds");
  });

  it.each([
    ["nothing", undefined],
    ["HTML", "<html>"],
    ["null", null],
    ["a bare array", []],
    ["no Resources", without("Resources")],
    ["null for Resources", list({ Resources: null })],
    ["no schemas", without("schemas")],
  ])("breaks for %s", (_what, body) => {
    expect(listResponse.judge(evidenceOf(200, body), {}).kind).toBe("broken");
  });

  it("leaves a refusal to others: it has no shape to look at", () => {
    expect(listResponse.judge(evidenceOf(501, { detail: "No." }), {}).kind).toBe("unknown");
    expect(listResponse.judge(evidenceOf(301, undefined), {}).kind).toBe("unknown");
  });

  it("breaks when nothing was answered", () => {
    expect(listResponse.judge(silence, {}).kind).toBe("broken");
  });
});

describe("empty-list", () => {
  const nobody = list({ Resources: [], totalResults: 0 });

  it("holds for an empty array and the number 0", () => {
    expect(emptyList.judge(evidenceOf(200, nobody), {}).kind).toBe("holds");
    expect(emptyList.judge(evidenceOf(200, nobody), { total: true }).kind).toBe("holds");
  });

  it.each([
    ["no array", { ...nobody, Resources: null }, {}],
    ["nobody's resource", { ...nobody, Resources: [{}], totalResults: 1 }, {}],
    ["somebody who is not counted", { ...nobody, Resources: [{ id: "1" }] }, {}],
    ["zero as a text", { ...nobody, totalResults: "0" }, { total: true }],
    ["a total of somebody who is not listed", { ...nobody, totalResults: 1 }, { total: true }],
    ["no list", [], { total: true }],
    ["no JSON", "<html>", { total: true }],
  ])("breaks for %s", (_what, body, given) => {
    expect(emptyList.judge(evidenceOf(200, body), given).kind).toBe("broken");
  });

  it("stays open where somebody is listed and counted who came after the run began", () => {
    const somebody = list({ Resources: [{ id: "1" }], totalResults: 1 });
    expect(emptyList.judge(evidenceOf(200, somebody), {}).kind).toBe("unknown");
    expect(emptyList.judge(evidenceOf(200, somebody), { total: true }).kind).toBe("unknown");
  });
});

describe("integer-counters", () => {
  it("holds for integers, and for counters that RFC 7644 lets a server leave out", () => {
    expect(integerCounters.judge(evidenceOf(200, list()), {}).kind).toBe("holds");
    expect(integerCounters.judge(evidenceOf(200, without("startIndex")), {}).kind).toBe("holds");
  });

  it.each(["totalResults", "startIndex", "itemsPerPage"])("breaks for %s as a text or a fraction", (name) => {
    const judgement = integerCounters.judge(evidenceOf(200, list({ [name]: "1" })), {});
    expect(judgement).toEqual({
      kind: "broken",
      differences: [{ where: `body ${name}`, expected: "an integer", actual: '"1"' }],
    });
    expect(integerCounters.judge(evidenceOf(200, list({ [name]: 1.5 })), {}).kind).toBe("broken");
  });

  it("asks for all three on a page, whatever their type", () => {
    expect(integerCounters.judge(evidenceOf(200, list({ startIndex: "1" })), { paged: true }).kind).toBe(
      "holds",
    );
    expect(integerCounters.judge(evidenceOf(200, without("itemsPerPage")), { paged: true }).kind).toBe(
      "broken",
    );
  });

  it("says nothing of an answer that is no list", () => {
    expect(integerCounters.judge(evidenceOf(500, list()), {}).kind).toBe("unknown");
    expect(integerCounters.judge(evidenceOf(200, "<html>"), {}).kind).toBe("unknown");
  });
});

describe("page-within-count", () => {
  it("holds for a full page, a short one and one without Resources", () => {
    expect(pageWithinCount.judge(evidenceOf(200, list()), { count: 2 }).kind).toBe("holds");
    expect(pageWithinCount.judge(evidenceOf(200, list()), { count: 100 }).kind).toBe("holds");
    expect(pageWithinCount.judge(evidenceOf(200, without("Resources")), { count: 2 }).kind).toBe("holds");
  });

  it("breaks for more than was asked for", () => {
    expect(pageWithinCount.judge(evidenceOf(200, list()), { count: 1 }).kind).toBe("broken");
  });

  it("says nothing of an answer that is no list", () => {
    expect(pageWithinCount.judge(evidenceOf(200, list({ Resources: "two" })), { count: 1 }).kind).toBe(
      "unknown",
    );
    expect(pageWithinCount.judge(silence, { count: 1 }).kind).toBe("unknown");
  });
});

describe("page-within-count, where nothing is to be counted", () => {
  const earlier = { listed: exchangeOf(200, { totalResults: 0, Resources: [] }) };

  it("tells nothing of a page that has fewer than it takes to tell", () => {
    expect(pageWithinCount.judge(evidenceOf(200, list()), { count: 100, least: 1 }).kind).toBe("holds");
    expect(
      pageWithinCount.judge(evidenceOf(200, list({ Resources: [] })), { count: 100, least: 1 }),
    ).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("tells nothing where nobody is listed under any count", () => {
    const empty = evidenceOf(200, list({ Resources: [] }), { earlier });
    expect(pageWithinCount.judge(empty, { count: 0, like: "listed" })).toMatchObject({
      kind: "unknown",
      neutral: true,
    });
    const full = evidenceOf(200, list({ Resources: [] }), { earlier: { listed: exchangeOf(200, list()) } });
    expect(pageWithinCount.judge(full, { count: 0, like: "listed" }).kind).toBe("holds");
  });
});

describe("items-per-page", () => {
  it("holds when it is the number of resources on the page", () => {
    expect(itemsPerPage.judge(evidenceOf(200, list()), {}).kind).toBe("holds");
    expect(itemsPerPage.judge(evidenceOf(200, list({ Resources: [], itemsPerPage: 0 })), {}).kind).toBe(
      "holds",
    );
  });

  it("breaks when it is the count that was asked for", () => {
    expect(itemsPerPage.judge(evidenceOf(200, list({ itemsPerPage: 100 })), {}).kind).toBe("broken");
  });

  it("leaves an absent counter to others", () => {
    expect(itemsPerPage.judge(evidenceOf(200, without("itemsPerPage")), {}).kind).toBe("unknown");
  });
});

describe("total-covers", () => {
  const given = { made: ["ann", "ben"] };
  const values = { ann: "1", ben: "2" };

  it("holds when the total is at least what was made", () => {
    expect(totalCovers.judge(evidenceOf(200, list({ totalResults: 2 }), { values }), given).kind).toBe(
      "holds",
    );
    expect(totalCovers.judge(evidenceOf(200, list({ totalResults: 70 }), { values }), given).kind).toBe(
      "holds",
    );
  });

  it("breaks when the total is only the page", () => {
    expect(totalCovers.judge(evidenceOf(200, list({ totalResults: 1 }), { values }), given).kind).toBe(
      "broken",
    );
  });

  it("cannot tell when a create was refused", () => {
    const evidence = evidenceOf(200, list({ totalResults: 1 }), { values: { ann: "1" } });
    expect(totalCovers.judge(evidence, given).kind).toBe("unknown");
  });
});

describe("minimum-profile", () => {
  const user = {
    id: "1",
    userName: "ada@example.com",
    name: { givenName: "Ada", familyName: "Garcia" },
    active: false,
    emails: [{ value: "ada@example.com" }],
    title: "Countess",
  };
  const at = { at: "Resources[0]" };

  it("holds for a user with all of it, active or not, and with more than that", () => {
    expect(minimumProfile.judge(evidenceOf(200, list({ Resources: [user] })), at).kind).toBe("holds");
    expect(minimumProfile.judge(evidenceOf(200, user), { at: "$" }).kind).toBe("holds");
  });

  it.each([
    ["an empty user name", { ...user, userName: " " }, "body Resources[0].userName"],
    ["no family name", { ...user, name: { givenName: "Ada" } }, "body Resources[0].name.familyName"],
    ["no e-mail address", { ...user, emails: [] }, "body Resources[0].emails[0].value"],
    ["null for active", { ...user, active: null }, "body Resources[0].active"],
  ])("breaks for %s and says where", (_what, sparse, where) => {
    const judgement = minimumProfile.judge(evidenceOf(200, list({ Resources: [sparse] })), at);
    expect(judgement.kind === "broken" ? judgement.differences.map((d) => d.where) : []).toEqual([where]);
  });

  it("cannot tell when nobody is listed", () => {
    expect(minimumProfile.judge(evidenceOf(200, list({ Resources: [] })), at).kind).toBe("unknown");
    expect(minimumProfile.judge(evidenceOf(404, user), { at: "$" }).kind).toBe("unknown");
  });
});
