import { placeText } from "../../model/problem.ts";
import type { RunReport } from "../../model/report.ts";
import { inOrder, KNOWN_WORDS, knownName, reasonText } from "../known-lines.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** What of the list of known deviations has to be changed, and what this run could not say of it. */
export function knownSection({ known = [] }: RunReport): Markup {
  const shown = inOrder(known).filter(({ state }) => state !== "deviates");
  if (shown.length === 0) return NOTHING;
  return markup`<section id="known" aria-labelledby="known-title">
<h2 id="known-title">The list of known deviations <span class="count">${known.length}</span></h2>
<ul>${shown.map(
    (one) =>
      markup`<li><b>${knownName(one)}</b> ${KNOWN_WORDS[one.state]} <span class="place">(${placeText(one.place)})</span>. Listed because: ${reasonText(one)}</li>`,
  )}</ul>
</section>`;
}
