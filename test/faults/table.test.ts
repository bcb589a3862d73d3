import { describe, expect, it } from "vitest";
import { PHASES } from "./fault.ts";
import { FAULTS, tablePage } from "./table.ts";

describe("the table of faults", () => {
  it("is the page that people read", async () => {
    await expect(tablePage()).toMatchFileSnapshot("table.md");
  });

  it("names every fault once, with a reason, and has some of every phase", () => {
    const names = FAULTS.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(FAULTS.filter(({ because }) => !/\.$/.test(because)).map(({ name }) => name)).toEqual([]);
    expect(PHASES.filter((phase) => !FAULTS.some((fault) => fault.phase === phase))).toEqual([]);
  });
});
