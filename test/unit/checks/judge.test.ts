import { describe, expect, it } from "vitest";
import { lastAnswer, parsedBody } from "../../../src/checks/answer.ts";
import { type JudgeContext, judge } from "../../../src/checks/judge.ts";
import { statusFits } from "../../../src/checks/status.ts";
import type { Check, Evidence } from "../../../src/model/evidence.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import type { BodyTemplate, Matcher } from "../../../src/model/scenario.ts";
import { answered, silent } from "../conformance/bench.ts";

const REQUEST: Request = { method: "GET", path: "/Users/1", headers: [] };
const is = (value: string | number): BodyTemplate => ({ kind: "literal", value });
const evidence = (...exchanges: readonly Exchange[]): Evidence => ({
  step: "read",
  exchanges,
  facts: {},
  earlier: new Map(),
  values: new Map(),
});
const CHECKS: readonly Check[] = (["holds", "unknown", "not-offered"] as const).map((kind) => ({
  name: kind,
  summary: "",
  takes: [],
  judge: () => (kind === "holds" ? { kind } : { kind, why: "open" }),
}));
const CONTEXT: JudgeContext = {
  fill: (template) => (template.kind === "literal" ? template.value : null),
  checks: new Map(CHECKS.map((check) => [check.name, check])),
};
const kindOf = (matcher: Matcher, ...exchanges: readonly Exchange[]) =>
  judge(matcher, evidence(...exchanges), CONTEXT).kind;

const OK = answered(REQUEST, 200, { id: "1" }, [["ETag", "W/1"]]);
const GONE = answered(REQUEST, 404, "");
const named = (name: string): Matcher => ({ check: { name, with: [] } });

describe("a matcher", () => {
  it.each<[string, Matcher, Exchange, Exchange]>([
    ["status", { status: [200] }, OK, GONE],
    ["one of several statuses", { status: [404, 410] }, GONE, OK],
    ["a class of statuses", { status: ["4xx"] }, GONE, OK],
    ["header, in any letter case", { header: [["etag", { equals: is("W/1") }]] }, OK, GONE],
    ["body", { body: [["id", { equals: is("1") }]] }, OK, GONE],
    ["body as a whole", { body: [["$", { type: "object" }]] }, OK, answered(REQUEST, 200, [])],
    ["no body", { emptyBody: true }, GONE, OK],
    ["some body", { emptyBody: false }, OK, GONE],
    ["time", { withinMs: 1 }, OK, { ...OK, timing: { startedAt: 0, totalMs: 2 } }],
    ["any of several", { anyOf: [{ status: [204] }, { status: [200] }] }, OK, GONE],
    ["everything at once", { status: [200], body: [["id", { notEmpty: true }]] }, OK, GONE],
  ])("of %s holds and breaks", (_, matcher, holding, breaking) => {
    expect(kindOf(matcher, holding)).toBe("holds");
    expect(kindOf(matcher, breaking)).toBe("broken");
    expect(kindOf(matcher, silent(REQUEST))).toBe("broken");
    expect(kindOf(matcher)).toBe("broken");
  });

  it("looks at the last exchange, and a silence after an answer is a silence", () => {
    expect(kindOf({ status: [200] }, GONE, OK)).toBe("holds");
    expect(kindOf({ status: [200] }, OK, silent(REQUEST))).toBe("broken");
    expect(lastAnswer(evidence(OK, silent(REQUEST)))).toBeUndefined();
  });

  it("asks its named check only when the rest holds", () => {
    expect(kindOf({ status: [200], ...named("unknown") }, OK)).toBe("unknown");
    expect(kindOf({ status: [201], ...named("unknown") }, OK)).toBe("broken");
    expect(kindOf(named("holds"), OK)).toBe("holds");
  });

  it("is unknown, not broken, when scim-check lacks the check", () => {
    expect(kindOf(named("no-such"), OK)).toBe("unknown");
  });

  it("of several alternatives is open when one is, and explains the closest otherwise", () => {
    expect(kindOf({ anyOf: [{ status: [299] }, named("unknown")] }, OK)).toBe("unknown");
    expect(kindOf({ anyOf: [named("unknown"), { status: [200] }] }, OK)).toBe("holds");
    expect(kindOf({ anyOf: [named("not-offered"), { status: [299] }] }, OK)).toBe("not-offered");
    const far: Matcher = { status: [299], body: [["id", { equals: is("2") }]] };
    const judged = judge({ anyOf: [far, { status: [298] }] }, evidence(OK), CONTEXT);
    expect(judged).toMatchObject({ kind: "broken", differences: [{ expected: "298" }] });
  });
});

