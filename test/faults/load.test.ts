import { describe, expect, it, vi } from "vitest";
import { tryLoad } from "./load-trial.ts";
import { STRIKING } from "./table.ts";

vi.setConfig({ maxConcurrency: 3, testTimeout: 90_000 });

/** One fault of each phase, and the floods; `tryLoad` takes any of the table. */
const SAMPLE = [
  "closes-after-request",
  "a-thousand-early-hints",
  "continues-without-end",
  "length-and-chunks",
  "gzip-bomb",
  "100000-deep",
  "redirect-to-another-origin",
  "connection-close-on-each",
];

describe("a fault under load ends in the right exit code, with everything removed and nothing open or told", () => {
  it.concurrent.each(SAMPLE)("%s", async (name) => {
    const fault = STRIKING.find((one) => one.name === name);
    if (fault === undefined) throw new Error(`no fault ${name}`);
    expect((await tryLoad(fault)).wrong).toEqual([]);
  });
});
