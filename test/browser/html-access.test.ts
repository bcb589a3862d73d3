import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/index.ts";
import { sampleReport, stoppedReport } from "../unit/report/sample-report.ts";
import { inChromium } from "./chromium.ts";
import { openLog, openReport } from "./open-page.ts";
import { embedded } from "./reports.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** A real run with something of everything; axe looks at every element of it. */
const small = () =>
  embedded({
    defect: ["filtered-remove-does-nothing", "active-as-text-in-lists"],
    behaviour: ["OKTA-MEMBER-02", "OKTA-LOOKUP-05", "OKTA-CREATE-12", "OKTA-RATE-01", "OKTA-AUTH-01"],
  });

inChromium("the HTML report, for everybody", (launch) => {
  let browser: Browser;
  let report: RunReport;
  beforeAll(async () => {
    [browser, report] = await Promise.all([launch(), small()]);
  });
  afterAll(() => browser?.close());

  describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
    it.each([360, 1280])("has nothing that axe objects to at %i pixels", async (width) => {
      for (const one of width < 600 ? [report, stoppedReport()] : [report, sampleReport()]) {
        const { page, close } = await openReport(browser, one, {
          colorScheme,
          viewport: { width, height: 900 },
        });
        if (one === report) await page.locator(".failure .exchange summary").last().click();
        await openLog(page);
        await page.evaluate(AXE);
        // One entry of the log stands for the hundreds that look like it.
        await page.evaluate(
          "for (const one of document.querySelectorAll('.log-row ~ .log-row')) one.remove()",
        );
        const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
          violations: readonly Violation[];
        };
        expect(violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes[0]?.html }))).toEqual([]);
        await close();
      }
    });
  });

  it.each([360, 900, 1400])("needs no sideways scrolling at %i pixels", async (width) => {
    for (const one of [report, sampleReport(), stoppedReport()]) {
      const { page, close } = await openReport(browser, one, { viewport: { width, height: 900 } });
      await openLog(page);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await close();
    }
  });

  it("is walked through with the keyboard, from the link that skips the contents on", async () => {
    const { page, close } = await openReport(browser, report);
    const focused = () => page.evaluate("document.activeElement.textContent.trim().slice(0, 40)");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the report");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toMatch(/^OKTA-/);
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.name")).toBe("text");
    await page.keyboard.type("filtered removes");
    expect(await page.locator("[data-behaviour]:not([hidden])").count()).toBeGreaterThan(0);
    await close();
  });
});
