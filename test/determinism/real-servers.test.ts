import { describe, expect, it } from "vitest";
import { start as startBetterAuth } from "../servers/better-auth/server.ts";
import type { RunningServer } from "../servers/running-server.ts";
import { start as startScimmy } from "../servers/scimmy/server.ts";
import { judged } from "../servers/true-verdicts.ts";
import { differencesOf, verdictsOf } from "../servers/verdicts.ts";

/** Each start is a server of its own, with nobody in it. */
async function reportAt(start: () => Promise<RunningServer>, concurrency: number) {
  const server = await start();
  try {
    return await judged(server, concurrency);
  } finally {
    await server.close();
  }
}

describe("the verdicts about a server nobody here wrote", () => {
  it.each([
    ["scimmy", startScimmy],
    ["better-auth", startBetterAuth],
  ])("are the same with one scenario at a time and with sixteen: %s", async (_, start) => {
    const one = await reportAt(start, 1);
    const sixteen = await reportAt(start, 16);
    expect(one.behaviours.length).toBeGreaterThan(100);
    expect(differencesOf(verdictsOf(one), sixteen)).toEqual([]);
  });
});
