import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host } from "../../../src/cli/host.ts";
import { progressDisplay } from "../../../src/cli/progress.ts";

const COST = { users: 3, groups: 1, members: 0, requests: 20, crowd: 0 };

function hostWith(columns: number, written: string[], { isTTY = true, env = {} } = {}): Host {
  const nothing = () => true;
  const cursor = { cursorTo: nothing, clearLine: nothing, moveCursor: nothing };
  const stderr = { isTTY, columns, ...cursor, write: (text: string) => written.push(text) };
  return { stderr, env } as unknown as Host;
}

const BEFORE = { kind: "before-writing", cost: COST } as const;
const playing = (done: number) => ({ kind: "playing", scenario: "okta/users/create", done, all: 9 }) as const;

afterEach(() => {
  vi.useRealTimers();
});

describe("the progress of a run", () => {
  it("is told in plain lines on a terminal that says it is 0 columns wide, where a spinner never ends", () => {
    const written: string[] = [];
    const display = progressDisplay(hostWith(0, written), false);
    display.show({ kind: "before-writing", usersBefore: 2, cost: COST }, "http://127.0.0.1/scim");
    display.stop();
    expect(written).toEqual([
      "Testing http://127.0.0.1/scim, which has 2 users: makes up to 3 users and 1 group in about 20 requests, and removes them afterwards.\n",
    ]);
  });

  it.each([
    [5_000, ""],
    [95_000, " At the rate it keeps to, that takes about 95 seconds."],
    [375_888, " At the rate it keeps to, that takes about 7 minutes."],
  ])("says before it starts how long its rate makes it: %d ms", (leastMs, told) => {
    const written: string[] = [];
    const display = progressDisplay(hostWith(0, written), false);
    display.show({ kind: "before-writing", cost: { ...COST, leastMs } }, "http://127.0.0.1/scim");
    display.stop();
    expect(written.join("")).toBe(
      `Testing http://127.0.0.1/scim: makes up to 3 users and 1 group in about 20 requests, and removes them afterwards.${told}\n`,
    );
  });

  it("is not told at all when only the outcome is wanted", () => {
    const written: string[] = [];
    const display = progressDisplay(hostWith(80, written), true);
    display.show({ kind: "before-writing", cost: COST }, "http://127.0.0.1/scim");
    display.stop();
    expect(written).toEqual([]);
  });

  it("spins on a terminal, below a sentence that is broken at spaces", () => {
    const written: string[] = [];
    const display = progressDisplay(hostWith(60, written), false);
    display.show(BEFORE, "http://127.0.0.1/scim");
    display.show(playing(1), "http://127.0.0.1/scim");
    display.stop();
    const [first = "", ...rest] = written;
    expect(first.split("\n").every((line) => line.length <= 60)).toBe(true);
    expect(rest.join("")).toMatch(/[⠋-] Testing/);
  });

  it.each([
    ["in a pipe", { isTTY: false }],
    ["in a CI job", { env: { CI: "true" } }],
    ["on a terminal that cannot move its cursor", { env: { TERM: "dumb" } }],
  ])("is a plain line every five seconds %s", (_, host) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const written: string[] = [];
    const display = progressDisplay(hostWith(200, written, host), false);
    display.show(BEFORE, "http://127.0.0.1/scim");
    for (const done of [1, 2, 3, 4, 5, 6]) {
      vi.advanceTimersByTime(2_000);
      display.show(playing(done), "http://127.0.0.1/scim");
    }
    display.stop();
    expect(written.slice(1)).toEqual(["3/9 okta/users/create\n", "6/9 okta/users/create\n"]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no escape code may be there
    expect(written.join("")).not.toMatch(/\u001b/);
  });
});
