import { describe, expect, it } from "vitest";
import { activeAgain } from "../../../src/checks/named/active-again.ts";
import { eachListed } from "../../../src/checks/named/each-listed.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

describe("active-again", () => {
  const judged = (before: Json, after: Json) =>
    activeAgain.judge(evidenceOf(200, after, { earlier: { was: exchangeOf(200, before) } }), {
      id: "7",
      was: "was",
    }).kind;

  it("holds for whoever was inactive and is active, and breaks for whoever is not", () => {
    expect(judged({ id: "7", active: false }, { id: "7", active: true })).toBe("holds");
    expect(judged({ id: "7", active: false }, { id: "7", active: false })).toBe("broken");
    expect(judged({ id: "7", active: false }, { id: "8", active: true })).toBe("broken");
  });

  it("cannot tell of somebody who was never seen inactive", () => {
    expect(judged({ id: "7", active: true }, { id: "7", active: true })).toBe("unknown");
    expect(judged({ id: "7" }, { id: "7", active: true })).toBe("unknown");
  });
});

describe("each-listed", () => {
  const judged = (...resources: readonly Json[]) =>
    eachListed.judge(evidenceOf(200, { totalResults: resources.length, Resources: resources }), {
      boolean: "active",
    }).kind;

  it("holds for booleans, and breaks for texts and what is missing", () => {
    expect(judged({ active: true }, { active: false })).toBe("holds");
    expect(judged({ active: true }, { active: "false" })).toBe("broken");
    expect(judged({ active: true }, {})).toBe("broken");
  });

  it("asks nothing of people who are not among those it is told of", () => {
    const evidence = evidenceOf(200, {
      totalResults: 2,
      Resources: [{ id: "other" }, { id: "7", active: true }],
    });
    expect(eachListed.judge(evidence, { boolean: "active", among: ["7"] }).kind).toBe("holds");
    expect(eachListed.judge(evidence, { boolean: "active", among: ["8"] }).kind).toBe("unknown");
    expect(eachListed.judge(evidence, { boolean: "active", among: ["other"] }).kind).toBe("broken");
  });

  it("cannot tell from an empty list, or from none", () => {
    expect(judged()).toBe("unknown");
    expect(eachListed.judge(evidenceOf(500), { boolean: "active" }).kind).toBe("unknown");
  });
});
