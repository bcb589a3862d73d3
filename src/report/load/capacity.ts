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

/** The answer first, then every rate that was tried. */
export function capacityLines(capacity: Capacity, page: Page): readonly string[] {
  const { rate, peoplePerHour, brokeAt, gaveWay, limitedByGenerator, trials } = capacity;
  const people =
    peoplePerHour === undefined ? "" : `: about ${countText(peoplePerHour)} people an hour can be onboarded`;
  const answer = rate === undefined ? noRateText(capacity) : `${rateText(rate)} plays held${people}`;
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
    ...detail(page, "answer", answer, { paintText: page.style.bold }),
    ...detail(
      page,
      "gave way",
      brokeAt === undefined ? safeText(gaveWay) : `at ${rateText(brokeAt)}: ${safeText(gaveWay)}`,
    ),
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
