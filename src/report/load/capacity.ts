import type { Capacity } from "../../model/load.ts";
import { table } from "../layout.ts";
import { detail, type Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText } from "../wording.ts";
import { msText, rateText, shareText } from "./figures.ts";

/** Why there is no answer. */
export function noRateText({ brokeAt, trials }: Capacity): string {
  if (trials.some(({ verdict }) => verdict === "met")) {
    return brokeAt === undefined
      ? "none yet: what held was not tried once more"
      : "none that is sure: what held did not hold when it was tried once more";
  }
  return brokeAt === undefined ? "none: no rate was tried to its end" : "not even the lowest rate held";
}

/** What people want to know. */
export function answerText(capacity: Capacity): string {
  const { rate, peoplePerHour } = capacity;
  if (rate === undefined) return noRateText(capacity);
  const people =
    peoplePerHour === undefined ? "" : `: about ${countText(peoplePerHour)} people an hour can be onboarded`;
  return `${rateText(rate)} plays held${people}`;
}

export function gaveWayText({ brokeAt, gaveWay }: Capacity): string {
  return brokeAt === undefined ? gaveWay : `at ${rateText(brokeAt)}: ${gaveWay}`;
}

/** The answer first, then every rate that was tried. */
export function capacityLines(capacity: Capacity, page: Page): readonly string[] {
  const { limitedByGenerator, trials } = capacity;
  const rows = trials.map((trial) => [
    trial.phase,
    rateText(trial.rate),
    rateText(trial.achievedRate),
    trial.verdict,
    trial.p99Ms === undefined ? "" : msText(trial.p99Ms),
    shareText(trial.errorShare),
    trial.why.map(safeText).join("; "),
  ]);
  const lines = table(["phase", "rate", "achieved", "verdict", "p99", "errors", "why"], rows, page.width - 2);
  return [
    ...detail(page, "answer", answerText(capacity), { paintText: page.style.bold }),
    ...detail(page, "gave way", safeText(gaveWayText(capacity))),
    ...(limitedByGenerator
      ? detail(
          page,
          "limit",
          "the search ended because this machine could not send more; the server may take more",
          {
            paintText: page.style.yellow,
          },
        )
      : []),
    ...lines.map((line, index) => `  ${index === 0 ? page.style.dim(line) : line}`),
  ];
}
