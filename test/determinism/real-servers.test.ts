import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { start as startBetterAuth } from "../servers/better-auth/server.ts";
import { addBystander } from "../servers/bystander.ts";
import type { RunningServer } from "../servers/running-server.ts";
import { start as startScimmy } from "../servers/scimmy/server.ts";
import { judged } from "../servers/true-verdicts.ts";
import { differencesOf, type Verdicts } from "../servers/verdicts.ts";

/**
 * `test/servers` plays sixteen scenarios at once and holds the verdicts against expected.json. Those of one at a time
 * are held against the same file here, so that both are the same.
 */
describe("the verdicts about a server nobody here wrote", () => {
  // What is there before a run is the same as in test/servers, too: some verdicts need somebody to be listed.
  it.each<[string, () => Promise<RunningServer>, (server: RunningServer) => unknown]>([
    ["scimmy", startScimmy, addBystander],
    ["better-auth", startBetterAuth, () => undefined],
  ])("are the same with one scenario at a time as with sixteen: %s", async (name, start, fill) => {
    const server = await start();
    await fill(server);
    const expected = JSON.parse(readFileSync(`test/servers/${name}/expected.json`, "utf8")) as Verdicts;
    try {
      const one = await judged(server, 1);
      expect(one.behaviours.length).toBeGreaterThan(100);
      expect(differencesOf(expected, one)).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
