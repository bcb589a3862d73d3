import { describe, expect, it } from "vitest";
import { patchAnswer } from "../../../src/checks/named/patch-answer.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

const kindOf = (evidence: Parameters<typeof patchAnswer.judge>[0]) => patchAnswer.judge(evidence, {}).kind;

describe("patch-answer", () => {
  it("holds for 204 without a body", () => {
    expect(kindOf(evidenceOf(204))).toBe("holds");
  });

  it("holds for 200 with the resource, a group without members included", () => {
    expect(kindOf(evidenceOf(200, { id: "7", displayName: "Tools", members: null }))).toBe("holds");
  });

  it.each([
    ["200 without a body", evidenceOf(200)],
    ["200 with something else", evidenceOf(200, { ok: true })],
    ["204 with a body", evidenceOf(204, { id: "7" })],
    ["an error", evidenceOf(500, { id: "7" })],
    ["no answer", silence],
  ])("breaks for %s", (_what, evidence) => {
    expect(kindOf(evidence)).toBe("broken");
  });
});
