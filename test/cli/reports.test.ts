import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JENKINS_FILE, judgeBySchema, judgeInOurWords } from "../unit/report/jenkins/schema.ts";
import { cli, type Finished } from "./cli.ts";

const FORMATS = ["text", "html", "markdown", "github", "junit", "json"];
const DEFECTS = [
  "filtered-remove-does-nothing",
  "put-ignores-active-false",
  "active-as-text-in-lists",
  "any-credential-may-list",
  "unauthorized-as-html",
];

describe("reports of one run", () => {
  const folder = mkdtempSync(join(tmpdir(), "scim-check-reports-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const summary = join(folder, "summary.md");
  const reportFlags = (name: string) =>
    FORMATS.flatMap((format) => ["--report", `${format}:${join(folder, `${name}.${format}`)}`]);
  let run: Finished;
  beforeAll(async () => {
    writeFileSync(summary, "# Another step\n");
    const behaviours = ["OKTA-MEMBER-*", "OKTA-DEACT-*", "OKTA-AUTH-*", "OKTA-LOOKUP-0*", "OKTA-CREATE-*"];
    run = await cli(
      [
        ...["run", "--embedded", "--large-group", "200"],
        ...DEFECTS.flatMap((name) => ["--defect", name]),
        ...behaviours.flatMap((pattern) => ["--behaviour", pattern]),
        ...reportFlags("first"),
      ],
      { env: { GITHUB_STEP_SUMMARY: summary, XDG_STATE_HOME: folder } },
    );
  });

  const written = (name: string) => readFileSync(join(folder, name), "utf8");

  it("are written in every format at once, with the text on standard output", () => {
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("OKTA-MEMBER-02");
    for (const format of FORMATS) expect(written(`first.${format}`)).toContain("OKTA-MEMBER-02");
  });

  it("come out the same, byte for byte, when the saved one is rendered again", async () => {
    const { code } = await cli(["render", join(folder, "first.json"), ...reportFlags("again")]);
    expect(code).toBe(0);
    for (const format of FORMATS) expect(written(`again.${format}`)).toBe(written(`first.${format}`));
  });

  it("are valid by the JSON Schema that the package carries", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../fixtures/schemas/run-report.schema.json", import.meta.url), "utf8"),
    );
    const isValid = new Ajv2020({ strict: false }).compile(schema);
    isValid(JSON.parse(written("first.json")));
    expect(isValid.errors).toBeNull();
  });

  it("are valid by Jenkins' junit-10.xsd, as JUnit", () => {
    expect(judgeInOurWords(written("first.junit"))).toEqual([]);
    if (JENKINS_FILE !== undefined) expect(judgeBySchema(JENKINS_FILE)(written("first.junit"))).toEqual([]);
  });

  it("are added to the summary of a GitHub Actions job", () => {
    expect(written("summary.md")).toBe(`# Another step\n${written("first.markdown")}`);
  });

  it("are named in --help", async () => {
    for (const command of ["run", "render"]) {
      const { stdout } = await cli([command, "--help"]);
      for (const format of FORMATS) expect(stdout).toContain(format);
    }
  });
});
