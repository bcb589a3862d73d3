import type { ReportFormat } from "../format.ts";
import { assets } from "./assets.ts";
import { loadPage } from "./load/load-page.ts";
import { page } from "./page.ts";

/** For people, to open, to print and to send on: one file that works with the network off. */
export const html: ReportFormat = {
  name: "html",
  summary: "one self-contained page with failures, exchanges and a log of all requests",
  render: (report) => page(report, assets()),
  renderLoad: (report, { baseline }) => loadPage(report, baseline, assets()),
};
