import { describe, expect, it } from "vitest";
import type { Leftover } from "../../../src/model/play.ts";
import { formatNamed } from "../../../src/report/formats.ts";
import { sharesOf } from "../../../src/report/html/verdict-bar.ts";
import { leftoverHint } from "../../../src/report/removal.ts";
import { sampleReport } from "./sample-report.ts";

const left = (state: Leftover["state"]): Leftover => ({
  collection: "Users",
  name: "scim-check-a",
  state,
  why: "DELETE was answered 501",
});

describe("what a run leaves on the server", () => {
  it.each<[string, readonly Leftover["state"][], string]>([
    ["is tried again", ["left"], "`scim-check cleanup` tries again to remove them."],
    [
      "is not said to be tried again where the server only deactivates people",
      ["deactivated", "deactivated"],
      "The server deactivated them and removes nobody; `scim-check cleanup --forget` stops looking for them.",
    ],
    [
      "is tried again but for those who are deactivated",
      ["left", "deactivated"],
      "`scim-check cleanup` tries again to remove those that are not deactivated; `scim-check cleanup --forget` stops looking for them.",
    ],
  ])("%s", (_, states, hint) => {
    const leftovers = states.map(left);
    expect(leftoverHint(leftovers)).toBe(hint);
    const report = { ...sampleReport(), leftovers };
    const shown = (name: string) =>
      (formatNamed(name)?.render(report, {}) ?? "").replaceAll(/\s+/g, " ").replaceAll(/<\/?code>/g, "`");
    expect(shown("text")).toContain(hint);
    expect(shown("html")).toContain(hint);
  });
});

describe("the numbers beneath the bar of verdicts", () => {
  it("say must for one and musts for several", () => {
    const broken = sampleReport().behaviours.filter(
      ({ verdict, brokenLevel }) => verdict.kind === "fail" && brokenLevel === "must",
    );
    const words = (count: number) =>
      sharesOf(broken.slice(0, count)).map((share) => `${share.count} ${share.word}`);
    expect(words(1)).toEqual(["1 broken must"]);
    expect(words(2)).toEqual(["2 broken musts"]);
  });
});
