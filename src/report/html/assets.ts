import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** What every page carries besides the report: built from `style/` and `browser/` by `src/build/html-page.js`. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

// From the sources and from `dist` alike this is the folder the build writes to.
const BUILT = new URL("../../../dist/report/html/built/", import.meta.url);

let read: Assets | undefined;

export function assets(): Assets {
  read ??= {
    style: readFileSync(new URL("style.css", BUILT), "utf8"),
    script: readFileSync(new URL("script.js", BUILT), "utf8"),
  };
  return read;
}

/** As a content security policy names it: the browser then runs this text and no other. */
export function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
