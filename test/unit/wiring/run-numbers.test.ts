import { describe, expect, it } from "vitest";
import { BadInput, run } from "../../../src/index.ts";

describe("run() called from a program", () => {
  it("refuses all numbers that cannot be used at once, before anything is sent", async () => {
    const refused = await run({ embedded: true, burst: 0, concurrency: 0, maxPages: 1.5, rate: 0 }).catch(
      (problem: unknown) => problem,
    );
    expect(refused).toBeInstanceOf(BadInput);
    const { problems } = refused as BadInput;
    expect(problems.map(({ place }) => place.file)).toEqual([
      "--burst",
      "--max-pages",
      "--concurrency",
      "--rate",
    ]);
    expect(problems[0]?.what).toBe("0 cannot be used.");
  });
});
