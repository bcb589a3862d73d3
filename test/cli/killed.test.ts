import { afterEach, describe, expect, it } from "vitest";
import { startReferenceServer } from "../../src/index.ts";
import { killing } from "./killing.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a run that is killed may have been doing: single people, groups, or the crowd of a large group. */
const COMMANDS = [
  { args: ["run", "--scenario", "okta/users/*"], within: 100 },
  { args: ["run", "--scenario", "okta/groups/*"], within: 100 },
  { args: ["run", "--scenario", "okta/large-groups/*", "--large-group", "300"], within: 320 },
] as const;

const TIMES = 50;
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1_000_000));

describe("kill -9 in the middle of a run, and then scim-check cleanup", () => {
  it(`leave nothing on the server, ${TIMES} times at random points (KILL_SEED=${SEED})`, async () => {
    const server = await startReferenceServer({ users: 5 });
    closing.push(() => server.close());
    const everything = () => contentsOf(server);
    const before = await everything();
    const kills = await killing({
      server: { url: server.url, token: server.token ?? "" },
      times: TIMES,
      parallel: 4,
      seed: SEED,
      command: (random) => COMMANDS[Math.floor(random.next() * COMMANDS.length)] ?? COMMANDS[0],
    });
    closing.unshift(() => kills.stop());
    const killed = await kills.killAll();
    expect(killed.filter(({ finished }) => finished.code !== null)).toEqual([]);
    // There was something to lose, or the test would prove nothing.
    expect(await everything()).not.toEqual(before);
    const cleaned = await kills.cleanUp();
    expect(cleaned.stdout).toMatch(/^Run \w{6} /);
    expect(cleaned.stdout.match(/, [1-9]\d* left/g) ?? []).toEqual([]);
    expect(cleaned.code).toBe(0);
    expect(await everything()).toEqual(before);
    expect(kills.ledgers()).toEqual([]);
  }, 600_000);
});

async function contentsOf({ url, token }: { readonly url: string; readonly token?: string }) {
  const headers = { authorization: `Bearer ${token}` };
  const texts = ["Users", "Groups"].map(async (name) => {
    const answer = await fetch(`${url}/${name}?count=100000`, { headers });
    return answer.text();
  });
  return Promise.all(texts);
}
