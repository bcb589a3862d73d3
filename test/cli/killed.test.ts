import { afterEach, describe, expect, it } from "vitest";
import { startReferenceServer } from "../../src/index.ts";
import { killing } from "./killing.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a process that is killed may have been doing. Small: the kills are what is wanted, not the work. */
const COMMANDS = {
  run: [
    ["run", "--scenario", "okta/users/create*"],
    ["run", "--scenario", "okta/groups/members*", "--scenario", "okta/users/re*"],
    ["run", "--scenario", "okta/large-groups/hundreds", "--large-group", "120"],
  ],
  load: [
    ["load", "smoke", "--rate", "30/s", "--users", "10", "--groups", "2", "--members", "5"],
    ["load", "onboarding", "--rate", "20/s", "--groups", "3"],
    ["load", "offboarding", "--rate", "20/s", "--users", "20", "--groups", "3", "--members", "4"],
  ].map((plan) => [...plan, "--for", "1s", "--warm-up", "0s", "--max-in-flight", "8"]),
} as const;

/** Each time at other points; KILL_TIMES=200 looks at so many in one go. A process takes half a second of a core. */
const TIMES = Number(process.env.KILL_TIMES ?? 20);
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1_000_000));

describe.each(["run", "load"] as const)(
  "kill -9 in the middle of a %s, and then scim-check cleanup",
  (what) => {
    it(`leave nothing on the server, ${TIMES} times at random points (KILL_SEED=${SEED})`, async () => {
      const server = await startReferenceServer({ users: 5 });
      closing.push(() => server.close());
      const everything = () => contentsOf(server);
      const before = await everything();
      const kills = await killing({
        server: { url: server.url, token: server.token ?? "" },
        times: TIMES,
        parallel: what === "run" ? 3 : 6,
        seed: SEED,
        commands: COMMANDS[what],
      });
      closing.unshift(() => kills.stop());
      const killed = await kills.killAll();
      expect(killed.filter(({ finished }) => finished.code !== null)).toEqual([]);
      expect(killed.filter(({ wasRemoving }) => wasRemoving).length).toBe(Math.floor(TIMES / 5));
      // There was something to lose, or the test would prove nothing.
      expect(await everything()).not.toEqual(before);
      // Whoever cleans up can be killed as well, and begins again.
      for (const at of [2, 30, 90]) expect(await kills.killCleanUp(at)).toMatchObject({ code: null });
      expect(kills.ledgers()).not.toEqual([]);
      const cleaned = await kills.cleanUp();
      expect(cleaned.stdout).toMatch(/^Run \w{6} /);
      expect(cleaned.stdout.match(/, [1-9]\d* left/g) ?? []).toEqual([]);
      expect(cleaned.code).toBe(0);
      expect(await everything()).toEqual(before);
      expect(kills.ledgers()).toEqual([]);
    }, 600_000);
  },
);

describe("kill -9 in the middle of a load, where lists leave out who is inactive", () => {
  it(`leaves nobody on the server after cleanup, and no run that is forgotten unasked (KILL_SEED=${SEED})`, async () => {
    const server = await startReferenceServer({ quirk: ["inactive-users-not-listed"] });
    closing.push(() => server.close());
    const found = async () => {
      const filter = encodeURIComponent('userName sw "scim-check-"');
      const headers = { authorization: `Bearer ${server.token}` };
      const answer = await fetch(`${server.url}/Users?filter=${filter}`, { headers });
      const { totalResults } = (await answer.json()) as { totalResults: number };
      return totalResults;
    };
    const kills = await killing({
      server: { url: server.url, token: server.token ?? "" },
      times: 5,
      parallel: 5,
      seed: SEED,
      commands: COMMANDS.load.slice(2),
    });
    closing.unshift(() => kills.stop());
    await kills.killAll();
    expect(await found()).toBeGreaterThan(0);
    const cleaned = await kills.cleanUp();
    expect(await found()).toBe(0);
    const hides = cleaned.stdout.includes("lists of this server do not show all");
    expect([cleaned.code, kills.ledgers().length > 0]).toEqual(hides ? [3, true] : [0, false]);
    expect((await kills.cleanUp("--forget")).code).toBe(0);
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
