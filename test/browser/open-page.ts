import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type LoadReport, type RunReport, render } from "../../src/index.ts";

export interface OpenedPage {
  readonly page: Page;
  /** Whatever the page asked for beyond its own file, and whatever it complained about. */
  readonly trouble: readonly string[];
  close(): Promise<void>;
}

/** Opens a report the way its reader does: as a file on disk. The network is off. */
export async function openReport(
  browser: Browser,
  report: RunReport | LoadReport,
  options: BrowserContextOptions & { readonly hash?: string } = {},
  baseline?: LoadReport,
): Promise<OpenedPage> {
  const { hash = "", ...contextOptions } = options;
  const folder = mkdtempSync(join(tmpdir(), "scim-check-html-"));
  const file = join(folder, "report.html");
  writeFileSync(file, await render(report, "html", baseline === undefined ? {} : { baseline }));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
  await context.setOffline(true);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => trouble.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(pathToFileURL(file).href) && !url.startsWith("data:"))
      trouble.push(`request: ${url}`);
  });
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  return {
    page,
    trouble,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Brings the log into view, where there is one, and opens its first entry. */
export async function openLog(page: Page): Promise<void> {
  if ((await page.locator("#log").count()) === 0) return;
  await page.locator("#log").scrollIntoViewIfNeeded();
  await page.locator(".log-row summary").first().click();
  await page.locator(".log-row .exchange-body").first().waitFor();
}
