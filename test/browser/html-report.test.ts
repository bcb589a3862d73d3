import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunReport } from "../../src/index.ts";
import { soundReport, stoppedReport } from "../unit/report/sample-report.ts";
import { inChromium } from "./chromium.ts";
import { openLog, openReport } from "./open-page.ts";
import { failing } from "./reports.ts";

inChromium("the HTML report", (launch) => {
  let browser: Browser;
  let report: RunReport;
  beforeAll(async () => {
    [browser, report] = await Promise.all([launch(), failing()]);
  });
  afterAll(() => browser?.close());

  const open = (given = report, options: Parameters<typeof openReport>[2] = {}) =>
    openReport(browser, given, options);

  it("opens from disk with the network off, asks for nothing and complains of nothing", async () => {
    for (const one of [report, soundReport(), stoppedReport()]) {
      const { page, trouble, close } = await open(one);
      await openLog(page);
      expect(trouble).toEqual([]);
      await close();
    }
  });

  it("answers for each kind of app at the top", async () => {
    const { page, close } = await open();
    const cards = page.locator(".card");
    expect(await cards.allInnerTexts()).toEqual([
      expect.stringMatching(/^Custom app \(AIW\)\s+No\s+\d+ requirements? (is|are) broken/),
      expect.stringMatching(/^Catalogue app \(OIN\)\s+No\s+\d+ requirements? (is|are) broken/),
    ]);
    expect(await cards.first().isVisible()).toBe(true);
    await close();
    const sound = await open(soundReport());
    expect(await sound.page.locator(".card .answer").allInnerTexts()).toEqual(["Yes", "Yes"]);
    await sound.close();
    const stopped = await open(stoppedReport());
    expect(await stopped.page.locator("#stopped").innerText()).toContain("Set SCIM_TOKEN to the token");
    await stopped.close();
  });

  it("shows every failure in full without scripts", async () => {
    const { page, close } = await open(report, { javaScriptEnabled: false });
    const broken = report.behaviours.filter(({ verdict }) => verdict.kind === "fail");
    expect(broken.length).toBeGreaterThan(4);
    for (const { id, statement, remedy } of broken) {
      const text = await page.locator(`[id="${id}"]`).textContent();
      for (const part of [statement, remedy]) expect(text).toContain(part.replaceAll("`", ""));
    }
    const member = page.locator('[id="OKTA-MEMBER-02"]');
    expect(await member.locator("del.line").count()).toBeGreaterThan(0);
    await member.locator(".exchange summary").last().click();
    expect(await member.locator(".exchange").last().innerText()).toContain("curl -sS");
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await close();
  });

  it("shows expected against actual as a difference of the JSON", async () => {
    const { page, close } = await open();
    const member = page.locator('[id="OKTA-MEMBER-02"] .diff');
    const removed = await member.locator("del.line code").allTextContents();
    expect(removed.join("\n")).toContain('"value"');
    const active = page.locator('[id="OKTA-DEACT-01"] .diff');
    expect(await active.locator("ins.line").textContent()).toMatch(/expected\s+"active": false/);
    expect(await active.locator("del.line").textContent()).toMatch(/actual\s+"active": true/);
    await close();
  });

  it("filters by text, status, level and flow, together", async () => {
    const { page, close } = await open();
    const shown = () => page.locator("[data-behaviour]:not([hidden])").count();
    const all = report.behaviours.length;
    expect(await shown()).toBe(all);
    await page.selectOption("#filters [name=status]", "broken");
    const broken = await shown();
    expect(broken).toBe(report.behaviours.filter(({ verdict }) => verdict.kind === "fail").length);
    await page.selectOption("#filters [name=flow]", "deactivate");
    expect(await shown()).toBeLessThan(broken);
    expect(await page.locator("#filters .shown").innerText()).toMatch(
      new RegExp(`^\\d+ of ${all} behaviours$`),
    );
    expect(await page.locator("#kept").isVisible()).toBe(false);
    await page.fill("#filters [name=text]", "nobody wrote this");
    expect(await shown()).toBe(0);
    await page.click(".nothing button");
    expect(await shown()).toBe(all);
    await page.selectOption("#filters [name=level]", "should");
    expect(await shown()).toBe(
      report.behaviours.filter((one) => (one.brokenLevel ?? one.level) === "should").length,
    );
    await page.click("#filters [type=reset]");
    await page.click("[data-show-flow=create]");
    expect(await page.inputValue("#filters [name=flow]")).toBe("create");
    await close();
  });

  it("keeps a log of all requests that can be filtered to the failed ones and opened", async () => {
    const { page, close } = await open();
    await page.locator("#log").scrollIntoViewIfNeeded();
    const rows = page.locator(".log-row");
    await rows.first().waitFor();
    const exchanges = report.scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.exchanges));
    expect(await page.locator("#log-filters .shown").innerText()).toBe(`${exchanges.length} requests`);
    await page.selectOption("#log-filters [name=which]", "broke");
    expect(await rows.count()).toBeGreaterThan(0);
    expect(await page.locator(".log-row:not(.broke)").count()).toBe(0);
    await rows.first().locator("summary").click();
    await rows.first().locator(".exchange-body").waitFor();
    const opened = await rows.first().innerText();
    for (const part of ["Request", "Answer", "User-Agent", "curl -sS", "complete after"]) {
      expect(opened).toContain(part);
    }
    await close();
  });

  it("copies the curl command", async () => {
    const { page, close } = await open(report, { permissions: ["clipboard-read", "clipboard-write"] });
    const exchange = page.locator('[id="OKTA-MEMBER-02"] .exchange').last();
    await exchange.locator("summary").click();
    await exchange.locator("button.copy").click();
    await expect.poll(() => exchange.locator("button.copy").innerText()).toBe("Copied");
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toBe(await exchange.locator(".command").textContent());
    expect(copied).toContain('"Authorization: Bearer $SCIM_TOKEN"');
    await close();
  });

  it("copies where the page may not write to the clipboard", async () => {
    const { page, close } = await open();
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))");
    const exchange = page.locator('[id="OKTA-MEMBER-02"] .exchange').last();
    await exchange.locator("summary").click();
    await exchange.locator("button.copy").click();
    await page.waitForFunction("getSelection().toString().startsWith('curl')");
    await close();
  });

  it("leads to a behaviour by its id, also when it is closed or filtered out", async () => {
    const kept = report.behaviours.find(({ verdict }) => verdict.kind === "pass")?.id ?? "";
    const { page, close } = await open(report, { hash: `#${kept}` });
    const row = page.locator(`[id="${kept}"]`);
    expect(await row.getAttribute("open")).toBe("");
    const isInView = async () => {
      const box = await row.boundingBox();
      return box !== null && box.y + box.height > 0 && box.y < 900;
    };
    await expect.poll(isInView).toBe(true);
    await page.selectOption("#filters [name=status]", "broken");
    expect(await row.isVisible()).toBe(false);
    await page.evaluate(`location.hash = ""; location.hash = ${JSON.stringify(kept)}`);
    await expect.poll(isInView).toBe(true);
    await close();
  });

  it.each([390, 768, 1280])(
    "comes to rest where a link leads to, and below the bar, %s pixels wide",
    async (width) => {
      const { page, close } = await open(report, { viewport: { width, height: 900 } });
      const ids = report.behaviours.filter(({ verdict }) => verdict.kind === "fail").map(({ id }) => id);
      for (const id of ["log", ids.at(-1) ?? "", ids[0] ?? "", "kept"]) {
        await page.evaluate(`location.hash = ""; scrollTo(0, 0); location.hash = ${JSON.stringify(id)}`);
        const where = () =>
          page.evaluate(`(() => {
            const bar = document.querySelector("#filters");
            const covered = getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().bottom : 0;
            const { top } = document.getElementById(${JSON.stringify(id)}).getBoundingClientRect();
            return top >= Math.max(0, ${id === "log"} ? 0 : covered) && top < 300;
          })()`);
        await expect.poll(where, { message: `${id} at ${width}` }).toBe(true);
      }
      await close();
    },
  );

  it("shows both sides where Okta and the RFC differ, beside each other where there is room", async () => {
    const differing = report.behaviours.find(({ sides = [] }) => sides.length > 0)?.id ?? "";
    const { page, close } = await open(report, { hash: `#${differing}` });
    const [okta, rfc] = await page.locator(`[id="${differing}"] .differ dl > div`).all();
    const [left, right] = [await okta?.boundingBox(), await rfc?.boundingBox()];
    expect(await okta?.innerText()).toMatch(/^Okta\s+\S/);
    expect(await rfc?.innerText()).toMatch(/^RFC\s+\S/);
    expect(left?.y).toBe(right?.y);
    await close();
  });

  it("is light on paper even where the screen is dark, with the exchanges of failures open", async () => {
    const { page, close } = await open(report, { colorScheme: "dark" });
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await ground()).not.toBe("rgb(255, 255, 255)");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "print" });
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await close();
  });
});
