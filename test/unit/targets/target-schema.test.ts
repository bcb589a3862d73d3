import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BUILT_IN_TARGETS, targetNames } from "../../../src/targets/load-target.ts";
import { targetSchema } from "../../../src/targets/target-schema.ts";

describe("the published JSON Schema of target profiles", () => {
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(targetSchema());

  it("is what profiles are read with", async () => {
    await expect(`${JSON.stringify(targetSchema(), null, 2)}\n`).toMatchFileSnapshot(
      "../../../fixtures/schemas/target-profile.schema.json",
    );
  });

  it.each(targetNames())("holds for %s", (name) => {
    isValid(parse(readFileSync(join(BUILT_IN_TARGETS, `${name}.yaml`), "utf8")));
    expect(isValid.errors).toBeNull();
  });

  it("holds for the example that teaches how to write one", () => {
    const text = readFileSync(join(BUILT_IN_TARGETS, "README.md"), "utf8");
    isValid(parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? ""));
    expect(isValid.errors).toBeNull();
  });

  it("does not hold for a kind that nobody knows, a parameter it does not have, or a fact without a source", () => {
    const profile = (fact: object) => ({
      product: "Ours",
      sources: { docs: { title: "Docs", url: "https://example.com/docs" } },
      facts: { "OURS-01": { says: "It has a limit.", grade: "must", source: "docs", ...fact } },
    });
    const limit = { kind: "limit", subject: "group-members", value: 500, beyond: 413 };
    expect(isValid(profile({ observe: limit }))).toBe(true);
    expect(isValid(profile({ observe: { kind: "limitt" } }))).toBe(false);
    expect(isValid(profile({ observe: { ...limit, above: 500 } }))).toBe(false);
    expect(isValid(profile({ observe: limit, source: undefined }))).toBe(false);
  });
});
