import { describe, expect, it } from "vitest";
import { sameResource } from "../../../src/checks/named/same-resource.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const ann = {
  id: "7",
  userName: "ann",
  emails: [{ value: "a@x" }, { value: "b@x" }],
  meta: { version: "1" },
};

const kindOf = (before: Json, now: Json, given: Record<string, Json> = {}, status = 200) =>
  sameResource.judge(evidenceOf(status, now, { earlier: { before: exchangeOf(200, before) } }), {
    as: "before",
    ...given,
  }).kind;

describe("same-resource", () => {
  it("breaks where one attribute differs", () => {
    expect(kindOf(ann, { ...ann, userName: "bob" })).toBe("broken");
    expect(kindOf(ann, { ...ann, emails: [{ value: "a@x" }] }, { only: ["emails"] })).toBe("broken");
    expect(kindOf(ann, { ...ann, userName: null }, { only: ["userName"] })).toBe("broken");
  });

  it("looks at nothing but `only`, and not at `except`", () => {
    const changed = { ...ann, meta: { version: "2" } };
    expect(kindOf(ann, changed)).toBe("broken");
    expect(kindOf(ann, changed, { except: ["meta"] })).toBe("holds");
    expect(kindOf(ann, changed, { only: ["userName", "emails"] })).toBe("holds");
  });

  it("does not care for the order of an array, for further sub-attributes, or how absence is written", () => {
    const shuffled = { ...ann, emails: [{ value: "b@x", type: "work" }, { value: "a@x" }], groups: [] };
    expect(kindOf(ann, shuffled)).toBe("holds");
    expect(kindOf({ ...ann, title: "" }, { ...ann, title: null })).toBe("holds");
  });

  it("stays open when there is nothing to compare", () => {
    expect(kindOf(ann, {}, {}, 404)).toBe("unknown");
    expect(kindOf({ members: [] }, { members: [] }, { only: ["members"] })).toBe("unknown");
    expect(sameResource.judge(evidenceOf(200, ann), { as: "before" }).kind).toBe("unknown");
  });
});
