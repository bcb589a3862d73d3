import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { liveRows } from "../../../src/cli/live-rows.ts";
import type { LiveLoad } from "../../../src/index.ts";

const live: LiveLoad = {
  elapsedMs: 30_000,
  totalMs: 120_000,
  isWarmUp: false,
  recent: {
    seconds: 5,
    sums: {
      ...{ offered: 125, started: 125, finished: 120, dropped: 0, errors: 11 },
      ...{ "2xx": 500, "3xx": 0, "4xx": 11, "429": 222, "5xx": 0, silence: 0 },
    },
    heat: [60, 700, 80, 33],
  },
  started: 750,
  finished: 650,
  dropped: 3,
  requests: 3_000,
  errors: 1_234,
  throttled: 5_678,
  inFlight: 64,
  waiting: 300,
  connections: 64,
};
const TITLE = "onboarding https://scim.staging.example.com:8443/scim/v2";

const styled = (level: 0 | 1) => {
  const { bold, dim, red, green, yellow, cyan } = new Chalk({ level });
  return { bold, dim, red, green, yellow, cyan };
};
const rows = (columns: number, level: 0 | 1 = 0) => liveRows(TITLE, live, styled(level), columns);
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const plain = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, "");

describe("a load on the screen", () => {
  it.each([200, 100, 60, 40])("fits %i columns below its title, and loses no figure", (columns) => {
    const [, ...below] = rows(columns);
    expect(below.filter((row) => row.length > columns)).toEqual([]);
    const words = below.join(" ").replace(/\s+/g, " ");
    for (const figure of ["1:30 min left", "p99", "1,234 (", "5,678 (", "300 waiting", "dropped 3"]) {
      expect(words).toContain(figure);
    }
    for (const figure of ["650 finished of 750", "64 under way", "64 connections"]) {
      expect(words).toContain(figure);
    }
  });

  it("takes no more columns in colour than without", () => {
    expect(rows(60, 1).map(plain)).toEqual(rows(60));
  });

  it("has no colour where none is wanted, and colour where it is", () => {
    expect(rows(100).map(plain)).toEqual(rows(100));
    expect(rows(100, 1).map(plain)).not.toEqual(rows(100, 1));
  });
});
