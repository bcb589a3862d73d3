import type { RunReport } from "../../model/report.ts";
import { byCause } from "../cause-lines.ts";
import { standingOf } from "../standing.ts";
import { sign } from "./mark.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** The way through the page: its sections, and every broken must by name. */
export function contents(report: RunReport): Markup {
  const broken = report.behaviours.filter((one) => standingOf(one) === "must-broken");
  const links: readonly (readonly [id: string, title: string, isThere: boolean])[] = [
    ["summary", "Summary", true],
    ["stopped", "Stopped", report.stopped !== undefined],
    ["causes", "What to mend first", report.causes.length > 0],
    ["known", "Known deviations", (report.known ?? []).some(({ state }) => state !== "deviates")],
    ["changes", "Changes", report.comparison !== undefined],
    ["flows", "By flow", report.behaviours.length > 0],
    ["behaviours", "Behaviours", report.behaviours.length > 0],
    [
      "log",
      "Provisioning log",
      report.scenarios.some(({ steps }) => steps.some((one) => one.exchanges.length > 0)),
    ],
    ["leftovers", "Left on the server", report.leftovers.length > 0],
  ];
  return markup`<nav class="contents" aria-label="Contents"><ul>${links
    .filter(([, , isThere]) => isThere)
    .map(
      ([id, title]) =>
        markup`<li><a href="#${id}">${title}</a>${id === "behaviours" ? brokenList(byCause(broken, report.causes)) : NOTHING}</li>`,
    )}</ul></nav>`;
}

function brokenList(broken: RunReport["behaviours"]): Markup {
  if (broken.length === 0) return NOTHING;
  return markup`<ul class="broken">${broken.map(({ id }) => markup`<li><a href="#${id}">${sign("bad")}${id}</a></li>`)}</ul>`;
}
