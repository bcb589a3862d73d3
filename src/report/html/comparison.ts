import type { RunReport } from "../../model/report.ts";
import { CHANGE_KINDS, changeText, sinceText } from "../comparison-lines.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** What changed since an earlier run. */
export function comparisonSection({ comparison }: RunReport): Markup {
  if (comparison === undefined) return NOTHING;
  const kinds = CHANGE_KINDS.filter(({ kind }) => comparison[kind].length > 0);
  return markup`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Changes since ${sinceText(comparison)}</h2>
${kinds.length === 0 ? markup`<p>Nothing changed.</p>` : NOTHING}
${kinds.map(
  ({ kind, title }) => markup`<h3>${title} <span class="count">${comparison[kind].length}</span></h3>
<ul>${comparison[kind].map((change) => markup`<li><b>${change.id}</b> ${changeText(change, "→")}: ${change.statement}</li>`)}</ul>`,
)}
</section>`;
}
