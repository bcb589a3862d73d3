import type { LoadReport } from "../../model/load.ts";
import { targetName } from "../../model/target-name.ts";
import { detail, type Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText, durationText, plural } from "../wording.ts";
import { bytesText, msText, rateText, shareText } from "./figures.ts";

/** Which server, which plan, and the figures that matter most. */
export function loadHeadline(report: LoadReport, page: Page): readonly string[] {
  const { tool, target, plan } = report;
  const name = safeText(targetName(target));
  const first = `${tool.name} ${safeText(tool.version)} ${page.glyphs.arrow} ${name}: load ${safeText(plan.name)}`;
  return [
    page.style.bold(first),
    ...detail(page, "plan", safeText(plan.title)),
    ...(report.stopped === undefined
      ? figures(report, page)
      : [
          ...detail(page, "stopped", safeText(report.stopped.why)),
          ...detail(page, "to mend", safeText(report.stopped.remedy)),
        ]),
  ];
}

function figures(report: LoadReport, page: Page): readonly string[] {
  const { run, rate, totals, requests, plan } = report;
  const { response } = requests;
  const model =
    plan.closed === undefined
      ? `${rateText(rate.achieved)} plays of ${rateText(rate.offered)} offered`
      : `closed model, ${plural(plan.closed.users, "user")} who wait for their answers: ${rateText(rate.achieved)} plays`;
  const warm = plan.warmUpMs > 0 ? ` after ${durationText(plan.warmUpMs)} of warm-up` : "";
  const early = run.endedEarly === undefined ? "" : `; ended early: ${safeText(run.endedEarly)}`;
  const shards = run.shards.length > 1 ? `, ${run.shards.length} shards` : "";
  const plays = [
    `${countText(totals.finished)} finished`,
    `${countText(totals.failed)} ${totals.failed === 0 ? "failed" : "of them failed"}`,
    ...(["dropped", "deferred"] as const).map((kind) => `${countText(totals[kind])} ${kind}`),
  ].join(", ");
  return [
    ...detail(page, "measured", `${durationText(run.durationMs)}${warm}${shards}, seed ${plan.seed}${early}`),
    ...detail(page, "rate", `${model}, ${rateText(rate.requests)} requests`),
    ...detail(page, "plays", plays),
    ...detail(
      page,
      "requests",
      `${countText(totals.requests)} ${wayText(report)}, ${bytesText(totals.bytesSent)} sent, ${bytesText(totals.bytesReceived)} received`,
    ),
    ...detail(
      page,
      "response",
      response.count === 0
        ? "nothing was measured"
        : `p50 ${msText(response.p50)}, p90 ${msText(response.p90)}, p99 ${msText(response.p99)}, p99.9 ${msText(response.p999)}, max ${msText(response.max)}`,
    ),
    ...detail(page, "errors", errorText(report)),
  ];
}

/** Where undici carries the requests, only how many it carried at once is known of its connections. */
function wayText({ run, totals }: LoadReport): string {
  return run.transport === "undici"
    ? `at most ${countText(totals.connectionsOpened)} at a time`
    : `over ${plural(totals.connectionsOpened, "connection")}`;
}

function errorText({ totals }: LoadReport): string {
  if (totals.errors === 0) return "none";
  const share = totals.requests === 0 ? 0 : totals.errors / totals.requests;
  const kinds = Object.entries(totals.errorsByKind)
    .filter(([kind]) => kind !== "429")
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kind}: ${countText(count)}`);
  return `${countText(totals.errors)} (${shareText(share)}), ${kinds.join(", ")}`;
}
