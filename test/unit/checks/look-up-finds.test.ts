import { describe, expect, it } from "vitest";
import { lookUpFinds } from "../../../src/checks/named/look-up-finds.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const list = (resources: readonly Json[], totalResults = resources.length) => ({
  totalResults,
  Resources: resources,
});
const ann = { id: "7", userName: "Ann@x" };
const kindOf = (body: Json | undefined, given: Record<string, Json>, status = 200) =>
  lookUpFinds.judge(evidenceOf(status, body), { userName: "ann@X", ...given }).kind;

describe("look-up-finds", () => {
  it("holds when exactly so many are there, in any letter case, with the id", () => {
    expect(kindOf(list([ann]), { count: 1, id: "7" })).toBe("holds");
    expect(kindOf(list([]), { count: 0 })).toBe("holds");
  });

  it("breaks when there are too many or too few, or when the id is another", () => {
    expect(kindOf(list([ann, { ...ann, id: "8" }]), { count: 1 })).toBe("broken");
    expect(kindOf(list([]), { count: 1 })).toBe("broken");
    expect(kindOf(list([ann]), { count: 0 })).toBe("broken");
    expect(kindOf(list([ann]), { count: 1, id: "8" })).toBe("broken");
  });

  it("does not ask for the id of nobody, when told so", () => {
    expect(kindOf(list([]), { count: 1, id: "7", "if-found": true })).toBe("unknown");
    expect(kindOf(list([ann]), { count: 1, id: "8", "if-found": true })).toBe("broken");
    expect(kindOf(list([ann]), { count: 1, id: "7", "if-found": true })).toBe("holds");
  });

  it("does not count others whom a server lists although it was asked for one", () => {
    expect(kindOf(list([{ id: "1", userName: "bob" }, ann]), { count: 1, id: "7" })).toBe("holds");
  });

  it("takes 404, and an empty list without Resources, for nobody", () => {
    expect(kindOf(undefined, { count: 0 }, 404)).toBe("holds");
    expect(kindOf({ totalResults: 0 }, { count: 0 })).toBe("holds");
  });

  it("finds groups by displayName", () => {
    const evidence = evidenceOf(200, list([{ id: "g", displayName: "Tools" }]));
    expect(lookUpFinds.judge(evidence, { displayName: "Tools", count: 1, id: "g" }).kind).toBe("holds");
    expect(lookUpFinds.judge(evidence, { displayName: "Tool", count: 1 }).kind).toBe("broken");
  });

  it("breaks for an error when told that a list must come", () => {
    expect(kindOf({ detail: "no" }, { count: 1, "must-list": true }, 500)).toBe("broken");
    expect(kindOf("<html>", { count: 1, "must-list": true })).toBe("broken");
  });

  it("blames one look-up only where a plain one works", () => {
    const judgedBeside = (plain: Json) => {
      const evidence = evidenceOf(200, list([]), { earlier: { plain: exchangeOf(200, plain) } });
      return lookUpFinds.judge(evidence, { userName: "ann@x", count: 1, like: "plain" }).kind;
    };
    expect(judgedBeside(list([{ id: "1", userName: "bob" }]))).toBe("broken");
    expect(judgedBeside(list([]))).toBe("unknown");
  });

  it("stays open when the list is not whole, is none, or when the write before was refused", () => {
    expect(kindOf(list([{ id: "1", userName: "bob" }], 50), { count: 0 })).toBe("unknown");
    expect(kindOf({ detail: "no" }, { count: 1 }, 400)).toBe("unknown");
    const evidence = evidenceOf(200, list([]), { earlier: { rename: exchangeOf(400) } });
    expect(lookUpFinds.judge(evidence, { userName: "ann", count: 1, after: "rename" }).kind).toBe("unknown");
  });
});
