import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { problemLine } from "../../../src/model/problem.ts";
import { loadTarget, targetNames } from "../../../src/targets/load-target.ts";

const folder = mkdtempSync(join(tmpdir(), "scim-check-targets-"));
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(text: string): readonly string[] {
  const file = join(folder, "ours.yaml");
  writeFileSync(file, text);
  const loaded = loadTarget(file);
  return loaded.ok ? [] : loaded.problems.map(problemLine).map((line) => line.replace(file, "ours.yaml"));
}

describe("every profile that comes with scim-check", () => {
  it.each(targetNames())("%s can be read, and each fact has a source and a place", (name) => {
    const loaded = loadTarget(name);
    expect(loaded.ok ? [] : loaded.problems.map(problemLine)).toEqual([]);
    if (!loaded.ok) return;
    expect(loaded.profile.id).toBe(name);
    expect(loaded.profile.facts.length).toBeGreaterThan(0);
    const bare = loaded.profile.facts.filter(
      ({ citations, place }) => citations.some(({ url }) => url === "") || place.line === undefined,
    );
    expect(bare).toEqual([]);
  });
});

describe("the profile of Terraform Enterprise", () => {
  it("knows the documented limits and what happens past them", () => {
    const loaded = loadTarget("terraform-enterprise");
    const limits = loaded.ok
      ? loaded.profile.facts.filter(({ grade }) => grade === "must").flatMap((fact) => fact.observables)
      : [];
    expect(limits).toContainEqual({ kind: "limit", subject: "group-members", value: 1000, beyond: 413 });
    expect(limits).toContainEqual({
      kind: "limit",
      subject: "operations-per-patch",
      resource: "Users",
      value: 100,
      beyond: 400,
    });
    expect(limits).toContainEqual({ kind: "limit", subject: "body-bytes", value: 1_048_576, beyond: 413 });
    expect(limits).toContainEqual({ kind: "limit", subject: "page-size", value: 200, beyond: "capped" });
    expect(limits).toContainEqual({ kind: "limit", subject: "requests-per-second", value: 10, beyond: 429 });
  });

  it("says since which release each fact holds", () => {
    const loaded = loadTarget("terraform-enterprise");
    expect(loaded.ok && loaded.profile.facts.every(({ since }) => since === "2.0.0")).toBe(true);
  });
});

describe("a profile that cannot be used", () => {
  it("by a misspelt name is told apart from the right one", () => {
    const loaded = loadTarget("terraform-enterprize");
    expect(loaded.ok ? [] : loaded.problems.map(problemLine)).toEqual([
      "--target: There is no target `terraform-enterprize`. Did you mean `terraform-enterprise`? A path to a file of your own works too.",
    ]);
  });

  it("because its file is missing is named by its path", () => {
    const loaded = loadTarget("./nobody.yaml");
    expect(loaded.ok ? [] : loaded.problems.map(problemLine)).toEqual([
      "./nobody.yaml:1:1: There is no such file. Check the path.",
    ]);
  });

  it("has every mistake reported with its place", () => {
    const text = [
      "product: Ours",
      "sources: { docs: { title: Docs, url: nowhere } }",
      "facts:",
      "  ONE: { says: It has a limit., grade: must, source: docs, not-observed: nobody can }",
      "  OURS-2:",
      "    says: It has a limit.",
      "    grade: sure",
      "    source: docs",
      "    observe: { kind: limit, subject: group-member, value: 0, beyond: 200 }",
    ].join("\n");
    expect(problemsOf(text)).toEqual([
      'ours.yaml:2:38: `sources.docs.url` is "nowhere". Expected an address such as `https://example.com/docs`.',
      'ours.yaml:4:3: The key "ONE" in `facts` cannot be used. Expected an id such as `TFE-106`.',
      'ours.yaml:7:12: `facts.OURS-2.grade` is "sure". Expected one of `must`, `may`, `open`.',
    ]);
    const observed = [
      "product: Ours",
      "sources: { docs: { title: Docs, url: https://example.com/docs } }",
      "facts:",
      "  OURS-1: { says: It has a limit., grade: must, source: docs }",
      "  OURS-2:",
      "    says: It has a limit.",
      "    grade: must",
      "    source: docs",
      "    observe: { kind: limit, subject: group-member, value: 0, beyond: 200 }",
      "  OURS-3: { says: It is shown., grade: must, source: docs, shown-with: OURS-22 }",
      "  OURS-4: { says: It has a limit., grade: must, source: docs, observe: { kind: limitt } }",
    ].join("\n");
    expect(problemsOf(observed)).toEqual([
      "ours.yaml:4:3: `facts.OURS-1` does not say how it can be seen. Add `observe`, `shown-with: <fact>` or `not-observed: <why>`.",
      'ours.yaml:9:38: `facts.OURS-2.observe.subject` is "group-member". Did you mean `group-members`?',
      "ours.yaml:9:59: `facts.OURS-2.observe.value` is 0. Expected at least 1.",
      "ours.yaml:9:70: `facts.OURS-2.observe.beyond` is 200. Expected at least 400.",
      "ours.yaml:10:72: There is no fact `OURS-22`. Did you mean `OURS-2`?",
      "ours.yaml:11:80: There is no kind of fact `limitt`. Did you mean `limit`?",
    ]);
  });

  it("may cite only sources it lists", () => {
    const text = [
      "product: Ours",
      "sources: { docs: { title: Docs, url: https://example.com/ } }",
      "facts: { OURS-1: { says: It has a limit., grade: must, source: dosc, not-observed: nobody can } }",
    ].join("\n");
    expect(problemsOf(text)).toEqual(["ours.yaml:3:64: There is no source `dosc`. Did you mean `docs`?"]);
  });
});
