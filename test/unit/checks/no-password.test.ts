import { describe, expect, it } from "vitest";
import { noPassword } from "../../../src/checks/named/no-password.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

describe("no-password", () => {
  it("breaks and names the place, but not the secret", () => {
    const judgement = noPassword.judge(
      evidenceOf(200, { Resources: [{ id: "7", passWord: "hunter2" }] }),
      {},
    );
    expect(judgement).toEqual({
      kind: "broken",
      differences: [{ where: "body Resources[0].passWord", expected: "absent", actual: "present" }],
    });
  });

  it.each([
    ["a user without one", evidenceOf(201, { id: "7", userName: "a" })],
    ["an explicit null", evidenceOf(201, { id: "7", password: null })],
    ["an attribute with a similar name", evidenceOf(200, { passwordChangedAt: "2026-01-01" })],
    ["no body at all", evidenceOf(204)],
  ])("holds for %s", (_what, evidence) => {
    expect(noPassword.judge(evidence, {}).kind).toBe("holds");
  });

  it("stays open when the request was refused, not answered or not answered in JSON", () => {
    for (const evidence of [evidenceOf(400, { password: "too short" }), silence, evidenceOf(200, "<html>")]) {
      expect(noPassword.judge(evidence, {}).kind).toBe("unknown");
    }
  });

  it("survives an answer of any depth", () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}{"password":"x"}${"}".repeat(depth)}`;
    expect(noPassword.judge(evidenceOf(200, nested(900)), {}).kind).toBe("broken");
    // Deeper than any resource: no check reads it as JSON.
    expect(noPassword.judge(evidenceOf(200, nested(20_000)), {}).kind).toBe("unknown");
  });
});
