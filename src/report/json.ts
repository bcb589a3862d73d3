import type { ReportFormat } from "./format.ts";
import { safeJson } from "./safe-text.ts";

/** The report itself. Everything else can be made from it: `scim-check render`. */
export const json: ReportFormat = {
  name: "json",
  summary: "the whole report as data; every other format can be rendered from it",
  render: (report) => `${safeJson(JSON.stringify(report, null, 2))}\n`,
  // Histograms and heat maps are long rows of numbers: indented they would be ten times as long.
  renderLoad: (report) => `${safeJson(JSON.stringify(report))}\n`,
};
