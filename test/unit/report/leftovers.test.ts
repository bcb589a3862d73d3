import { describe, expect, it } from "vitest";
import type { Leftover } from "../../../src/model/play.ts";
import { cleanedText } from "../../../src/report/cleaned.ts";
import { formatNamed } from "../../../src/report/formats.ts";
import { sharesOf } from "../../../src/report/html/verdict-bar.ts";
import { leftoverHint, removalOf } from "../../../src/report/removal.ts";
import { sampleReport } from "./sample-report.ts";

const left = (state: Leftover["state"] | "kept" | "deactivated for good"): Leftover => ({
  collection: "Users",
  name: "scim-check-a",
  id: "17",
  ...(state === "kept"
    ? { state: "left", kept: true }
    : state === "deactivated for good"
      ? { state: "deactivated", kept: true }
      : { state }),
  why: "DELETE was answered 501",
});

type State = Parameters<typeof left>[0];

describe("what a run leaves on the server", () => {
  it.each<[string, readonly State[], string]>([
    ["is tried again", ["left"], "`scim-check cleanup` tries again to remove them."],
    [
      "is not said to be tried again where the server only deactivates people",
      ["deactivated for good", "deactivated for good"],
      "The server deactivated them and removes nobody; `scim-check cleanup --forget` stops looking for them.",
    ],
    [
      "is tried again where the DELETE may succeed another time, and people are deactivated until then",
      ["left", "deactivated"],
      "`scim-check cleanup` tries again to remove them.",
    ],
    [
      "is not said to be tried again where the server refuses to delete it",
      ["kept", "deactivated for good"],
      "The server does not delete them; `scim-check cleanup --forget` stops looking for them.",
    ],
    [
      "is tried again but for what the server refuses to delete",
      ["left", "kept"],
      "`scim-check cleanup` tries again to remove those that the server does not refuse to delete; `scim-check cleanup --forget` stops looking for them.",
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

describe("whoever was deactivated because a delete failed for now", () => {
  it.each(["DELETE got no answer (timed-out)", "DELETE was answered 503"])("is tried again: %s", (why) => {
    const leftover = { ...left("deactivated"), why };
    expect(leftoverHint([leftover])).toBe("`scim-check cleanup` tries again to remove them.");
    const { command } = removalOf(leftover, "https://scim.example.com/v2", []);
    expect(command).toBe("curl -sS -X DELETE https://scim.example.com/v2/Users/17");
  });
});

describe("the way to remove by hand what is left", () => {
  const url = "https://scim.example.com/v2";
  const cleanedWith = (...states: readonly State[]) => cleanedText([run(...states)]);
  const run = (...states: readonly State[]) => ({
    run: "r1",
    url,
    startedAt: "2026-01-05T09:00:00Z",
    removed: 0,
    leftovers: states.map(left),
    credential: [],
  });

  it("is the DELETE where the server may carry it out another time", () => {
    expect(removalOf(left("left"), url, [])).toEqual({
      note: "",
      command: "curl -sS -X DELETE https://scim.example.com/v2/Users/17",
    });
    expect(cleanedWith("left")).toMatch(
      /by hand\n {4}curl .*DELETE.*\n1 resource could not be removed\. Remove them by hand, or try again later; /,
    );
  });

  it("begins with a search where no answer told the id", () => {
    const nameless: Leftover = {
      collection: "Groups",
      name: 'a "b"',
      state: "left",
      why: "it may exist: the search was answered 503",
    };
    expect(removalOf(nameless, `${url}/`, [])).toEqual({
      note: "delete the id that this shows, if any:",
      command: `curl -sS -X GET '${url}/Groups?filter=displayName%20eq%20%22a%20%5C%22b%5C%22%22'`,
    });
  });

  it.each<[State, string]>([
    ["kept", "The server did not delete it over SCIM."],
    ["deactivated for good", "It is deactivated, and the server did not delete it over SCIM."],
  ])("is no DELETE where that was refused: %s", (state, beginning) => {
    const note = `${beginning} Delete it in the product itself, or ask whoever runs the server.`;
    expect(removalOf(left(state), url, [])).toEqual({ note });
    const shown = cleanedWith(state);
    expect(shown).toContain(`    by hand ${note}\n`);
    expect(shown).toContain("To try again would change nothing: see above what can be done; `scim-check");
    expect(shown).not.toMatch(/curl|undefined/);
    const report = { ...sampleReport(), leftovers: [left(state)] };
    for (const format of ["text", "html"]) {
      const text = formatNamed(format)?.render(report, {}) ?? "";
      expect(text.replaceAll(/\s+/g, " ")).toContain(note);
      expect(text).not.toMatch(/DELETE.*\/Users\/17/);
    }
  });

  it("is all that is left to do once they are forgotten", () => {
    expect(cleanedText([{ ...run("kept"), forgotten: true }])).toMatch(
      /by hand The server did not delete it .*\n1 resource could not be removed, and scim-check looks for them no more\.\n$/,
    );
    expect(cleanedText([{ ...run(), doubt: "some may be hidden", forgotten: true }])).toMatch(
      /There may be more: some may be hidden\.\n$/,
    );
  });

  it("differs from one to the other in one list", () => {
    expect(cleanedWith("left", "kept")).toContain(
      "2 resources could not be removed. See above what can be done by hand, or try again later for those that the server does not refuse to delete; ",
    );
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
