import { describe, expect, it } from "vitest";
import { CHILDREN, measureChild } from "./children.ts";

/** Here only those that need a process of their own to be seen; `node test/bench/faults.js` measures them all. */
const DENSEST = "12 MB of tiny objects in every answer";
const HERE = ["body-without-end", DENSEST];
const here = CHILDREN.filter(({ name, limitMs }) => HERE.includes(name) || limitMs !== undefined);

describe("the built command line, in a process of its own", () => {
  it.each(here.map((child) => [child.name, child] as const))(
    "%s: bounded in memory and time, the right exit code, and the report is there",
    async (name, child) => {
      const { exitCode, megabytes, ms, stdout, stderr } = await measureChild(child);
      expect(exitCode).toBe(child.expected);
      expect(megabytes).toBeLessThan(name === DENSEST ? 220 : 300);
      // A busy machine is given three times what a quiet one needs.
      if (child.limitMs !== undefined) expect(ms).toBeLessThan(3 * child.limitMs);
      expect(stdout).toContain(`Exit code ${child.expected}`);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    // The deadline that ends the longest of them is three minutes away.
    240_000,
  );
});
