import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LoadReport, load } from "../../src/index.ts";
import { inChromium } from "./chromium.ts";
import { openReport } from "./open-page.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

inChromium("the HTML report of a load", (launch) => {
  let browser: Browser;
  let report: LoadReport;
  beforeAll(async () => {
    const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-html-"));
    const options = {
      embedded: true,
      playRate: 15,
      for: 3_000,
      warmUp: 1_000,
      users: 60,
      groups: 2,
      members: 10,
    };
    [browser, report] = await Promise.all([launch(), load("onboarding", options, { stateFolder })]);
    rmSync(stateFolder, { recursive: true, force: true });
  });
  afterAll(() => browser?.close());

  it("answers at the top, and draws what happened when without a script", async () => {
    const { page, close } = await openReport(browser, report, { javaScriptEnabled: false });
    expect(await page.locator(".card .answer").innerText()).toMatch(/^(Yes|No|Could not tell)$/);
    const titles = await page.locator(".chart figcaption b").allInnerTexts();
    expect(titles).toEqual([
      "Plays a second",
      "Response time",
      "Response times, the stronger the colour the more",
      "Answers a second, by status",
      "Response time by percentile",
    ]);
    for (const chart of await page.locator(".chart .plot").all()) {
      expect(await chart.locator("path:not(.rule):not(.warm-up)").count()).toBeGreaterThan(0);
      expect(await chart.getAttribute("aria-label")).toMatch(/\d/);
    }
    for (const { step } of report.operations.filter(({ requests }) => requests > 0)) {
      expect(await page.locator("#operations").innerText()).toContain(step);
    }
    await close();
  });

  it("stands beside an earlier one where that is given", async () => {
    const earlier = { ...report, run: { ...report.run, id: "before" } };
    const { page, close } = await openReport(browser, report, {}, earlier);
    expect(await page.locator("#compared h2").innerText()).toBe("Against run before");
    expect(await page.locator(".chart-legend", { hasText: "baseline" }).count()).toBe(1);
    await close();
  });

  it.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)(
    "opens cleanly, asks for nothing, and axe objects to nothing, in %s at %i pixels",
    async (colorScheme, width) => {
      const { page, trouble, close } = await openReport(browser, report, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      expect(trouble).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await page.evaluate(AXE);
      const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
        violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
      };
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      await close();
    },
  );
});
