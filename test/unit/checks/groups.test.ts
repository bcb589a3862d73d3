import { describe, expect, it } from "vitest";
import { acknowledgedMembers } from "../../../src/checks/named/acknowledged-members.ts";
import { groupsNamed } from "../../../src/checks/named/groups-named.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

describe("groups-named", () => {
  const list = (...names: readonly string[]): Json => ({
    totalResults: names.length,
    Resources: names.map((displayName, index) => ({ id: `g${index}`, displayName })),
  });
  const judged = (body: Json, given: Readonly<Record<string, Json>>, status = 200) =>
    groupsNamed.judge(evidenceOf(status, body), { displayName: "A Team", ...given }).kind;

  it("holds for as many groups of the name as asked, letter case apart", () => {
    expect(judged(list("A TEAM"), { count: 1, id: "g0" })).toBe("holds");
    expect(judged(list(), { count: 0 })).toBe("holds");
  });

  it("counts nobody else, as a server that ignores the filter shows them", () => {
    expect(judged(list("Other", "A Team", "A Team East"), { count: 1, id: "g1" })).toBe("holds");
  });

  it("takes 404, and a list without Resources, for no group", () => {
    expect(judged({}, { count: 0 }, 404)).toBe("holds");
    expect(judged({ totalResults: 0 }, { count: 0 })).toBe("holds");
  });

  it("breaks for one too many, one too few, or another id", () => {
    expect(judged(list("A Team", "A Team"), { count: 1 })).toBe("broken");
    expect(judged(list("A Team"), { count: 0 })).toBe("broken");
    expect(judged(list(), { count: 1 })).toBe("broken");
    expect(judged(list("A Team"), { count: 1, id: "g7" })).toBe("broken");
  });

  it("cannot tell from a refusal, or from the first page of many", () => {
    expect(judged({}, { count: 0 }, 500)).toBe("unknown");
    expect(judged({ totalResults: 500, Resources: [] }, { count: 1 })).toBe("unknown");
  });
});

describe("acknowledged-members", () => {
  const group = (...ids: readonly string[]): Json => ({ id: "g", members: ids.map((value) => ({ value })) });
  const writtenThen = (first: number, second: number, body: Json): Evidence =>
    evidenceOf(200, body, { earlier: { one: exchangeOf(first), two: exchangeOf(second) } });
  const given = { members: ["a", "b"], by: ["one", "two"] };

  it("holds when everybody whose add was acknowledged is there", () => {
    expect(acknowledgedMembers.judge(writtenThen(204, 200, group("a", "b", "c")), given).kind).toBe("holds");
  });

  it("breaks when somebody is missing all the same", () => {
    expect(acknowledgedMembers.judge(writtenThen(204, 204, group("b")), given).kind).toBe("broken");
    expect(acknowledgedMembers.judge(writtenThen(204, 204, { id: "g" }), given).kind).toBe("broken");
  });

  it("does not ask for somebody whose add was refused", () => {
    expect(acknowledgedMembers.judge(writtenThen(409, 204, group("b")), given).kind).toBe("holds");
  });

  it("goes by the statuses of a step that sent them all at once", () => {
    const judged = (statuses: readonly number[]) =>
      acknowledgedMembers.judge(
        {
          ...evidenceOf(200, group("a")),
          earlier: new Map([["adds", { step: "adds", exchanges: [], facts: { statuses } }]]),
        },
        { members: ["a", "b"], by: "adds" },
      ).kind;
    expect(judged([204, 429])).toBe("holds");
    expect(judged([204, 204])).toBe("broken");
    expect(judged([204, 0])).toBe("holds");
  });

  it("cannot tell when no add was acknowledged, unless all of them were told that they are not", () => {
    expect(acknowledgedMembers.judge(writtenThen(500, 503, group()), given).kind).toBe("unknown");
    expect(acknowledgedMembers.judge(writtenThen(400, 409, group()), given).kind).toBe("unknown");
    const refusable = { ...given, "may-refuse": true };
    expect(acknowledgedMembers.judge(writtenThen(400, 409, group()), refusable).kind).toBe("holds");
    expect(acknowledgedMembers.judge(writtenThen(400, 500, group()), refusable).kind).toBe("unknown");
  });

  it("cannot tell when the group is not shown", () => {
    expect(acknowledgedMembers.judge(evidenceOf(500), given).kind).toBe("unknown");
  });
});
