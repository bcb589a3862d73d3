import { plural } from "../../../model/count.ts";
import type { Check, StepEvidence } from "../../../model/evidence.ts";
import { headerValue } from "../../../model/exchange.ts";
import { broken, difference, unknown } from "../../answer.ts";

/** A documented rate: a burst well above it is refused in part. */
export const throttled: Check = {
  name: "throttled",
  summary:
    "Of more requests at once than `rate` a second (`per` so many seconds), some are answered `status`; `burst` of them may come at once. With `retry-after`, each of those says how long to wait.",
  takes: ["rate", "status", "per?", "burst?", "retry-after?"],
  judgesSilence: true,
  judge(evidence, { rate, status, per, burst, "retry-after": retryAfter }) {
    const answers = evidence.exchanges.flatMap(({ outcome }) => (outcome.kind === "answer" ? [outcome] : []));
    const refused = answers.filter((answer) => answer.status === Number(status));
    if (refused.length === 0) {
      // What took longer than the rate allows anyhow shows nothing.
      const allowed = (Number(rate) * secondsOf(evidence)) / Number(per ?? 1);
      const most =
        burst === undefined ? 2 * (Number(rate) + allowed) : BURST_MARGIN * (Number(burst) + allowed);
      return answers.length > most
        ? broken(
            difference("status", `some ${status} among ${plural(answers.length, "request")} at once`, "none"),
          )
        : unknown(`${plural(answers.length, "request")} did not come faster than the documented rate`, {
            neutral: true,
          });
    }
    const silent = refused.filter(({ headers }) => headerValue(headers, "Retry-After") === undefined);
    return retryAfter === true && silent.length > 0
      ? broken(difference("header Retry-After", `to be on every ${status}`, `missing on ${silent.length}`))
      : broken();
  },
};

/** Nobody's clock and bucket are exact. */
const BURST_MARGIN = 1.25;

function secondsOf({ exchanges }: Pick<StepEvidence, "exchanges">): number {
  const starts = exchanges.map(({ timing }) => timing.startedAt);
  const ends = exchanges.map(({ timing }) => timing.startedAt + (timing.totalMs ?? 0));
  return Math.max(0, Math.max(...ends) - Math.min(...starts)) / 1000;
}
