import type { RunReport } from "../../model/report.ts";
import { removalText } from "../leftover-lines.ts";
import { CLEANUP_HINT, plural } from "../wording.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** What the run made and could not remove, and how to remove it by hand. */
export function leftoversSection({ leftovers, target }: RunReport): Markup {
  if (leftovers.length === 0) return NOTHING;
  return markup`<section id="leftovers" aria-labelledby="leftovers-title">
<h2 id="leftovers-title">Left on the server <span class="count">${leftovers.length}</span></h2>
<p>${plural(leftovers.length, "resource")} could not be removed. <code>${CLEANUP_HINT}</code> tries again.</p>
<ul class="leftovers">${leftovers.map(
    (leftover) =>
      markup`<li><b>${leftover.name}</b> in ${leftover.collection} ${leftover.state === "deactivated" ? "is deactivated but still there" : "is still there"}: ${leftover.why}<br><code>${removalText(leftover, target.url, "→")}</code></li>`,
  )}</ul>
</section>`;
}
