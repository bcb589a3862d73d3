import type { LoadReport } from "../../model/load.ts";
import { columnsOf, foldedItem, paragraph, table } from "../layout.ts";
import type { Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { changeText, comparisonRemarks } from "./compared.ts";
import { msText, rateText, shareText } from "./figures.ts";

/** Two runs side by side. A comparison is no verdict: what has to hold stands among the thresholds. */
export function comparisonLines(report: LoadReport, baseline: LoadReport, page: Page): readonly string[] {
  const rows = [
    row("rate achieved", baseline.rate.achieved, report.rate.achieved, rateText),
    row("errors", errorShare(baseline), errorShare(report), shareText),
    row("429", baseline.throttling.share, report.throttling.share, shareText),
    ...(["p50", "p90", "p99", "p999"] as const).map((percentile) =>
      row(
        `response ${percentile === "p999" ? "p99.9" : percentile}`,
        baseline.requests.response[percentile],
        report.requests.response[percentile],
        msText,
      ),
    ),
    ...report.operations.flatMap((operation) => {
      const before = baseline.operations.find(({ id }) => id === operation.id);
      return before === undefined || before.requests === 0 || operation.requests === 0
        ? []
        : [row(`${safeText(operation.id)} p99`, before.response.p99, operation.response.p99, msText)];
    }),
  ];
  const inOne = table(["", "baseline", "now", "change"], rows, Number.POSITIVE_INFINITY);
  const isWide = Math.max(...inOne.map(columnsOf)) + 2 <= page.width;
  const lines = isWide ? inOne : rows.flatMap((cells) => stacked(cells, page.width - 2));
  const remarks = comparisonRemarks(report, baseline).flatMap((remark) => paragraph(remark, page.width, 2));
  return [...lines.map((line) => `  ${line}`), ...remarks.map((line) => page.style.yellow(line))];
}

/** For narrow terminals. */
const stacked = ([name, before, now, change]: readonly string[], width: number) =>
  foldedItem(
    `${name}: ${[now, `baseline ${before}`, change].filter((one) => one !== "").join(", ")}`,
    width,
    2,
  );

const errorShare = ({ totals }: LoadReport) => (totals.requests === 0 ? 0 : totals.errors / totals.requests);

function row(name: string, before: number, now: number, show: (value: number) => string): string[] {
  return [name, show(before), show(now), changeText(before, now)];
}
