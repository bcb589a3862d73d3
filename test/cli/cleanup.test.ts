import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe("scim-check cleanup", () => {
  it("leaves the server as it was after a run that was killed in the middle", async () => {
    const server = await startReferenceServer({ users: 5 });
    closing.push(() => server.close());
    const headers = { authorization: `Bearer ${server.token}` };
    const everything = async () =>
      Promise.all(
        ["Users", "Groups"].map(async (name) => (await fetch(`${server.url}/${name}`, { headers })).text()),
      );
    const before = await everything();
    const state = mkdtempSync(join(tmpdir(), "scim-check-killed-"));
    const env = { SCIM_TOKEN: server.token ?? "", XDG_STATE_HOME: state };
    const killed = await cli(["run", "--url", server.url, "--large-group", "5000", "--rate", "300"], {
      env,
      // Everything after this line is written by the run; it is killed at whatever it is doing then.
      watch: (stderr, kill) => {
        if (stderr.includes("Testing")) kill("SIGKILL");
      },
    });
    expect(killed.code).toBeNull();
    expect(readdirSync(join(state, "scim-check"))).toHaveLength(1);
    const cleaned = await cli(["cleanup", "--url", server.url], { env });
    expect(cleaned.stdout).toMatch(/ 0 left\n/);
    expect(cleaned.code).toBe(0);
    expect(await everything()).toEqual(before);
    expect(readdirSync(join(state, "scim-check"))).toEqual([]);
    expect((await cli(["cleanup", "--url", server.url], { env })).stdout).toBe(
      "No run left anything behind.\n",
    );
  });
});
