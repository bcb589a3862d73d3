import { describe, expect, it } from "vitest";
import { duration } from "../../../src/cli/values.ts";
import { parseThreshold } from "../../../src/config/threshold.ts";
import { DURATION_WORDS, durationMs } from "../../../src/model/duration.ts";

describe("a duration", () => {
  it.each([
    ["500ms", 500],
    ["1.5 s", 1_500],
    ["5m", 300_000],
    ["5 min", 300_000],
    ["2h", 7_200_000],
    ["0.5h", 1_800_000],
    ["596h", 2_145_600_000],
  ])("is %s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(["", "5", "h", "-1h", "1d", "1h30m", "1H", "597h", "1e3s"])("is not %j", (text) => {
    expect(durationMs(text)).toBeUndefined();
  });

  it("that cannot be read is refused with what can", () => {
    expect(() => duration("1d")).toThrow(`It has to be ${DURATION_WORDS}.`);
    expect(parseThreshold("create.response.p99 < 1d")).toMatchObject({ next: `Write ${DURATION_WORDS}.` });
    expect(DURATION_WORDS).toMatch(/500ms, 30s, 5m or 2h/);
  });
});
