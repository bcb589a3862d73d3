import type { RunReport } from "../../model/report.ts";
import { credentialOf, removalOf } from "../removal.ts";
import { CLEANUP_HINT, plural } from "../wording.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** What the run made and could not remove, and how to remove it by hand. */
export function leftoversSection(report: RunReport): Markup {
  const { leftovers, target } = report;
  if (leftovers.length === 0) return NOTHING;
  return markup`<section id="leftovers" aria-labelledby="leftovers-title">
<h2 id="leftovers-title">Left on the server <span class="count">${leftovers.length}</span></h2>
<p>${plural(leftovers.length, "resource")} could not be removed. <code>${CLEANUP_HINT}</code> tries again.</p>
<ul class="leftovers">${leftovers.map((leftover) => {
    const { note, command } = removalOf(leftover, target.url, credentialOf(report));
    return markup`<li><b>${leftover.name}</b> in ${leftover.collection} ${leftover.state === "deactivated" ? "is deactivated but still there" : "is still there"}: ${leftover.why}<br>${note} <code>${command}</code></li>`;
  })}</ul>
</section>`;
}
