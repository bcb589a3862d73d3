import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
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
    // Which the text report cannot know when it says 0.
    expect(stderr).toMatch(/\nExit code 3: what was asked for was not written\.\n$/);
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

/** Runs the command line where no file may be larger than so many kilobytes: a disk that fills up, for those who are root too. */
function withLargest(kilobytes: number, args: readonly string[], cwd: string): Promise<Piped> {
  const child = spawn(
    "bash",
    ["-c", `ulimit -f ${kilobytes}; exec "$0" "$@"`, process.execPath, BIN, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH ?? "", HOME: cwd, XDG_STATE_HOME: cwd },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ stderr, code }));
  });
}

describe.runIf(process.platform === "linux")("a disk that fills up", () => {
  it("before the list of what is broken is written is told, and the exit code stands", async () => {
    const args = [...ONE, "--defect", "look-up-miss-ends-in-500", "--write-known", "known.yaml", "--quiet"];
    const cwd = fresh();
    const { stderr, code } = await withLargest(0, args, cwd);
    expect(stderr).toMatch(/known\.yaml: The list of what is broken cannot be written \(.+, EFBIG\)\.\n/);
    expect(stderr).toMatch(/no room to keep the report elsewhere either\. Exit code 1: /);
    expect({ code, files: readdirSync(cwd), kept: readdirSync(keptIn(cwd)) }).toEqual({
      code: 1,
      files: ["scim-check"],
      kept: [],
    });
  });

  it("before a part of a load is written: it is kept elsewhere, and merge takes it from there", async () => {
    const home = fresh();
    const { stderr, code } = await cli(
      [
        "load",
        "smoke",
        "--embedded",
        "--rate",
        "20/s",
        "--for",
        "1s",
        "--shard",
        "1/1",
        "--out",
        FULL,
        "--quiet",
      ],
      { env: { XDG_STATE_HOME: home } },
    );
    expect(stderr).toMatch(
      /\/dev\/full: The shard cannot be written \(no space is left on the device, ENOSPC\)\./,
    );
    const kept = /It is kept in (.+\.json); give that to scim-check merge\./.exec(stderr)?.[1] ?? "";
    expect(code).toBe(3);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect((await cli(["merge", kept])).stdout).toContain("load smoke");
  });

  it("leaves no half of what init writes", async () => {
    const cwd = fresh();
    const { stderr, code } = await withLargest(0, ["init", "--url", "http://localhost:8080/scim"], cwd);
    expect(stderr).toBe(
      "scim-check.yaml: The file cannot be written (the file would be larger than is allowed, EFBIG). Make room for it, or go where files may be written.\n",
    );
    expect({ code, files: readdirSync(cwd) }).toEqual({ code: 2, files: [] });
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

  // Whoever may write everywhere becomes nobody for it.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  it.runIf(process.platform !== "win32")("a read-only folder", async () => {
    const folder = join(fresh(), "locked");
    mkdirSync(folder);
    chmodSync(join(folder, ".."), 0o755);
    chmodSync(folder, 0o555);
    const { stderr, code } = await cli([...ONE, "--report", `json:${join(folder, "run.json")}`], uid);
    expect(stderr).toMatch(/cannot be written there/);
    expect(code).toBe(2);
  });
});
