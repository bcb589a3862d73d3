import { describe, expect, it } from "vitest";
import type { Host } from "../../../src/cli/host.ts";
import { progressDisplay } from "../../../src/cli/progress.ts";

const COST = { users: 3, groups: 1, members: 0, requests: 20, crowd: 0 };

function hostWith(columns: number, written: string[]): Host {
  const stderr = { isTTY: true, columns, write: (text: string) => written.push(text) };
  return { stderr } as unknown as Host;
}

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

  it("is not told at all when only the outcome is wanted", () => {
    const written: string[] = [];
    const display = progressDisplay(hostWith(80, written), true);
    display.show({ kind: "before-writing", cost: COST }, "http://127.0.0.1/scim");
    display.stop();
    expect(written).toEqual([]);
  });
});
