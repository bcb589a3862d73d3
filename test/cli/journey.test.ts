import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

const folder = mkdtempSync(join(tmpdir(), "scim-check-journey-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What would be sent for the journey of Okta's administrator, by a project file. */
async function journey(lines: readonly string[], target = "terraform-enterprise") {
  const config = join(folder, "scim-check.yaml");
  writeFileSync(config, [`target: ${target}`, "scenario: targets/journey/*", ...lines].join("\n"));
  return cli(["run", "--dry-run", "--url", "http://127.0.0.1:9/scim/v2", "--config", config], {
    env: { SCIM_TOKEN: "a-token-that-is-secret" },
  });
}

/** The userName and the address of a create, each time. */
const created = (stdout: string) =>
  [
    ...stdout.matchAll(/-X POST \S*\/Users .*?"userName":"([^"]+)".*?"emails":\[\{[^}]*"value":"([^"]+)"/g),
  ].map(([, userName, email]) => ({ userName, email }));

describe("the journey of Okta's administrator, by a project file", () => {
  it("pushes the groups that its rule chooses, and no other", async () => {
    const some = await journey(["groups: Eng-Data"]);
    expect(some.stdout).toContain("# Not played:");
    expect(some.stdout).toContain("# targets/journey/3-push-eng-data");
    for (const [file, group] of [
      ["3-push-eng-platform", "Eng-Platform"],
      ["3-push-sales", "Sales"],
    ]) {
      expect(some.stdout).toContain(
        `# targets/journey/${file}/TFE-137: the rule Eng-Data does not choose its group ${group} (--groups)`,
      );
    }
  });

  it("asks for the address where email is the unique identifier field, and for a login that is none where userName is", async () => {
    const byEmail = await journey(["unique-identifier: email"]);
    expect(created(byEmail.stdout).length).toBeGreaterThan(0);
    expect(created(byEmail.stdout).filter(({ userName, email }) => userName !== email)).toEqual([]);
    const byName = await journey(["unique-identifier: userName"]);
    expect(created(byName.stdout).length).toBe(created(byEmail.stdout).length);
    expect(created(byName.stdout).filter(({ userName, email }) => userName === email)).toEqual([]);
    const [first] = created(byName.stdout);
    expect(byName.stdout).toContain(
      `filter=userName%20eq%20%22${encodeURIComponent(first?.userName ?? "")}%22`,
    );
  });

  it("is refused a field that is none, and the choice where there is no journey", async () => {
    const wrong = await journey(["unique-identifier: login"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('`unique-identifier` is "login"');
    const elsewhere = await cli(["run", "--embedded", "--unique-identifier", "email"]);
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain("Nothing that is played here has an administrator choose it.");
  });
});
