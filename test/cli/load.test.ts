import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, describe, expect, it } from "vitest";
import { type LoadReport, startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";
import { inProcess } from "./in-process.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function running(settings: Parameters<typeof startReferenceServer>[0] = {}) {
  const server = await startReferenceServer(settings);
  closing.push(() => server.close());
  const state = mkdtempSync(join(tmpdir(), "scim-check-load-"));
  const headers = { authorization: `Bearer ${server.token}` };
  return {
    url: server.url,
    state,
    env: { SCIM_TOKEN: server.token ?? "", XDG_STATE_HOME: state },
    total: async (collection: string) => {
      const answer = await fetch(`${server.url}/${collection}?count=1`, { headers });
      return ((await answer.json()) as { totalResults: number }).totalResults;
    },
  };
}

function schemaErrors(report: LoadReport) {
  const file = new URL("../../fixtures/schemas/load-report.schema.json", import.meta.url);
  const isValid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(file, "utf8")));
  isValid(report);
  return isValid.errors;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as LoadReport;

describe("scim-check load", () => {
  it("shows the curve and the cost of a plan, and sends nothing, with --dry-run", async () => {
    const { stdout, code } = await cli(["load", "onboarding", "--embedded", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("20/s");
    expect(stdout).toMatch(/plays +2,220/);
    expect(stdout).toMatch(/people +2,220, 0 of them before the clock starts/);
    expect(stdout).toContain("Nothing was sent.");
  });

  it("takes hours, and says how a time is written where one cannot be read", async () => {
    const long = await cli([
      "load",
      "onboarding",
      "--embedded",
      "--dry-run",
      "--for",
      "1h",
      "--warm-up",
      "1m",
    ]);
    expect(long).toMatchObject({ code: 0, stdout: expect.stringContaining("60 min 0 s") });
    const days = await cli(["load", "onboarding", "--embedded", "--dry-run", "--for", "1d"]);
    expect(days).toMatchObject({ code: 2, stderr: expect.stringContaining("500ms, 30s, 5m or 2h") });
    expect((await cli(["load", "--help"])).stdout).toMatch(/--for <time> +how long, such as 90s, 30m or 2h/);
  });

  it("draws a burst as high as the plays of its second, however long the plan is", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-load-"));
    const file = join(cwd, "bursts.yaml");
    const bursts = "{ burst: { plays: 30, for: 500ms } }, { burst: { plays: 10, for: 15m } }";
    writeFileSync(
      file,
      `title: Bursts\nokta-app: oin\nmix: [{ scenario: okta/users/create }]\nstages: [${bursts}, { constant: { rate: 1/s, for: 15m } }]\n`,
    );
    const { stdout, code } = await inProcess(["load", file, "--embedded", "--dry-run"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +40\/s █$/m);
    expect(stdout).toMatch(/^ +0\/s █ +▂▂▂▂/m);
    expect(stdout).toContain("each column: its highest rate, and a burst as the plays of its second");
  });

  it("refuses with --dry-run what only a real load can give", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-load-"));
    for (const flag of [
      ["--report", "json:dry.json"],
      ["--baseline", "before.json"],
    ]) {
      const args = ["load", "smoke", "--embedded", "--dry-run", ...flag];
      const { stdout, stderr, code } = await inProcess(args, { cwd });
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
      expect(stderr).toContain(`Leave ${flag[0]} out, or --dry-run.`);
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("misses no groups of a product that has none, and that the load made none of", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-load-"));
    const plan = "title: Leave\nokta-app: oin\npopulation: { users: 5, groups: 0, members: 0 }\n";
    const mix =
      "mix: [{ scenario: steady/suspend-oin, weight: 1 }]\nstages: [{ constant: { rate: 5/s, for: 1s } }]\n";
    const file = join(cwd, "leave.yaml");
    writeFileSync(file, `${plan}${mix}`);
    const args = ["load", file, "--embedded", "--target", "gitlab", "--report", "json"];
    const { stdout, code } = await inProcess(args, { cwd, env: { XDG_STATE_HOME: cwd } });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ notes: [], leftovers: [] });
  });

  it("refuses a host that was not named a second time, and what cannot be read, before anything is sent", async () => {
    const refused = await cli(["load", "smoke", "--url", "https://scim.example.com", "--no-auth"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--allow-load scim.example.com");
    expect(refused.stderr).toContain("--allow-writes scim.example.com");
    const named = ["--allow-load", "scim.example.com", "--allow-writes", "scim.example.com"];
    const above = await cli([
      ...["load", "smoke", "--url", "https://scim.example.com", "--no-auth", "--rate", "500/s"],
      ...named,
    ]);
    expect(above.code).toBe(2);
    expect(above.stderr).toContain("--max-rate 500");
    const folder = mkdtempSync(join(tmpdir(), "scim-check-plan-"));
    writeFileSync(
      join(folder, "mine.yaml"),
      "title: Mine\nokta-app: oin\nmix: [{ scenario: okta/users/creat }]\nstages:\n  - constnt: { rate: 5/s, for: 1m }\nthresholds: [create.respone.p99 < 1s]\n",
    );
    const plan = await cli(["load", join(folder, "mine.yaml"), "--embedded"]);
    expect(plan.code).toBe(2);
    expect(plan.stderr).toMatch(/mine\.yaml:5:5: There is no key `constnt`.*Did you mean `constant`\?/);
    writeFileSync(
      join(folder, "mine.yaml"),
      "title: Mine\nokta-app: oin\nmix: [{ scenario: okta/users/creat }]\nstages:\n  - constant: { rate: 5/s, for: 1m }\nthresholds: [crate.response.p99 < 1s]\n",
    );
    const links = await cli(["load", join(folder, "mine.yaml"), "--embedded"]);
    expect(links.stderr).toMatch(/mine\.yaml:3:\d+: There is no scenario `okta\/users\/creat`/);
  });

  it("judges, removes what it made, and saves a report that can be rendered and compared", async () => {
    const server = await running();
    const file = join(server.state, "first.json");
    const first = await cli(
      [
        "load",
        "smoke",
        "--url",
        server.url,
        "--for",
        "2s",
        "--threshold",
        "lost == 0",
        "--report",
        `json:${file}`,
      ],
      { env: server.env },
    );
    expect(first.stdout).toContain("everything the server acknowledged is there, and nothing else");
    expect(first.code).toBe(0);
    expect(await server.total("Users")).toBe(0);
    expect(await server.total("Groups")).toBe(0);
    expect(readdirSync(join(server.state, "scim-check"))).toEqual([]);
    const rendered = await cli(["render", file]);
    expect(rendered.stdout).toContain("What the server kept");
    expect(rendered.code).toBe(0);
    expect(schemaErrors(readJson(file))).toBeNull();
    const narrow = await inProcess(["render", file], {
      cwd: server.state,
      columns: 80,
      env: { NO_COLOR: "1" },
    });
    expect(narrow.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const second = join(server.state, "second.json");
    const baseline = ["--baseline", file, "--report", "text", "--report", `json:${second}`];
    const again = await cli(
      ["load", "smoke", "--url", server.url, "--for", "2s", "--threshold", "lost == 0", ...baseline],
      { env: server.env },
    );
    expect(again.stdout).toContain("Against the baseline");
    expect(again.code).toBe(0);
    const since = await cli(["render", second, "--since", file]);
    expect(since.stdout).toContain("Against the baseline");
    expect(since.code).toBe(0);
  });

  it("interrupted in the middle reports what it saw, removes what it made, and ends with 130", async () => {
    const server = await running({ users: 3 });
    let sent = false;
    const { stdout, code } = await cli(["load", "steady-day", "--url", server.url, "--users", "50"], {
      env: server.env,
      watch: (stderr, kill) => {
        if (sent || !stderr.includes("plays of")) return;
        sent = true;
        kill("SIGINT");
      },
    });
    expect(code).toBe(130);
    expect(stdout).toContain("interrupted");
    expect(stdout).toMatch(/requests +\d/);
    expect(await server.total("Users")).toBe(3);
    expect(await server.total("Groups")).toBe(0);
    expect(readdirSync(join(server.state, "scim-check"))).toEqual([]);
  });

  it("killed under load leaves a ledger, and cleanup then leaves nothing", async () => {
    const server = await running({ users: 3 });
    const killed = await cli(["load", "onboarding", "--url", server.url, "--rate", "100/s", "--for", "1m"], {
      env: server.env,
      watch: (stderr, kill) => {
        if (stderr.includes("plays of")) kill("SIGKILL");
      },
    });
    expect(killed.code).toBeNull();
    expect(await server.total("Users")).toBeGreaterThan(3);
    expect(readdirSync(join(server.state, "scim-check"))).toHaveLength(1);
    const cleaned = await cli(["cleanup", "--url", server.url], { env: server.env });
    expect(cleaned.stdout).toMatch(/ 0 left\n/);
    expect(await server.total("Users")).toBe(3);
    expect(await server.total("Groups")).toBe(0);
    expect(readdirSync(join(server.state, "scim-check"))).toEqual([]);
  });

  it("plays in several threads as it does in one, and counts each play once, with --workers", async () => {
    const server = await running();
    const file = join(server.state, "report.json");
    const { code } = await cli(
      [
        ...["load", "smoke", "--url", server.url, "--rate", "40/s", "--for", "1s", "--warm-up", "0s"],
        ...["--users", "10", "--threshold", "lost == 0", "--workers", "2", "--report", `json:${file}`],
      ],
      { env: server.env },
    );
    expect(code).toBe(0);
    const { totals, run, reconciled } = readJson(file);
    expect(totals).toMatchObject({ intended: 40, started: 40, finished: 40, dropped: 0 });
    expect(run.shards.map(({ index, of }) => [index, of])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(reconciled.kind).toBe("done");
    expect(await server.total("Users")).toBe(0);
  });

  it("outlasting its people blames no server that takes nobody out of a group twice, in threads either", async () => {
    const server = await running({ defect: ["remove-of-non-member-is-404"] });
    const file = join(server.state, "report.json");
    const { code, stdout } = await cli(
      [
        ...["load", "offboarding", "--url", server.url, "--rate", "40/s", "--for", "3s", "--warm-up", "0s"],
        ...["--users", "20", "--groups", "2", "--members", "10", "--threshold", "errors == 0"],
        ...["--workers", "2", "--report", "text", "--report", `json:${file}`],
      ],
      { env: server.env },
    );
    expect(stdout).toMatch(
      /after 20 of \d+ plays\s+whoever leaves has left before\. A server may refuse that \(400 or 404\), which is no error/,
    );
    const { broken, operations, totals } = readJson(file);
    expect(operations.find(({ step }) => step === "leave-group")?.byStatus[404]).toBeGreaterThan(50);
    expect({ broken, errors: totals.errors }).toEqual({ broken: [], errors: 0 });
    expect(code).toBe(0);
  });

  it("answers how many people an hour can be onboarded, with --find-capacity", async () => {
    const server = await running();
    const file = join(server.state, "report.json");
    const { code, stdout, stderr } = await cli(
      [
        ...["load", "smoke", "--url", server.url, "--find-capacity", "--rate", "10/s", "--max-rate", "20"],
        ...["--for", "500ms", "--users", "4", "--members", "2", "--threshold", "lost == 0"],
        ...["--report", "text", "--report", `json:${file}`],
      ],
      { env: server.env },
    );
    const { capacity, outcome } = readJson(file);
    expect(capacity?.trials.map(({ rate, phase }) => [rate, phase])).toEqual([
      [10, "step-up"],
      [20, "step-up"],
      [20, "confirm"],
    ]);
    expect(capacity?.rate).toBe(20);
    expect(outcome.why).toMatch(/20 plays a second hold, about [\d,]+ people an hour/);
    expect(stdout).toContain("nothing gave way up to 20/s");
    expect(stderr).toContain("at one rate after another, until one does not hold");
    expect(code).toBe(0);
    expect(await server.total("Users")).toBe(0);
  });

  it("splits over shards that begin together; merge adds them up, reads the state back and removes it", async () => {
    const server = await running();
    const at = new Date(Date.now() + 10_000).toISOString();
    const file = (index: number) => join(server.state, `shard-${index}.json`);
    const shard = (index: number) =>
      cli(
        [
          ...[
            "load",
            "smoke",
            "--url",
            server.url,
            "--for",
            "3s",
            "--rate",
            "30/s",
            "--threshold",
            "lost == 0",
          ],
          ...["--shard", `${index}/3`, "--start-at", at, "--out", file(index)],
        ],
        { env: server.env },
      );
    const shards = await Promise.all([1, 2, 3].map(shard));
    expect(shards.map(({ code, stderr }) => (code === 0 ? "" : stderr))).toEqual(["", "", ""]);
    expect(shards[1]?.stderr).toMatch(/part 2 of 3 of smoke: .* stay until `scim-check merge` removes them/);
    const missing = await cli(["merge", file(1), file(3)], { env: server.env });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("Of 3 shards, 2/3 is missing.");
    const doubled = await cli(["merge", file(1), file(1), file(2), file(3)]);
    expect(doubled.code).toBe(2);
    expect(doubled.stderr).toContain("This is shard 1 of 3, and so is");
    const unread = await cli(["merge", file(1), file(2), file(3)]);
    expect(unread.code).toBe(3);
    expect(unread.stdout).toContain("no --url was given to merge");
    const report = join(server.state, "merged.json");
    writeFileSync(report, '{ "format": "scim-check/load@1", "run": {} }');
    const noShard = await cli(["merge", file(1), report, file(3)]);
    expect(noShard.code).toBe(2);
    expect(noShard.stderr.trim().split("\n")).toEqual([
      expect.stringContaining("This is no shard of a load"),
    ]);
    const rendered = await cli(["render", file(1)]);
    expect(rendered.stderr).toMatch(
      /:\d+:\d+: This is a part of a load, and no report\. .* scim-check merge/,
    );
    const whole = await cli(
      ["merge", file(1), file(2), file(3), "--url", server.url, "--report", `json:${report}`],
      { env: server.env },
    );
    expect(whole.stdout).toContain("everything the server acknowledged is there");
    expect(whole.code).toBe(0);
    const { totals, plan, run } = readJson(report);
    expect(totals.intended).toBe(90 - Math.ceil((plan.warmUpMs * 30) / 1000));
    expect(totals.started).toBe(totals.intended);
    expect(run.shards.map(({ index }) => index)).toEqual([1, 2, 3]);
    expect(await server.total("Users")).toBe(0);
    expect(readdirSync(join(server.state, "scim-check"))).toEqual([]);
    // Whoever merges once more, for another report, finds what the first time left: nothing.
    const again = await cli(["merge", file(1), file(2), file(3), "--url", server.url], { env: server.env });
    expect(again.stdout).toContain("nothing of what the shards made is there any more");
    expect(again.code).toBe(3);
  });
});

describe("a load against a server that is none", () => {
  const load = async (port: number) => {
    const file = join(mkdtempSync(join(tmpdir(), "scim-check-load-")), "report.json");
    const { code } = await cli([
      ...["load", "smoke", "--url", `http://127.0.0.1:${port}/scim`, "--no-auth", "--for", "2s"],
      ...["--report", `json:${file}`],
    ]);
    return { code, report: readJson(file) };
  };

  async function listening(take: (socket: Socket) => void): Promise<number> {
    const server = createServer(take);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    return (server.address() as AddressInfo).port;
  }

  it("that is dead: nothing could be judged", async () => {
    const port = await listening(() => {});
    await closing.pop()?.();
    const { code, report } = await load(port);
    expect(code).toBe(3);
    expect(report.stopped?.why).toContain("ECONNREFUSED");
  });

  it("that is dead: a part of a load is no success either, and is kept for who merges it", async () => {
    const port = await listening(() => {});
    await closing.pop()?.();
    const out = join(mkdtempSync(join(tmpdir(), "scim-check-dead-")), "part.json");
    const url = `http://127.0.0.1:${port}`;
    const part = await cli(["load", "smoke", "--url", url, "--no-auth", "--shard", "1/1", "--out", out]);
    expect(part.stderr).toMatch(/Nothing was played: .*ECONNREFUSED/);
    expect(part.code).toBe(3);
    const merged = await cli(["merge", out]);
    expect(merged.code).toBe(3);
  });

  it("that speaks plain HTTP where HTTPS is expected: it is told so, and not of its certificate", async () => {
    const server = await running();
    const file = join(server.state, "report.json");
    const url = server.url.replace("http:", "https:");
    const args = ["load", "smoke", "--url", url, "--for", "2s", "--report", `json:${file}`];
    const { code } = await inProcess(args, { cwd: server.state, env: server.env });
    expect(code).toBe(3);
    expect(readJson(file).stopped).toMatchObject({
      why: expect.stringContaining("looks like a port that speaks plain HTTP"),
      remedy: expect.stringContaining("http:// in place of https://"),
    });
  });

  it("that resets every connection: nothing could be judged", async () => {
    const port = await listening((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.resetAndDestroy());
    });
    const { code, report } = await load(port);
    expect(code).toBe(3);
    expect(report.stopped?.cause).toBe("population");
  });
});

describe("a load that is not let in", () => {
  const wrong = async (...more: readonly string[]) => {
    const server = await running();
    const file = join(server.state, "report.json");
    const args = ["load", "smoke", "--url", server.url, "--for", "2s", ...more];
    const env = { SCIM_TOKEN: "not-the-token", XDG_STATE_HOME: server.state };
    const told = await inProcess([...args, "--report", `json:${file}`], { cwd: server.state, env });
    return { ...told, server, report: readJson(file) };
  };
  const recordsIn = (state: string) =>
    existsSync(join(state, "scim-check")) ? readdirSync(join(state, "scim-check")) : [];

  it.each([["--seed", "2"], ["--workers", "2"], ["--find-capacity"], ["--keep"]])(
    "makes nothing, keeps no record of it, and says that it is the credential: %j",
    async (...more) => {
      const { code, stderr, report, server } = await wrong(...more);
      expect(code).toBe(3);
      expect(report.stopped).toMatchObject({
        cause: "unauthorised",
        why: expect.stringContaining("answered 401"),
        remedy: expect.stringContaining("SCIM_TOKEN"),
      });
      expect(report).toMatchObject({ notes: [], leftovers: [], totals: { requests: 0 } });
      expect(stderr).not.toMatch(/makes .* people/);
      expect(recordsIn(server.state)).toEqual([]);
      expect(await server.total("Users")).toBe(0);
      expect(schemaErrors(report)).toBeNull();
    },
  );

  it("has a part that made nothing either, and can be merged", async () => {
    const server = await running();
    const out = join(server.state, "part.json");
    const env = { SCIM_TOKEN: "not-the-token", XDG_STATE_HOME: server.state };
    const args = ["load", "smoke", "--url", server.url, "--shard", "1/1", "--out", out];
    const part = await inProcess(args, { cwd: server.state, env });
    expect(part.code).toBe(3);
    expect(part.stderr).toMatch(/Nothing was played: .*answered 401.*\n.*SCIM_TOKEN.*\n.*It made nothing\./);
    expect(recordsIn(server.state)).toEqual([]);
    const merged = await inProcess(["merge", out, "--url", server.url], {
      cwd: server.state,
      env: server.env,
    });
    expect(merged.code).toBe(3);
    expect(merged.stdout).toContain("SCIM_TOKEN");
  });

  it("in one of its parts still removes what the others made", async () => {
    const server = await running();
    const at = new Date(Date.now() + 1_500).toISOString();
    const file = (index: number) => join(server.state, `shard-${index}.json`);
    const part = (index: number, token: object) =>
      inProcess(
        [
          ...["load", "smoke", "--url", server.url, "--for", "1s", "--start-at", at],
          ...["--shard", `${index}/2`, "--out", file(index)],
        ],
        { cwd: server.state, env: { ...server.env, ...token } },
      );
    const parts = await Promise.all([part(1, {}), part(2, { SCIM_TOKEN: "not-the-token" })]);
    expect(parts.map(({ code }) => code)).toEqual([0, 3]);
    expect(await server.total("Users")).toBeGreaterThan(0);
    const merge = ["merge", file(1), file(2), "--url", server.url];
    const merged = await inProcess(merge, { cwd: server.state, env: server.env });
    expect(merged.code).toBe(3);
    expect(await server.total("Users")).toBe(0);
    expect(recordsIn(server.state)).toEqual([]);
  });

  async function answering(
    answer: (method: string) => readonly [status: number, type: string, body: string],
  ) {
    const server = createHttpServer((request, response) => {
      const [status, type, body] = answer(request.method ?? "");
      response.writeHead(status, { "content-type": type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-load-"));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { SCIM_TOKEN: "a-token", XDG_STATE_HOME: cwd };
    const args = ["load", "smoke", "--url", url, "--for", "2s", "--report", "json"];
    const { code, stdout } = await inProcess(args, { cwd, env });
    return { code, report: JSON.parse(stdout) as LoadReport, records: recordsIn(cwd) };
  }

  it("to create, though it may read, says that it is the credential", async () => {
    const list =
      '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}';
    const scim = "application/scim+json";
    const { code, report, records } = await answering((method) =>
      method === "GET" ? [200, scim, list] : [403, scim, "{}"],
    );
    expect({ code, records }).toEqual({ code: 3, records: [] });
    expect(report.stopped).toMatchObject({
      cause: "population",
      remedy: expect.stringContaining("SCIM_TOKEN"),
    });
  });

  it("by a sign-in page blames no server", async () => {
    const { code, report, records } = await answering(() => [
      200,
      "text/html",
      "<!doctype html><title>Sign in",
    ]);
    expect({ code, records }).toEqual({ code: 3, records: [] });
    expect(report.stopped).toMatchObject({ cause: "html", remedy: expect.stringContaining("base URL") });
  });
});
