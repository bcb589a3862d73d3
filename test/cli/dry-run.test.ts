import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function countingServer() {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/scim/v2`,
    knocks: () => knocks,
  };
}

describe("scim-check run --dry-run", () => {
  it("prints every request as curl, with slots for what a server would issue, and sends nothing", async () => {
    const { url, knocks } = await countingServer();
    const { stdout, code } = await cli(["run", "--dry-run", "--url", url, "--large-group", "150"], {
      env: { SCIM_TOKEN: "a-token-that-is-secret" },
    });
    expect(code).toBe(0);
    expect(knocks()).toBe(0);
    expect(stdout).toMatch(/^# Nothing was sent\. A run would send about these [\d,]{3,} requests to http:/);
    expect(stdout).toContain("# okta/users/deactivate-oin\n");
    expect(stdout).toMatch(
      new RegExp(`curl -sS -i -X PATCH ${url}/Users/USER-\\d+-ID .*"Authorization: Bearer \\$SCIM_TOKEN"`),
    );
    expect(stdout).toMatch(/"value":"USER-\d+-ID"/);
    expect(stdout).toMatch(/curl -sS -i -X DELETE \S+\/Groups\/GROUP-1-ID/);
    expect(stdout).not.toContain("a-token-that-is-secret");
    // No id of the server that stood in is left.
    expect(stdout).not.toMatch(/\/(Users|Groups)\/[0-9a-f]{22}\b/);
    expect(() => execFileSync("bash", ["-n"], { input: stdout })).not.toThrow();
  });

  it("is refused together with what only a real run can give", async () => {
    const { url, knocks } = await countingServer();
    const given = ["--report", "json:dry.json", "--write-known", "known.yaml"];
    const { stdout, stderr, code } = await cli(["run", "--dry-run", "--url", url, ...given]);
    expect({ stdout, code, knocks: knocks() }).toEqual({ stdout: "", code: 2, knocks: 0 });
    expect(stderr).toContain("Leave --report out, or --dry-run.");
    expect(stderr).toContain("Leave --write-known out, or --dry-run.");
  });

  it("shows the header that the credential travels in", async () => {
    const { url, knocks } = await countingServer();
    const { stdout } = await cli(
      ["run", "--dry-run", "--url", url, "--auth-header", "X-Api-Key", "--scenario", "okta/users/read"],
      { env: { SCIM_TOKEN: "a-token-that-is-secret" } },
    );
    expect(stdout).toContain('-H "X-Api-Key: $SCIM_TOKEN"');
    expect(stdout).not.toContain("Authorization");
    expect(knocks()).toBe(0);
  });

  it("prints what a run with the same selection then sends, as many requests of each kind", async () => {
    const server = await startReferenceServer();
    closing.push(() => server.close());
    // One at a time: side by side, two clean-ups may each look whether the first DELETE removed anything.
    const args = ["run", "--url", server.url, "--scenario", "okta/users/*", "--scenario", "okta/groups/*"];
    args.push("--concurrency", "1");
    const env = { SCIM_TOKEN: server.token ?? "" };
    const dry = await cli([...args, "--dry-run"], { env });
    const run = await cli([...args, "--report", "json"], { env });
    const sent = JSON.parse(run.stdout).run.requests;
    expect(dry.stdout.match(/^curl |^printf /gm)?.length).toBe(sent);
  });
});
