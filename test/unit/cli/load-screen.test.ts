import { describe, expect, it } from "vitest";
import type { Host } from "../../../src/cli/host.ts";
import { type LoadKind, loadScreen } from "../../../src/cli/load-screen.ts";
import type { LiveLoad, LoadPreview } from "../../../src/index.ts";

// Only what is told before a load is looked at.
const PREVIEW = {
  plan: { name: "smoke" },
  target: "https://staging.example.com",
  remarks: [] as LoadPreview["remarks"],
  cost: { users: 55, groups: 3, requests: 81, isGuess: false },
} as LoadPreview;

const RECENT = { seconds: 5, sums: {}, heat: [] };
const LIVE = {
  ...{ elapsedMs: 0, totalMs: 6_000, isWarmUp: false, recent: RECENT, started: 0, finished: 0, dropped: 0 },
  ...{ requests: 0, errors: 0, throttled: 0, inFlight: 0, waiting: 0, connections: 0 },
} as unknown as LiveLoad;

function told(kind: LoadKind, live?: Partial<LiveLoad>): string {
  let written = "";
  const stderr = {
    columns: 200,
    write: (text: string) => {
      written += text;
      return true;
    },
  };
  const screen = loadScreen({ stderr, env: {} } as unknown as Host, false, kind);
  if (live === undefined) screen.prepared(PREVIEW);
  else screen.show({ kind: "playing", live: { ...LIVE, ...live } });
  return written.replaceAll(/\s+/g, " ");
}

describe("what is told before a load", () => {
  it("says that what it makes is removed, unless it is to be kept", () => {
    expect(told({ isSearch: false })).toContain("in 81 requests, and removes them afterwards.");
    expect(told({ isSearch: false, isKept: true })).toContain("in 81 requests, and leaves them there.");
  });
});

it("a line while a load runs says how long the last answers are waited for when the schedule is over", () => {
  expect(told({ isSearch: false }, { elapsedMs: 5_000 })).toMatch(/^5 s of 6 s /);
  expect(told({ isSearch: false }, { elapsedMs: 20_000 })).toMatch(/^14 s after the schedule /);
});
