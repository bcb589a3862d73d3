import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

const SELECTION = ["run", "--embedded", "--okta-app", "oin", "--scenario", "okta/users/*"];
const DEFECT = ["--defect", "create-answers-200"];

describe("the gate a team keeps switched on", () => {
  it("is shut by a failure, opens once it is listed, and is shut again when it is mended", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-gate-"));
    const run = (...args: readonly string[]) => cli([...SELECTION, ...args], { cwd });
    const first = await run(...DEFECT, "--write-known", "known.yaml", "--report", "json:first.json");
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("known.yaml: what is broken is listed.");

    const listed = await run(...DEFECT, "--known", "known.yaml", "--since", "first.json");
    expect(listed.stdout).toMatch(/Known deviations \(\d+, not counted\)/);
    expect(listed.stdout).toMatch(/Changes \(since run \w{6} of .*\)\nNothing changed\./);
    expect(listed.code).toBe(0);

    const mended = await run(
      "--known",
      "known.yaml",
      "--since",
      "first.json",
      "--report",
      "json:mended.json",
    );
    expect(mended.stdout).toMatch(
      /OKTA-CREATE-01\S* \(OIN\) is kept now: take it off the list \(known\.yaml:\d+:\d+\)/,
    );
    expect(mended.stdout).toMatch(/Mended \(\d+\)\n {2}✓ OKTA-CREATE-01 fail → pass/);
    expect(mended.stdout).toContain("Exit code 1 (the list of known deviations is out of date).");
    expect(mended.code).toBe(1);

    const since = await cli(["render", "mended.json", "--since", "first.json", "--report", "json"], { cwd });
    expect(JSON.parse(since.stdout).comparison.mended[0].id).toBe("OKTA-CREATE-01");
  });

  it("never writes over a list, and takes no list that names what is not there", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-gate-"));
    const file = join(cwd, "known.yaml");
    writeFileSync(file, "deviations:\n  - behaviour: OKTA-CRAETE-01\n    why: a slip\n");
    const over = await cli([...SELECTION, "--write-known", "known.yaml"], { cwd });
    expect(over.stderr).toContain("known.yaml: The file exists, and --write-known never writes over one.");
    expect(over.code).toBe(2);
    const unknown = await cli([...SELECTION, "--known", "known.yaml"], { cwd });
    expect(unknown.stderr).toContain('known.yaml:2:5: No behaviour has the id "OKTA-CRAETE-01".');
    expect(unknown.code).toBe(2);
    expect(readFileSync(file, "utf8")).toContain("a slip");
  });
});
