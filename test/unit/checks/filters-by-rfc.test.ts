import { describe, expect, it } from "vitest";
import { filterFinds, filterRefused, totalLike } from "../../../src/checks/named/filter-finds.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf, silence } from "./evidence-of.ts";

const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const list = (ids: readonly string[], totalResults = ids.length): Json => ({
  schemas: [LIST],
  totalResults,
  Resources: ids.map((id) => ({ id })),
});
const config = (feature: string, supported: boolean) => ({
  config: exchangeOf(200, { [feature]: { supported } }),
});

describe("filter-finds", () => {
  it("is open where the server gave the person another name than it was sent", () => {
    const created = (userName: string) => {
      const exchange = exchangeOf(201, { id: "1", userName });
      return { ...exchange, request: { ...exchange.request, body: JSON.stringify({ userName: "Ann" }) } };
    };
    const judged = (userName: string) =>
      filterFinds.judge(evidenceOf(200, list([]), { earlier: { create: created(userName) } }), {
        ids: ["1"],
        "named-by": "create",
      });
    expect(judged("ann@example.com")).toMatchObject({ kind: "unknown", neutral: true });
    expect(judged("ann").kind).toBe("broken");
  });

  it("holds when of the play's own resources the right ones are shown, strangers apart", () => {
    const judgement = filterFinds.judge(evidenceOf(200, list(["1", "stranger"])), {
      ids: ["1"],
      among: ["1", "2"],
    });
    expect(judgement.kind).toBe("holds");
  });

  it("breaks when a match is missing, when another is shown, and with `only` for any stranger", () => {
    const missing = filterFinds.judge(evidenceOf(200, list([])), { ids: ["1"] });
    expect(missing.kind).toBe("broken");
    const another = filterFinds.judge(evidenceOf(200, list(["1", "2"])), { ids: ["1"], among: ["1", "2"] });
    expect(another).toEqual({
      kind: "broken",
      differences: [{ where: "body Resources", expected: "matches alone", actual: "also 2" }],
    });
    const stranger = filterFinds.judge(evidenceOf(200, list(["1", "stranger"])), { ids: ["1"], only: true });
    expect(stranger.kind).toBe("broken");
  });

  it("holds for an empty list without Resources, which RFC 7644 permits", () => {
    const empty = evidenceOf(200, { schemas: [LIST], totalResults: 0 });
    expect(filterFinds.judge(empty, { ids: [], only: true }).kind).toBe("holds");
  });

  it("stays open when the match may be on another page", () => {
    expect(filterFinds.judge(evidenceOf(200, list(["9"], 40)), { ids: ["1"], among: ["1"] }).kind).toBe(
      "unknown",
    );
  });

  it("calls a refusal broken, unless the server may decline or has no filters", () => {
    const refused = evidenceOf(400, undefined);
    expect(filterFinds.judge(refused, { ids: ["1"] }).kind).toBe("broken");
    expect(filterFinds.judge(refused, { ids: ["1"], "may-refuse": true }).kind).toBe("not-offered");
    expect(filterFinds.judge(evidenceOf(500), { ids: ["1"], "may-refuse": true }).kind).toBe("broken");
    const without = evidenceOf(400, undefined, { earlier: config("filter", false) });
    expect(filterFinds.judge(without, { ids: ["1"], config: "config" }).kind).toBe("not-offered");
    const claimed = evidenceOf(400, undefined, { earlier: config("filter", true) });
    expect(filterFinds.judge(claimed, { ids: ["1"], config: "config" }).kind).toBe("broken");
  });

  it("is not offered by a page at the root that is no list, or for an attribute that is not kept", () => {
    expect(filterFinds.judge(evidenceOf(200, "<html>"), { ids: ["1"], "may-be-none": true }).kind).toBe(
      "not-offered",
    );
    const unkept = evidenceOf(200, list([]), { earlier: { create: exchangeOf(201, { id: "1" }) } });
    const given = { ids: ["1"], offered: "create", "offered-path": "externalId" };
    expect(filterFinds.judge(unkept, given).kind).toBe("not-offered");
  });

  it("does not blame letter case where the plain look-up found nobody, nor a server that says nothing twice", () => {
    const evidence = evidenceOf(200, list([]), { earlier: { plain: exchangeOf(200, list([])) } });
    expect(filterFinds.judge(evidence, { ids: ["1"], like: "plain" }).kind).toBe("unknown");
    expect(filterFinds.judge(silence, { ids: ["1"] }).kind).toBe("broken");
  });
});

describe("filter-refused", () => {
  it("holds for 400 alone", () => {
    expect(filterRefused.judge(evidenceOf(400), {}).kind).toBe("holds");
    expect(filterRefused.judge(evidenceOf(200, list([])), {}).kind).toBe("broken");
    expect(filterRefused.judge(evidenceOf(500), {}).kind).toBe("broken");
  });

  it("is not offered where there are no filters", () => {
    const evidence = evidenceOf(501, undefined, { earlier: config("filter", false) });
    expect(filterRefused.judge(evidence, { config: "config" }).kind).toBe("not-offered");
  });
});

describe("total-like", () => {
  const whole = { either: exchangeOf(200, list(["1", "2"])) };

  it("compares totalResults with what the whole list held", () => {
    expect(totalLike.judge(evidenceOf(200, list(["1"], 2), { earlier: whole }), { as: "either" }).kind).toBe(
      "holds",
    );
    expect(totalLike.judge(evidenceOf(200, list(["1"], 1), { earlier: whole }), { as: "either" }).kind).toBe(
      "broken",
    );
  });

  it("compares the page with count where that is given", () => {
    const page = (ids: readonly string[]) =>
      totalLike.judge(evidenceOf(200, list(ids, 2), { earlier: whole }), { as: "either", count: 1 }).kind;
    expect([page(["1"]), page(["1", "2"])]).toEqual(["holds", "broken"]);
  });

  it("is not offered where the filter was declined without paging too", () => {
    const evidence = evidenceOf(400, undefined, { earlier: { either: exchangeOf(400) } });
    expect(totalLike.judge(evidence, { as: "either" }).kind).toBe("not-offered");
  });

  it("is open where the same filter failed without paging", () => {
    const evidence = evidenceOf(200, list([], 0), { earlier: { either: exchangeOf(500) } });
    expect(totalLike.judge(evidence, { as: "either" })).toMatchObject({ kind: "unknown", neutral: true });
  });
});
