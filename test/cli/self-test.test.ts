import { describe, expect, it } from "vitest";
import { defects } from "../../src/reference-server/defects/index.ts";
import { cli } from "./cli.ts";

// One that every release has: it is among the first things that break a server for Okta.
const DEFECT = "active-as-text";

describe("a server that is told to do something wrong", () => {
  it("is caught by a run, which says what the server was told", async () => {
    const { stdout, code } = await cli([
      ...["run", "--embedded", "--defect", DEFECT, "--large-group", "130", "--settle", "10ms"],
      ...["--scenario", "okta/users/*", "--report", "json"],
    ]);
    const report = JSON.parse(stdout) as {
      readonly notes: readonly string[];
      readonly behaviours: readonly { readonly id: string; readonly verdict: { readonly kind: string } }[];
    };
    const broken = report.behaviours.filter(({ verdict }) => verdict.kind === "fail").map(({ id }) => id);
    const [target = ""] = defects.find(({ name }) => name === DEFECT)?.target ?? [];
    expect(broken).toContain(target.split(".")[0]);
    expect(report.notes.join()).toContain(DEFECT);
    expect(code).toBe(1);
  });

  it("is the embedded one only", async () => {
    const { stderr, code } = await cli([
      "run",
      "--url",
      "http://127.0.0.1:1",
      "--no-auth",
      "--defect",
      DEFECT,
    ]);
    expect(stderr).toBe("--defect, --quirk: Only the embedded server can be given these. Add --embedded.\n");
    expect(code).toBe(2);
  });

  it("has to be told something it knows", async () => {
    for (const command of [["serve"], ["run", "--embedded"], ["self-test"]]) {
      const { stderr, code } = await cli([...command, "--defect", `${DEFECT}s`]);
      expect(stderr).toContain(
        `--defect: There is no defect named "${DEFECT}s". Did you mean \`${DEFECT}\`?`,
      );
      expect(code).toBe(2);
    }
  });

  it("can be served", async () => {
    const { stdout, code } = await cli(["serve", "--defect", DEFECT, "--no-auth"], {
      watch: (stderr, kill) => {
        if (stderr.includes("Ctrl-C")) kill("SIGTERM");
      },
    });
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2\nno token is asked for\n$/);
    expect(code).toBe(0);
  });
});

describe("scim-check self-test", () => {
  it("tries one defect when asked for one, and prints what caught it", async () => {
    const { stdout, code } = await cli(["self-test", "--defect", DEFECT]);
    const [target = ""] = defects.find(({ name }) => name === DEFECT)?.target ?? [];
    expect(stdout).toContain(`✓ ${DEFECT}`);
    expect(stdout).toContain(target);
    expect(stdout).toContain("1, 0 survivors, 0 unexpected fails");
    expect(code).toBe(0);
  });

  it("says where its matrix cannot be written before it plays anything", async () => {
    const { stdout, stderr, code } = await cli(["self-test", "--json", "/no/such/folder/matrix.json"]);
    expect(stderr).toContain("/no/such/folder/matrix.json: The report cannot be written there.");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("what can be told to the embedded server", () => {
  it("is listed, with what it does", async () => {
    const listed = await cli(["list", "defects"]);
    for (const { name } of defects) expect(listed.stdout).toContain(`${name} `);
    expect((await cli(["list", "quirks"])).stdout).toContain("what permits it");
  });

  it("is named where a behaviour is explained", async () => {
    const [claim = ""] = defects.find(({ name }) => name === DEFECT)?.target ?? [];
    const { stdout } = await cli(["explain", claim]);
    expect(stdout).toMatch(/proven by /);
    expect(stdout).toContain(`${DEFECT}: `);
  });
});