describe("what a read has to show", () => {
  const nothingThere: Matcher = { body: [["nickName", { unassigned: true }]] };
  const read = (path: string, body: string, status = 200) =>
    answered({ method: "GET", path, headers: [] }, status, body);

  it.each([
    ["an empty object", "/Users/1", "{}"],
    ["an error with status 200", "/Groups/1", '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]}'],
    ["a list in place of the user", "/Users/1?attributes=nickName", '{"totalResults":0,"Resources":[]}'],
    ["an object that is no list", "/Users?startIndex=1", '{"ok":true}'],
    ["a list of no schemas at all", "/Schemas", '{"totalResults":0,"Resources":[]}'],
  ])("is missing in %s, whose silence proves nothing", (_, path, body) => {
    expect(judge(nothingThere, evidence(read(path, body)), CONTEXT)).toMatchObject({ kind: "unknown" });
  });

  it.each([
    ["the user", "/Users/1", '{"id":"1"}'],
    ["a user whose id is a number", "/Users/1", '{"id":1}'],
    ["an empty list without Resources", "/Users?startIndex=1", '{"totalResults":0}'],
    ["the configuration, which has no id", "/ServiceProviderConfig", "{}"],
  ])("is there in %s", (_, path, body) => {
    expect(judge(nothingThere, evidence(read(path, body)), CONTEXT).kind).toBe("holds");
  });

  it("makes no difference to what is about the status alone, or broken anyhow", () => {
    expect(judge({ status: [200] }, evidence(read("/Users/1", "{}")), CONTEXT).kind).toBe("holds");
    const shown: Matcher = { body: [["nickName", { notEmpty: true }]] };
    expect(judge(shown, evidence(read("/Users/1", "{}")), CONTEXT).kind).toBe("broken");
  });
});

describe("the conditions of a matcher", () => {
  const deletedWith = (status: number): Evidence => {
    const delete_ = answered({ method: "DELETE", path: "/Users/1", headers: [] }, status, "");
    const step = { step: "delete", exchanges: [delete_], facts: {} };
    return { ...evidence(answered(REQUEST, 404, "")), earlier: new Map([["delete", step]]) };
  };
  const gone: Matcher = { ifAccepted: ["delete"], status: [404] };

  it("leave a claim open where the step it builds on was refused, silent or never sent", () => {
    expect(judge(gone, deletedWith(204), CONTEXT).kind).toBe("holds");
    expect(judge(gone, deletedWith(403), CONTEXT)).toMatchObject({ kind: "unknown", neutral: true });
    expect(judge(gone, evidence(answered(REQUEST, 404, "")), CONTEXT)).toMatchObject({ neutral: true });
  });

  it("leave a claim open after a status that cannot show it, alternatives included", () => {
    const open: Matcher = { ifStatus: ["2xx"], anyOf: [{ status: [200] }, { status: [204] }] };
    expect(judge(open, evidence(answered(REQUEST, 500, "")), CONTEXT)).toMatchObject({ neutral: true });
    expect(judge(open, evidence(silent(REQUEST, "reset")), CONTEXT)).toMatchObject({ neutral: true });
    expect(judge(open, evidence(answered(REQUEST, 204, "")), CONTEXT).kind).toBe("holds");
    expect(judge(open, evidence(answered(REQUEST, 202, "")), CONTEXT).kind).toBe("broken");
  });
});

describe("the pattern of a status", () => {
  it.each([
    [200, 200, true],
    [200, "2xx", true],
    [299, "2xx", true],
    [300, "2xx", false],
    [200, 204, false],
  ] as const)("%i against %s: %s", (status, pattern, fits) => {
    expect(statusFits(status, pattern)).toBe(fits);
  });
});

describe("a hostile body", () => {
  const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;

  it.each([
    ["nested 100,000 deep", nested(100_000)],
    ["cut off", '{"id":"1"'],
    ["empty", ""],
    ["a web page", "<html>"],
    ["brackets without end", "[".repeat(1_000_000)],
  ])("that is %s is no JSON body, and nothing throws", (_, body) => {
    const answer = answered(REQUEST, 200, body);
    expect(kindOf({ body: [["$", { type: "object" }]] }, answer)).toBe("broken");
    const outcome = lastAnswer(evidence(answer));
    expect(outcome === undefined ? undefined : parsedBody(outcome).ok).toBe(false);
  });

  it.each([
    ["nested 500 deep", nested(500)],
    ["full of brackets that are text", JSON.stringify({ a: `\\"${"[{".repeat(5_000)}` })],
    ["wide", JSON.stringify(Array.from({ length: 50_000 }, () => [{}]))],
    ["with __proto__", '{"__proto__":{"id":1}}'],
  ])("that is merely %s is read", (_, body) => {
    const outcome = lastAnswer(evidence(answered(REQUEST, 200, body)));
    expect(outcome === undefined ? undefined : parsedBody(outcome).ok).toBe(true);
  });
});
