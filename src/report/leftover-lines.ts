import type { Leftover } from "../model/play.ts";
import type { RunReport } from "../model/report.ts";
import { labelled } from "./layout.ts";
import { detail, type Page } from "./page.ts";
import { credentialOf, leftoverText, removalOf } from "./removal.ts";

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
    ...byHand(leftover, report, page),
  ]);
}

function byHand(leftover: Leftover, report: RunReport, page: Page): readonly string[] {
  const { note, command } = removalOf(leftover, report.target.url, credentialOf(report));
  // A command is never wrapped: what is pasted has to be what was printed.
  return [...detail(page, "by hand", note), ...(command === undefined ? [] : [`    ${command}`])];
}
