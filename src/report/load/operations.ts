import type { Distribution, LoadReport } from "../../model/load.ts";
import { table } from "../layout.ts";
import type { Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText, msText } from "./figures.ts";

const HEADING = [
  "operation",
  "requests",
  "errors",
  "429",
  "p50",
  "p90",
  "p99",
  "p99.9",
  "max",
  "service p99",
];

/** Every operation on a line, with the plays of each scenario below its own. */
export function operationLines(report: LoadReport, page: Page): readonly string[] {
  const rows: string[][] = [];
  for (const play of uniquePlays(report)) {
    const own = report.operations.filter(
      ({ scenario, requests }) => scenario === play.scenario && requests > 0,
    );
    for (const one of own) {
      rows.push([
        safeText(one.id),
        countText(one.requests),
        countText(one.errors),
        countText(one.throttled),
        ...percentiles(one.response),
        msText(one.service.p99),
      ]);
    }
    if (play.response.count > 0) {
      rows.push([
        `${safeText(play.scenario)} (whole play)`,
        countText(play.finished),
        countText(play.failed),
        "",
        ...percentiles(play.response),
        "",
      ]);
    }
  }
  if (rows.length === 0) return [];
  const [heading = "", ...lines] = table(HEADING, rows, Math.max(page.width, 160));
  const explained =
    "  Times count from when a request was meant to be sent; the service time counts from when it was.";
  return [`  ${page.style.dim(heading)}`, ...lines.map((line) => `  ${line}`), page.style.dim(explained)];
}

function uniquePlays({ plays }: LoadReport): LoadReport["plays"] {
  return plays.filter(({ scenario }, index) => plays.findIndex((one) => one.scenario === scenario) === index);
}

function percentiles({ p50, p90, p99, p999, max }: Distribution): readonly string[] {
  return [p50, p90, p99, p999, max].map(msText);
}
