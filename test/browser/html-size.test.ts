import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inChromium } from "./chromium.ts";
import { openReport } from "./open-page.ts";
import { failing, multiplied } from "./reports.ts";

inChromium("a very large HTML report", (launch) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it("with 400 behaviours and 5,000 exchanges opens in under 2 s, and its log is quick to filter", async () => {
    const report = multiplied(await failing(), 400, 5_000);
    const { page, close } = await openReport(browser, report);
    await page.evaluate("new Promise((next) => requestAnimationFrame(() => setTimeout(next)))");
    // The time of the processor: the wall's would measure what else this machine does.
    expect(await busySeconds(page)).toBeLessThan(2);
    const before = await busySeconds(page);
    await page.locator("#log").scrollIntoViewIfNeeded();
    await page.locator(".log-row").first().waitFor();
    await page.selectOption("#log-filters [name=which]", "broke");
    await page.fill("#log-filters [name=text]", "groups");
    expect(await page.locator("#log-filters .shown").innerText()).toMatch(/^\d+ of 5,\d{3} requests$/);
    await page.fill("#filters [name=text]", "member");
    expect((await busySeconds(page)) - before).toBeLessThan(2);
    await close();
  });
});

/** Seconds the page's main thread has computed since it was opened. */
async function busySeconds(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  return metrics.find(({ name }) => name === "ThreadTime")?.value ?? Number.NaN;
}
