import type { LoadReport } from "../../../model/load.ts";
import { changeText, comparisonRemarks } from "../../load/compared.ts";
import { msText, rateText, shareText } from "../../load/figures.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";

/** This run beside an earlier one. No verdict: what has to hold stands among the thresholds. */
export function comparedSection(report: LoadReport, baseline: LoadReport | undefined): Markup {
  if (baseline === undefined) return NOTHING;
  const errors = ({ totals }: LoadReport) => (totals.requests === 0 ? 0 : totals.errors / totals.requests);
  const rows = [
    row("Plays a second", baseline.rate.achieved, report.rate.achieved, rateText),
    row("Errors", errors(baseline), errors(report), shareText),
    row("429", baseline.throttling.share, report.throttling.share, shareText),
    ...(["p50", "p90", "p99", "p999"] as const).map((key) =>
      row(
        key.replace("p999", "p99.9"),
        baseline.requests.response[key],
        report.requests.response[key],
        msText,
      ),
    ),
    ...report.operations.flatMap((operation) => {
      const before = baseline.operations.find(({ id }) => id === operation.id);
      if (before === undefined || before.requests === 0 || operation.requests === 0) return [];
      return [row(`${operation.id} p99`, before.response.p99, operation.response.p99, msText)];
    }),
  ];
  const remarks = comparisonRemarks(report, baseline);
  return markup`<section id="compared" aria-labelledby="compared-title"><h2 id="compared-title">Against run ${baseline.run.id}</h2>
${remarks.map((remark) => markup`<p class="mark">${remark}</p>`)}
<table class="operations"><thead><tr><td></td><th scope="col" class="number">Then</th><th scope="col" class="number">Now</th><th scope="col" class="number">Change</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function row(name: string, before: number, now: number, show: (value: number) => string): Markup {
  return markup`<tr><th scope="row">${name}</th><td class="number" data-name="then">${show(before)}</td><td class="number" data-name="now">${show(now)}</td><td class="number">${changeText(before, now)}</td></tr>`;
}
