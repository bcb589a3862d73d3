import { describe, expect, it } from "vitest";
import { markdown } from "../../../src/report/markdown.ts";
import { code, link, plainText } from "../../../src/report/markdown-text.ts";
import { sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

describe("the Markdown format", () => {
  it("reads as the golden file", async () => {
    await expect(markdown.render(sampleReport(), {})).toMatchFileSnapshot("golden/run.md");
  });

  it("says why a run was stopped, and what to do about it", () => {
    expect(markdown.render(stoppedReport(), {})).toMatch(/Stopped before anything was judged[\s\S]+To mend:/);
  });

  it("is short when everything holds", () => {
    expect(markdown.render(soundReport(), {}).split("\n").length).toBeLessThan(15);
  });

  it("keeps to the bytes it may have, never without the verdict, and counts what it left out", () => {
    const behaviours = Array.from({ length: 300 }, (_, index) =>
      sampleReport().behaviours.map((one) => ({ ...one, id: `${one.id}-${index}` })),
    ).flat();
    const report = { ...sampleReport(), behaviours, causes: [] };
    expect(markdown.render(report, {}).length).toBeGreaterThan(400_000);
    const short = markdown.render(report, { maxBytes: 200_000 });
    expect(Buffer.byteLength(short)).toBeLessThan(200_000);
    expect(short).toMatch(/Exit code 1/);
    expect(short).toMatch(/\d+ more failures did not fit here/);
  });

  it.each([
    ["**bold** _x_ [a](javascript:b) <img src=x> # | `c`", "&lt;img", "<img"],
    ["@everyone & co", "&#64;everyone &amp; co", "@everyone"],
    ["\u202egnp\u0000", "\\u202e".replace("\\", "\\\\"), "\u202e"],
  ])("takes nothing a server said for Markdown: %j", (said, shown, never) => {
    const written = plainText(said);
    expect(written).toContain(shown);
    expect(written).not.toContain(never);
  });

  it("closes code only where it ends, also in a table", () => {
    expect(code("a`b``c|d")).toBe("```a`b``c\\|d```");
    expect(code("`a`")).toBe("`` `a` ``");
  });

  it("links to the web alone", () => {
    expect(link("a", "https://example.com/x")).toBe("[a](<https://example.com/x>)");
    expect(link("a", "javascript:alert(1)")).not.toContain("](");
  });
});
