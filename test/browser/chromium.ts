import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { describe, expect, it } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Nothing of Chromium's own may reach for the network. */
const QUIET = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser of this machine: `CHROMIUM_PATH`, or the first of the usual names. Undefined where there is none. */
function executable(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = given ? [given] : folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Tests in a real browser. On a machine without one they are skipped, and say so; where every test has to run
 * (`ALL_TESTS=1`, set by `.ci/run`), that is a failure.
 */
export function inChromium(name: string, tests: (launch: () => Promise<Browser>) => void): void {
  const executablePath = executable();
  if (executablePath !== undefined) {
    describe(name, () => tests(() => chromium.launch({ executablePath, args: QUIET })));
    return;
  }
  const how = "Install Chromium (apt-get install chromium), or name one in CHROMIUM_PATH.";
  if (process.env.ALL_TESTS === "1") {
    it(name, () => expect.unreachable(`There is no Chromium to run these tests in. ${how}`));
    return;
  }
  process.stderr.write(`Not run, because there is no Chromium here: ${name}. ${how}\n`);
  describe.skip(name, () => tests(() => expect.unreachable()));
}
