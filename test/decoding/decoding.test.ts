import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemLine } from "../../src/model/problem.ts";
import { loadScenarios } from "../../src/scenarios/load.ts";
import { actions, catalogue, checks } from "./vocabulary.ts";

// Beside each broken scenario stands what the user reads about it, to the letter.
// After a change of wording: UPDATE=1 npx vitest run test/decoding, and read the diff.
const FOLDER = "test/decoding";
const cases = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.slice(0, -".yaml".length));

function messages(file: string): string {
  const loaded = loadScenarios({ folders: [file], fixtures: "fixtures", catalogue, checks, actions });
  return loaded.ok ? "no problem\n" : `${loaded.problems.map(problemLine).join("\n")}\n`;
}

describe("a broken scenario file is refused with the message beside it", () => {
  it.each(cases)("%s", (name) => {
    const actual = messages(`${FOLDER}/${name}.yaml`);
    if (process.env.UPDATE !== undefined) writeFileSync(`${FOLDER}/${name}.txt`, actual);
    expect(actual).toBe(readFileSync(`${FOLDER}/${name}.txt`, "utf8"));
  });

  it("and each of them is refused, with a line and a sentence on what to do", () => {
    const problems = cases.map((name) =>
      loadScenarios({
        folders: [`${FOLDER}/${name}.yaml`],
        fixtures: "fixtures",
        catalogue,
        checks,
        actions,
      }),
    );
    expect(problems.every((loaded) => !loaded.ok)).toBe(true);
    const all = problems.flatMap((loaded) => (loaded.ok ? [] : loaded.problems));
    expect(all.filter(({ next, place }) => next === undefined || place.line === undefined)).toEqual([]);
  });
});
