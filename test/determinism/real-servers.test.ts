import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { start as startBetterAuth } from "../servers/better-auth/server.ts";
import { start as startScimmy } from "../servers/scimmy/server.ts";
import { judged } from "../servers/true-verdicts.ts";
import { differencesOf, type Verdicts } from "../servers/verdicts.ts";

/**
 * `test/servers` plays sixteen scenarios at once and holds the verdicts against expected.json. Those of one at a time
 * are held against the same file here, so that both are the same.
 */
describe("the verdicts about a server nobody here wrote", () => {
  it.each([
    ["scimmy", startScimmy],
    ["better-auth", startBetterAuth],
  ])("are the same with one scenario at a time as with sixteen: %s", async (name, start) => {
    const server = await start();
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
