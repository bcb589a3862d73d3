import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownDeviationsText, readKnownDeviations } from "../../../src/config/known-deviations.ts";
import { problemLine } from "../../../src/model/problem.ts";
import { sampleReport } from "../report/sample-report.ts";

const folder = mkdtempSync(join(tmpdir(), "scim-check-known-"));

function read(text: string) {
  const file = join(folder, "deviations.yaml");
  writeFileSync(file, text);
  return readKnownDeviations(file);
}

function problemsOf(text: string): readonly string[] {
  const result = read(text);
  return result.ok ? [] : result.problems.map((one) => problemLine(one).replace(folder, ""));
}

describe("a list of known deviations", () => {
  it("says what, why, until when and where", () => {
    const text = `deviations:
  - behaviour: OKTA-CREATE-04
    why: The vendor mends it.
  - behaviour: OKTA-LARGE-*
    claim: OKTA-LARGE-07.whole-or-none
    okta-app: oin
    why: Read replicas.
    until: 2026-12-31
    link: https://tracker.example/42
`;
    expect(read(text)).toMatchObject({
      ok: true,
      known: [
        { behaviour: "OKTA-CREATE-04", why: "The vendor mends it.", place: { line: 2, column: 5 } },
        {
          behaviour: "OKTA-LARGE-*",
          claim: "OKTA-LARGE-07.whole-or-none",
          oktaApp: "oin",
          until: "2026-12-31",
          link: "https://tracker.example/42",
          place: { line: 4, column: 5 },
        },
      ],
    });
  });

  it("is refused with every mistake and its place", () => {
    const text = `deviations:
  - behaviour: OKTA-CREATE-04
    reason: none
  - behaviour: OKTA-CREATE-05
    why: " "
    okta-app: ios
    until: next week
    link: ticket 42
  - behaviour: OKTA-CREATE-06
    why: once
  - behaviour: OKTA-CREATE-06
    why: twice
`;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/:2:5: .*why/),
      expect.stringMatching(/:3:5: .*reason/),
      expect.stringMatching(/:5:10: .*a sentence that says why/),
      expect.stringMatching(/:6:15: .*aiw/),
      expect.stringMatching(/:7:12: .*2026-12-31/),
      expect.stringMatching(/:8:11: /),
    ]);
    expect(problemsOf(text.split("\n").slice(0, 1).concat(text.split("\n").slice(8)).join("\n"))).toEqual([
      expect.stringMatching(/:4:5: OKTA-CREATE-06 is listed twice: line 2 has it too/),
    ]);
  });

  it("written from a run is a list that can be read, of what binds and is broken", () => {
    const report = sampleReport();
    const result = read(knownDeviationsText(report));
    if (!result.ok) return expect.fail(result.problems.map(problemLine).join("\n"));
    const broken = report.behaviours.flatMap(({ id, claims }) =>
      claims
        .filter(({ level, verdict }) => verdict.kind === "fail" && ["must", "should"].includes(level))
        .map(() => id),
    );
    expect(result.known.map(({ behaviour }) => behaviour)).toEqual(broken);
    for (const { why } of result.known) expect(why).toMatch(/nobody has said yet why it is accepted/);
  });
});
