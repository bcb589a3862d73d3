import type { Leftover } from "../model/play.ts";
import type { RunReport } from "../model/report.ts";
import { labelled, paragraph } from "./layout.ts";
import { detail, type Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { CLEANUP_HINT } from "./wording.ts";

/** What the run made and could not remove, and how to remove it by hand. */
export function leftoverLines(report: RunReport, page: Page): readonly string[] {
  return report.leftovers.flatMap((leftover) => [
    ...labelled({
      label: page.glyphs.fail,
      text: leftoverText(leftover),
      width: page.width,
      column: 2,
      paint: page.style.yellow,
    }),
    ...detail(page, "by hand", removalText(leftover, report.target.url, page.glyphs.arrow)),
  ]);
}

/** One sentence on how to have the tool do it. */
export function leftoverHint(page: Page): readonly string[] {
  return paragraph(`\`${CLEANUP_HINT}\` tries again to remove them.`, page.width);
}

function leftoverText({ collection, name, state, why }: Leftover): string {
  const what = state === "deactivated" ? "is deactivated but still there" : "is still there";
  return `${collection} ${safeText(name)} ${what}: ${safeText(why)}`;
}

/** The requests that remove it. */
export function removalText({ collection, name, id }: Leftover, url: string, arrow: string): string {
  const base = `${safeText(url.replace(/\/+$/, ""))}/${collection}`;
  if (id !== undefined) return `DELETE ${base}/${encoded(id)}`;
  const attribute = collection === "Users" ? "userName" : "displayName";
  const literal = name.replace(/["\\]/g, "\\$&");
  const search = `GET ${base}?filter=${encoded(`${attribute} eq "${literal}"`)}`;
  return `${search} ${arrow} then DELETE the id it names`;
}

// encodeURIComponent throws on half a character, which a server may well have sent.
const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
