import type { LoadReport } from "../../../model/load.ts";
import { targetName } from "../../../model/target-name.ts";
import type { Assets } from "../assets.ts";
import { document } from "../document.ts";
import { exchangeEntry } from "../exchange.ts";
import { type Markup, markup, NOTHING } from "../markup.ts";
import { capacitySection } from "./capacity.ts";
import { comparedSection } from "./compared.ts";
import { operationsSection } from "./operations.ts";
import { loadLeftovers, loadSummary, stateSection, thresholdsSection } from "./outcome.ts";
import { heatMap, percentiles, refusals, statuses, throughput } from "./over-time.ts";
import { percentileCurve } from "./percentile-curve.ts";

/** The report of a load: the verdict, then pictures of what happened when, then figures by operation. */
export function loadPage(report: LoadReport, baseline: LoadReport | undefined, assets: Assets): string {
  const { outcome, target, stopped } = report;
  const name = targetName(target);
  const words = { 0: "holds", 1: "does not hold" } as const;
  const word = outcome.exitCode === 0 || outcome.exitCode === 1 ? words[outcome.exitCode] : "could not tell";
  const measured = stopped === undefined && report.timeline.offered.length > 0;
  return document(
    {
      title: `Load ${word}: ${name} · scim-check`,
      tool: report.tool,
      startedAt: report.run.startedAt,
      exitCode: outcome.exitCode,
      contents: [
        ["summary", "Summary"],
        ...(stopped === undefined ? [] : ([["stopped", "Stopped"]] as const)),
        ...(report.capacity === undefined ? [] : ([["capacity", "Capacity"]] as const)),
        ...(report.thresholds.length > 0 ? ([["thresholds", "Thresholds"]] as const) : []),
        ...(measured ? ([["pictures", "Over time"]] as const) : []),
        ...(report.operations.length > 0 ? ([["operations", "Operations"]] as const) : []),
        ...(baseline === undefined ? [] : ([["compared", "Compared"]] as const)),
        ...(stopped === undefined ? ([["state", "What the server kept"]] as const) : []),
      ],
    },
    markup`${loadSummary(report)}
${stoppedPart(report)}
${capacitySection(report)}
${thresholdsSection(report)}
${measured ? pictures(report, baseline) : NOTHING}
${operationsSection(report)}
${comparedSection(report, baseline)}
${stopped === undefined ? stateSection(report) : NOTHING}
${loadLeftovers(report)}`,
    assets,
  );
}

function stoppedPart({ stopped }: LoadReport): Markup {
  if (stopped === undefined) return NOTHING;
  return markup`<section class="stopped" id="stopped" aria-labelledby="stopped-title"><h2 id="stopped-title">Stopped before anything was measured</h2><p>${stopped.why}</p><p><b>How to mend it.</b> ${stopped.remedy}</p>${stopped.exchange === undefined ? NOTHING : exchangeEntry(stopped.exchange)}</section>`;
}

function pictures(report: LoadReport, baseline: LoadReport | undefined): Markup {
  const warmUp =
    report.timeline.measuredFromMs > 0 ? " The warm-up is shaded; its plays are in no figure." : "";
  return markup`<section id="pictures" aria-labelledby="pictures-title"><h2 id="pictures-title">Over time</h2>
<p class="remark">Each point stands for ${report.timeline.slotMs / 1_000} s.${warmUp}</p>
<div class="charts">${throughput(report)}${percentiles(report)}${heatMap(report)}${statuses(report)}${refusals(report)}${percentileCurve(report, baseline)}</div></section>`;
}
