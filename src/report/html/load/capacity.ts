import type { LoadReport } from "../../../model/load.ts";
import { answerText, gaveWayText } from "../../load/capacity.ts";
import { msText, rateText, shareText } from "../../load/figures.ts";
import { capitalised } from "../../wording.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";

/** What the server takes, and every rate that was tried to find it. */
export function capacitySection({ capacity }: LoadReport): Markup {
  if (capacity === undefined) return NOTHING;
  const rows = capacity.trials.map(
    ({ phase, rate, achievedRate, verdict, p99Ms, errorShare, why }) =>
      markup`<tr><th scope="row">${phase}</th><td class="number">${rateText(rate)}</td><td class="number">${rateText(achievedRate)}</td><td>${verdict}</td><td class="number">${p99Ms === undefined ? "" : msText(p99Ms)}</td><td class="number">${shareText(errorShare)}</td><td>${why.join("; ")}</td></tr>`,
  );
  return markup`<section id="capacity" aria-labelledby="capacity-title"><h2 id="capacity-title">Capacity</h2>
<p><b>${capitalised(answerText(capacity))}.</b> What gave way first: ${gaveWayText(capacity)}.</p>
<table class="operations"><thead><tr><th scope="col">Phase</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Achieved</th><th scope="col">Verdict</th><th scope="col" class="number">p99</th><th scope="col" class="number">Errors</th><th scope="col">Why</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}
