import type { LoadReport, OperationReport } from "../../../model/load.ts";
import { msText } from "../../load/figures.ts";
import { countText } from "../../wording.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";
import { logarithmic, type Scale } from "./scale.ts";

/** Operations side by side on one axis: from the median to the 99th percentile, with the slowest as a tick. */
export function operationsSection({ operations }: LoadReport): Markup {
  const played = operations.filter(({ requests }) => requests > 0);
  if (played.length === 0) return NOTHING;
  const times = played.flatMap(({ response }) => [response.p50, response.max]);
  const scale = logarithmic(Math.min(...times), Math.max(...times));
  return markup`<section id="operations" aria-labelledby="operations-title">
<h2 id="operations-title">Operations</h2>
<table class="operations"><thead><tr><th scope="col">Operation</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Errors</th><th scope="col" class="number">429</th><th scope="col" class="number">p50</th><th scope="col" class="number">p99</th><th scope="col" class="number">Max</th><td></td></tr></thead>
<tbody>${played.map((operation) => row(operation, scale))}</tbody></table>
<p class="remark">Times count from when a request was meant to be sent. Bars reach from the median to the 99th percentile, on one logarithmic axis; the tick is the slowest.</p>
</section>`;
}

function row(
  { scenario, step, method, path, requests, errors, throttled, response }: OperationReport,
  scale: Scale,
): Markup {
  const at = (ms: number) => `${Math.round(scale.at(ms) * 1_000) / 10}%`;
  const wide = Math.max(scale.at(response.p99) - scale.at(response.p50), 0.006);
  return markup`<tr><th scope="row"><span class="operation">${scenario} <b>${step}</b></span><code>${method} ${path}</code></th><td class="number" data-name="requests">${countText(requests)}</td><td class="number ${errors > 0 ? "bad" : "none"}" data-name="errors">${countText(errors)}</td><td class="number ${throttled > 0 ? "open" : "none"}" data-name="429">${countText(throttled)}</td><td class="number" data-name="p50">${msText(response.p50)}</td><td class="number" data-name="p99">${msText(response.p99)}</td><td class="number" data-name="max">${msText(response.max)}</td><td class="spread"><svg aria-hidden="true"><rect class="ground" width="100%" height="2" y="7"/><rect class="span" x="${at(response.p50)}" width="${Math.round(wide * 1_000) / 10}%" y="3" height="10"/><rect class="slowest" x="${at(response.max)}" width="2" y="1" height="14"/></svg></td></tr>`;
}
