// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what GitHub Actions fills in looks like it
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const emptyFolder = () => mkdtempSync(join(tmpdir(), "scim-check-init-"));

/**
 * Runs one script of a workflow as the CI system would, with an `npx` that runs this build.
 * @returns its exit code
 */
function inWorkflow(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number | null> {
  const shims = mkdtempSync(join(tmpdir(), "scim-check-npx-"));
  // npx --yes scim-check@^1.2.3 run …
  writeFileSync(
    join(shims, "npx"),
    `#!/bin/sh\n[ "$1" = --yes ] || exit 64\ncase $2 in scim-check@^[0-9]*) ;; *) exit 65 ;; esac\nshift 2\nexec "${process.execPath}" "${BIN}" "$@"\n`,
  );
  chmodSync(join(shims, "npx"), 0o755);
  // The server it asks lives in this process, which therefore must not wait.
  const child = spawn("bash", ["-eo", "pipefail", "-c", script], {
    cwd,
    env: { PATH: `${shims}:${process.env.PATH}`, HOME: cwd, CI: "true", ...env },
    stdio: "ignore",
  });
  return new Promise((resolve) => child.on("close", resolve));
}

async function project(...flags: readonly string[]) {
  const cwd = emptyFolder();
  const server = await startReferenceServer({ users: 2 });
  closing.push(() => server.close());
  const { code, stderr } = await cli(["init", "--url", server.url, "--okta-app", "oin", ...flags], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  // A few flows are enough to see that the workflow works; the whole is another test's matter.
  appendFileSync(join(cwd, "scim-check.yaml"), "scenario: okta/users/create*\n");
  const read = (path: string) => readFileSync(join(cwd, path), "utf8");
  const users = async () => {
    const headers = { authorization: `Bearer ${server.token}` };
    const list = await (await fetch(`${server.url}/Users`, { headers })).json();
    return (list as { readonly totalResults: number }).totalResults;
  };
  return { cwd, read, users, token: server.token ?? "" };
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly path: string };
}

describe("the workflow that scim-check init writes", () => {
  it("for GitHub Actions works as it stands: reports kept, summary shown, nothing left behind", async () => {
    const { cwd, read, users, token } = await project("--ci", "github");
    const workflow = parse(read(".github/workflows/scim-check.yml"));
    const job = workflow.jobs["scim-check"];
    expect(job.env.SCIM_TOKEN).toBe("${{ secrets.SCIM_TOKEN }}");
    const summary = join(cwd, "summary");
    const env = {
      SCIM_TOKEN: token,
      XDG_STATE_HOME: join(cwd, "state"),
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_ACTIONS: "true",
    };
    const steps = job.steps as readonly Step[];
    for (const { run } of steps)
      if (run !== undefined)
        expect({ run, status: await inWorkflow(run, cwd, env) }).toEqual({ run, status: 0 });
    expect(readFileSync(summary, "utf8")).toContain("OIN");
    const kept =
      steps
        .find(({ uses }) => uses?.startsWith("actions/upload-artifact"))
        ?.with?.path.trim()
        .split("\n") ?? [];
    expect(kept).toEqual(["scim-check.html", "scim-check.xml", "scim-check.json"]);
    for (const file of kept) expect(read(file).length).toBeGreaterThan(1_000);
    expect(await users()).toBe(2);
  }, 120_000);

  it("for GitLab CI works as it stands, and is included", async () => {
    const { cwd, read, users, token } = await project("--ci", "gitlab");
    expect(parse(read(".gitlab-ci.yml"))).toEqual({ include: [{ local: ".gitlab/scim-check.yml" }] });
    const job = parse(read(".gitlab/scim-check.yml"))["scim-check"];
    const env = { SCIM_TOKEN: token, XDG_STATE_HOME: join(cwd, "state") };
    for (const script of [...job.script, ...job.after_script])
      expect({ script, status: await inWorkflow(script, cwd, env) }).toEqual({ script, status: 0 });
    for (const file of [...job.artifacts.paths, job.artifacts.reports.junit])
      expect(existsSync(join(cwd, file))).toBe(true);
    expect(await users()).toBe(2);
  }, 120_000);

  it("turns red when the endpoint is wrong", async () => {
    const { cwd, read } = await project("--ci", "github");
    const steps = parse(read(".github/workflows/scim-check.yml")).jobs["scim-check"].steps as readonly Step[];
    const test = steps.find(({ run }) => run?.includes(" run ") === true)?.run ?? "";
    expect(await inWorkflow(test, cwd, { SCIM_TOKEN: "a-token-that-is-wrong" })).toBe(3);
    expect(await inWorkflow(test, cwd, { SCIM_TOKEN: "" })).toBe(2);
  }, 120_000);
});

describe("scim-check init", () => {
  it("writes settings that scim-check.yaml takes, with no secret in any file and no host of a package registry", async () => {
    const cwd = emptyFolder();
    const flags = [
      "--auth",
      "oauth",
      "--oauth-token-url",
      "https://id.example.com/token",
      "--oauth-client-id",
      'ci: "client"',
    ];
    const { stdout, code } = await cli(["init", "--url", "https://staging.example.com/scim/v2/", ...flags], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/store the secret as SCIM_OAUTH_CLIENT_SECRET/);
    const settings = readFileSync(join(cwd, "scim-check.yaml"), "utf8");
    expect(parse(settings)).toEqual({
      url: "https://staging.example.com/scim/v2",
      auth: "oauth",
      "oauth-token-url": "https://id.example.com/token",
      "oauth-client-id": 'ci: "client"',
      "allow-writes": ["staging.example.com"],
    });
    const all = execFileSync("bash", ["-c", "cat $(find . -type f)"], { cwd, encoding: "utf8" });
    expect(all).toContain("SCIM_OAUTH_CLIENT_SECRET: ${{ secrets.SCIM_OAUTH_CLIENT_SECRET }}");
    expect(all).not.toMatch(/npmjs|registry/);
    const dry = await cli(["run", "--dry-run", "--scenario", "okta/users/read"], {
      cwd,
      env: { SCIM_OAUTH_CLIENT_SECRET: "x".repeat(20) },
    });
    expect(dry.stdout).toContain("to https://staging.example.com/scim/v2.");
  });

  it("writes over nothing without --force, and over the pipeline of others not even then", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "scim-check.yaml"), "mine");
    writeFileSync(join(cwd, ".gitlab-ci.yml"), "theirs");
    const args = ["init", "--url", "http://localhost:8080/scim", "--ci", "gitlab"];
    const refused = await cli(args, { cwd });
    expect(refused.stderr).toContain("scim-check.yaml: The file is there already, and nothing was written.");
    expect(refused.code).toBe(2);
    expect(existsSync(join(cwd, ".gitlab"))).toBe(false);
    const forced = await cli([...args, "--force"], { cwd });
    expect(forced.code).toBe(0);
    expect(forced.stdout).toMatch(/\.gitlab-ci\.yml is left as it is\. Add this to it:/);
    expect(readFileSync(join(cwd, ".gitlab-ci.yml"), "utf8")).toBe("theirs");
    expect(readFileSync(join(cwd, "scim-check.yaml"), "utf8")).toContain("url: http://localhost:8080/scim");
  });

  it("says everything that is missing where nobody can be asked", async () => {
    const { stderr, code } = await cli(["init", "--auth", "oauth"], { cwd: emptyFolder() });
    expect(stderr).toMatch(/--url: .*\n--oauth-token-url: .*\n--oauth-client-id: /);
    expect(code).toBe(2);
  });

  it("asks at a terminal for what no flag says", () => {
    const cwd = emptyFolder();
    const answers = ["http://localhost:8080/scim/v2", "oin", "nonsense", "basic", "gitlab"];
    const command = `${process.execPath} ${BIN} init`;
    const python = `import pty,os,re,sys
pid,fd=pty.fork()
if pid==0: os.execv("/bin/sh",["sh","-c",${JSON.stringify(command)}])
answers=${JSON.stringify(answers)}
seen=b""
while True:
  try: d=os.read(fd,4096)
  except OSError: break
  if not d: break
  seen+=d
  # The end of a prompt, and no colon within one or in the echo of an address: what is typed too early is lost.
  if answers and re.sub(rb"\\x1b\\[[0-9;]*[A-Za-z]",b"",seen).endswith((b"): ",b"]: ")):
    os.write(fd,answers.pop(0).encode()+b"\\n"); seen=b""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid,0)[1]))`;
    const { status } = spawnSync("python3", ["-c", python], {
      cwd,
      encoding: "utf8",
      timeout: 60_000,
      env: { PATH: process.env.PATH, TERM: "xterm" },
    });
    expect(status).toBe(0);
    expect(parse(readFileSync(join(cwd, "scim-check.yaml"), "utf8"))).toEqual({
      url: "http://localhost:8080/scim/v2",
      "okta-app": "oin",
      auth: "basic",
      "allow-writes": ["localhost:8080"],
    });
    expect(existsSync(join(cwd, ".gitlab/scim-check.yml"))).toBe(true);
    expect(existsSync(join(cwd, ".github"))).toBe(false);
  });
});
