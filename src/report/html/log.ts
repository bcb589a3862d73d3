import type { RunReport } from "../../model/report.ts";
import { safeJson } from "../safe-text.ts";
import { countText, plural } from "../wording.ts";
import { choice } from "./filter-bar.ts";
import { type LogEntry, logOf, pack } from "./log-data.ts";
import { LOG_FILTERS } from "./log-filters.ts";
import { Markup, markup, NOTHING } from "./markup.ts";
import { requestStrip } from "./request-strip.ts";

/**
 * Every request in the order of sending, as a provisioning log. The entries travel as data and become rows when
 * they are looked at: thousands of rows at once would make the page slow to open.
 */
export function logSection(report: RunReport): Markup {
  const log = logOf(report);
  if (log.length === 0) return NOTHING;
  const kept = log.length;
  const left = report.run.requests - kept;
  return markup`<section id="log" aria-labelledby="log-title">
<h2 id="log-title">Provisioning log</h2>
<p class="remark">${plural(kept, "request")} in the order of sending.${left > 0 ? ` ${countText(left)} more were sent in long steps, of which a report keeps the first and the last.` : ""}</p>
${requestStrip(log)}
<noscript><p class="remark">The log needs scripts, which are off here. The JSON report holds the same requests.</p></noscript>
<form class="filters" id="log-filters" aria-label="Filter the log" hidden>
<label class="text-filter"><span>Search</span><input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="path, scenario, body…"></label>
${choice("which", "Requests", whichChoices(log))}
${choice("method", "Method", methodChoices(log))}
<button type="reset">Clear</button>
<output class="shown" aria-live="polite"></output>
</form>
<div class="log-rows" id="log-rows"></div>
<button type="button" class="more" id="log-more" hidden>Show more</button>
${dataBlock("log-data", pack(log))}
</section>`;
}

const WHICH_WORDS: Readonly<Record<string, string>> = {
  broke: "failed: a behaviour broke here",
  errors: "answered 4xx or 5xx, or not at all",
  silent: "answered 5xx, or not at all",
  writes: "writes",
};

const whichChoices = (log: readonly LogEntry[]) =>
  Object.entries(WHICH_WORDS).flatMap(([value, label]) => {
    const count = log.filter(LOG_FILTERS[value] ?? (() => false)).length;
    return count === 0 ? [] : [{ value, label, count }];
  });

function methodChoices(log: readonly LogEntry[]) {
  const methods = [...new Set(log.map(({ exchange }) => exchange.request.method))].sort();
  return methods.map((value) => ({
    value,
    label: value,
    count: log.filter(({ exchange }) => exchange.request.method === value).length,
  }));
}

/** Data for the script. A script element ends at the first `</script`, whatever stands around it. */
export function dataBlock(id: string, data: unknown): Markup {
  const json = safeJson(JSON.stringify(data)).replaceAll("<", "\\u003c");
  return new Markup(`<script type="application/json" id="${id}">${json}</script>`);
}
