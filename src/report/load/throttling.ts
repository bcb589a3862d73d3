import type { Throttling } from "../../model/load-throttling.ts";
import { detail, type Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText, plural } from "../wording.ts";
import { msText, rateText, shareText } from "./figures.ts";

/** What was refused as too much, whether the server kept its word, and how long it took to recover. */
export function throttlingLines(throttling: Throttling, page: Page): readonly string[] {
  const { refused, share, byOperation, timeScale, retryAfter } = throttling;
  if (refused === 0) return [];
  const which = byOperation
    .slice(0, 4)
    .map(({ operation, refused: count }) => `${safeText(operation)} ${countText(count)}`)
    .join(", ");
  const scale = timeScale === 1 ? "" : ` Okta's waits were played ${timeScale} times as fast.`;
  const ever = retryAfter.whole + retryAfter.notWhole + retryAfter.absent;
  const before = ever > refused ? `; and ${countText(ever - refused)} outside the measured part` : "";
  return [
    ...detail(page, "refused", `${plural(refused, "request")} (${shareText(share)}): ${which}${before}`),
    ...detail(page, "retry-after", retryAfterText(throttling)),
    ...detail(page, "promises", promisesText(throttling)),
    ...detail(page, "tries", triesText(throttling)),
    ...detail(page, "recovery", `${recoveryText(throttling)}.${scale}`),
    ...detail(page, "effects", effectsText(throttling)),
  ];
}

function retryAfterText({ retryAfter }: Throttling): string {
  const { whole, notWhole, absent, leastSeconds, mostSeconds } = retryAfter;
  const range =
    leastSeconds === undefined || mostSeconds === undefined
      ? ""
      : leastSeconds === mostSeconds
        ? ` (${leastSeconds} s)`
        : ` (${leastSeconds} to ${mostSeconds} s)`;
  const parts = [
    whole > 0 ? `whole seconds in ${countText(whole)}${range}` : "",
    notWhole > 0 ? `not a whole number in ${countText(notWhole)}: Okta waits five minutes` : "",
    absent > 0 ? `absent in ${countText(absent)}: Okta waits five minutes` : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function promisesText({ promises }: Throttling): string {
  const { kept, shared, broken, notJudged } = promises;
  const parts = [
    `${countText(kept)} let through when Retry-After had said`,
    shared > 0 ? `${countText(shared)} refused while others were let through` : "",
    broken > 0 ? `${countText(broken)} refused like everything else: the promise was broken` : "",
    notJudged > 0 ? `${countText(notJudged)} not judged` : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function triesText({ letThroughAtTry, givenUp, deferred }: Throttling): string {
  const tries = letThroughAtTry.map(([attempt, count]) => `try ${attempt}: ${countText(count)}`);
  const parts = [
    tries.length === 0 ? "none was let through later" : `let through at ${tries.join(", ")}`,
    givenUp > 0 ? `${countText(givenUp)} given up` : "",
    deferred > 0 ? `${plural(deferred, "play")} deferred beyond the end` : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function recoveryText({ episodes, letThroughPerSecond }: Throttling): string {
  const [worst] = episodes;
  if (worst === undefined) return "no stretch of refusals in the measured part";
  const { recoveredAfterMs } = worst;
  const recovered =
    recoveredAfterMs === undefined
      ? "never recovered before the end"
      : `recovered after ${msText(recoveredAfterMs)}`;
  const through =
    letThroughPerSecond === undefined
      ? ""
      : `; at most ${rateText(letThroughPerSecond)} let through meanwhile`;
  return `${plural(episodes.length, "stretch", "stretches")} of refusals, the worst ${recovered}${through}`;
}

function effectsText({ appliedAllTheSame, doubledByRetry }: Throttling): string {
  if (appliedAllTheSame === undefined) return "whether a refused write had an effect could not be told";
  const applied =
    appliedAllTheSame === 0
      ? "no refused write had an effect"
      : `${countText(appliedAllTheSame)} refused writes had an effect all the same`;
  const doubled =
    (doubledByRetry ?? 0) === 0
      ? "no retry made a duplicate"
      : `${countText(doubledByRetry ?? 0)} duplicates`;
  return `${applied}; ${doubled}`;
}
