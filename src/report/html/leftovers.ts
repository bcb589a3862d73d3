import type { RunReport } from "../../model/report.ts";
import { credentialOf, leftoverHint, removalOf, stateText } from "../removal.ts";
import { plural } from "../wording.ts";
import { type Markup, markup, NOTHING, prose } from "./markup.ts";

/** What the run made and could not remove, and how to remove it by hand. */
export function leftoversSection(report: RunReport): Markup {
  const { leftovers, target } = report;
  if (leftovers.length === 0) return NOTHING;
  return markup`<section id="leftovers" aria-labelledby="leftovers-title">
<h2 id="leftovers-title">Left on the server <span class="count">${leftovers.length}</span></h2>
<p>${plural(leftovers.length, "resource")} could not be removed. ${prose(leftoverHint(leftovers))}</p>
<ul class="leftovers">${leftovers.map((leftover) => {
    const { note, command } = removalOf(leftover, target.url, credentialOf(report));
    return markup`<li><b>${leftover.name}</b> in ${leftover.collection} ${stateText(leftover.state)}: ${leftover.why}<br>${note}${command === undefined ? NOTHING : markup` <code>${command}</code>`}</li>`;
  })}</ul>
</section>`;
}
