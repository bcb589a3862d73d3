import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

const BIN = join(import.meta.dirname, "../../bin/scim-check.js");
const ONE = ["run", "--embedded", "--scenario", "okta/look-up/miss"];
/** Linux gives every disk a file that is always full. */
const FULL = "/dev/full";

interface Piped {
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the command line into a pipe whose reader goes away after the first bytes, as `| head -1` does. */
function intoHead(args: readonly string[], stateHome: string): Promise<Piped> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: { PATH: process.env.PATH ?? "", HOME: stateHome, XDG_STATE_HOME: stateHome },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    child.on("error", reject);
    child.on("close", (code) => resolve({ stderr, code }));
  });
}

const fresh = () => mkdtempSync(join(tmpdir(), "scim-check-lost-"));
const keptIn = (stateHome: string) => join(stateHome, "scim-check", "reports");

describe("a reader that goes away", () => {
  it.each([
    ["--help", ["--help"]],
    ["run --help", ["run", "--help"]],
    ["list", ["list", "behaviours"]],
    ["explain", ["explain", "OKTA-CRED-01"]],
    ["plan-groups", ["plan-groups", "--members", "99999", "--max-group-members", "10"]],
  ])("is no mishap for %s", async (_, args) => {
    expect(await intoHead(args, fresh())).toEqual({ stderr: "", code: 0 });
  });

  it("loses no result of a run, whose exit code stands", async () => {
    const home = fresh();
    const { stderr, code } = await intoHead(
      ["run", "--embedded", "--scenario", "okta/users/*", "--report", "json", "--quiet"],
      home,
    );
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(0);
    const [kept] = readdirSync(keptIn(home));
    expect(stderr).toContain(`The results are kept in ${join(keptIn(home), kept ?? "")}`);
    expect(JSON.parse(readFileSync(join(keptIn(home), kept ?? ""), "utf8"))).toMatchObject({
      format: "scim-check/run@1",
      outcome: { exitCode: 0 },
    });
  });
});

describe.runIf(process.platform === "linux")("a disk that is full", () => {
  it("loses no result of a run: every other report is written, and standard error names where they are kept", async () => {
    const home = fresh();
    const junit = join(home, "run.xml");
    const { stdout, stderr, code } = await cli(
      [...ONE, "--report", "text", "--report", `json:${FULL}`, "--report", `junit:${junit}`],
      { env: { XDG_STATE_HOME: home } },
    );
    expect(stdout).toContain("Exit code 0");
    expect(readFileSync(junit, "utf8")).toMatch(/^<\?xml/);
    expect(stderr).toContain(
      `${FULL}: The json report cannot be written (no space is left on the device, ENOSPC).`,
    );
    const [kept = ""] = readdirSync(keptIn(home));
    expect(statSync(join(keptIn(home), kept)).mode & 0o777).toBe(0o600);
    // A report that was asked for is missing: the gate must not read that as all being well.
    expect(code).toBe(3);
    const again = await cli(["render", join(keptIn(home), kept), "--report", "text"]);
    expect(again.stdout).toContain("Exit code 0");
  });

  it("does not hide that the server is wrong", async () => {
    const { code } = await cli(
      [...ONE, "--defect", "look-up-miss-ends-in-500", "--report", "text", "--report", `json:${FULL}`],
      { env: { XDG_STATE_HOME: fresh() } },
    );
    expect(code).toBe(1);
  });

  it("is told by the temporary folder where the state folder cannot be had either", async () => {
    const [temporary, home] = [fresh(), fresh()];
    const { stderr } = await cli([...ONE, "--report", `json:${FULL}`], {
      env: { XDG_STATE_HOME: "/dev/null", TMPDIR: temporary, HOME: home },
    });
    const [kept = ""] = readdirSync(temporary);
    expect(kept).toMatch(/^scim-check-\w{6}\.json$/);
    expect(stderr).toContain(join(temporary, kept));
  });

  it("is told where nothing can be kept anywhere, with the outcome", async () => {
    const { stderr, code } = await cli([...ONE, "--report", `json:${FULL}`], {
      env: { XDG_STATE_HOME: "/dev/null", TMPDIR: "/dev/null" },
    });
    expect(stderr).toMatch(/no room to keep the report elsewhere either\. Exit code 0: Every must/);
    expect(code).toBe(3);
  });

  it("is exit 2 for a report that is rendered again: its source is still there", async () => {
    const source = join(fresh(), "saved.json");
    await cli([...ONE, "--report", `json:${source}`]);
    const { stderr, code } = await cli(["render", source, "--report", `junit:${FULL}`]);
    expect(stderr).toBe(
      `${FULL}: The junit report cannot be written (no space is left on the device, ENOSPC).\n`,
    );
    expect(code).toBe(2);
  });
});

describe("a report that cannot be written is refused before anything is sent", () => {
  it.each([
    ["a folder", () => tmpdir(), /This is a folder\. Name a file in it\./],
    ["a folder that is not there", () => "/nowhere/run.json", /cannot be written there/],
    ["a file below a file", () => "/dev/null/run.json", /cannot be written there/],
  ])("%s", async (_, file, message) => {
    const { stderr, stdout, code } = await cli([...ONE, "--report", `json:${file()}`]);
    expect(stderr).toMatch(message);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });

  it.skipIf(process.getuid?.() === 0)("a read-only folder (nobody is refused as root)", async () => {
    const folder = join(fresh(), "locked");
    mkdirSync(folder, { mode: 0o500 });
    const { stderr, code } = await cli([...ONE, "--report", `json:${join(folder, "run.json")}`]);
    expect(stderr).toMatch(/cannot be written there/);
    expect(code).toBe(2);
  });
});
