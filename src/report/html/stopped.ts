import type { RunReport } from "../../model/report.ts";
import { exchangeEntry } from "./exchange.ts";
import { sign } from "./mark.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** Why nothing could be judged, and what to do about it. */
export function stoppedSection({ stopped }: RunReport): Markup {
  if (stopped === undefined) return NOTHING;
  const { cause, why, remedy, exchange } = stopped;
  return markup`<section class="stopped" id="stopped" aria-labelledby="stopped-title">
<h2 id="stopped-title">${sign("open")}Stopped before anything was judged</h2>
<p class="why">${why} <span class="tag">${cause}</span></p>
<p><b>How to mend it.</b> ${remedy}</p>
${exchange === undefined ? NOTHING : exchangeEntry(exchange)}
</section>`;
}
