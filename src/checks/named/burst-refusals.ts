import { plural } from "../../model/count.ts";
import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { broken, brokenBy, difference, holds, shownBy, unknown } from "../answer.ts";
import { isSuccess } from "../status.ts";
import { isScimError, noRefusal, refusalsIn, retryAfterOf, type Shot, shotsIn } from "./burst-evidence.ts";

const FEW = 3;

/** What is plainly a limiter's answer under another status: Okta reschedules after a 429 only. */
export const burstRefusedBy429: Check = {
  name: "burst-refused-by-429",
  summary: "Whatever a burst was refused, it was refused with 429.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const shots = shotsIn(evidence);
    const wrong = shots.flatMap((shot, index) =>
      disguise(shot, shots, `request ${index + 1}`).map((found) => shownBy(index, found)),
    );
    if (wrong.length > 0) return brokenBy(wrong.slice(0, FEW));
    return refusalsIn(shots).length === 0 ? noRefusal(shots) : holds;
  },
};

function disguise(
  { kind, status, exchange }: Shot,
  shots: readonly Shot[],
  who: string,
): readonly Difference[] {
  const { outcome } = exchange;
  if (outcome.kind === "silence") return [];
  const othersPass = shots.some((other) => other.kind === kind && isSuccess(other.status));
  if (status === 403 && othersPass)
    return [difference(`${who} status`, "429", "403, where others of its kind passed")];
  if (status === 503 && retryAfterOf(outcome) !== undefined) {
    return [difference(`${who} status`, "429", `503 with Retry-After: ${retryAfterOf(outcome)}`)];
  }
  if (status < 300 && isScimError(outcome)) {
    return [difference(`${who} status`, "429", `${status} with an error in its body`)];
  }
  return [];
}

/** What is wrong with the 429 answers of a burst, and the answer that shows it. */
type OfRefusals = Judgement | { readonly shownBy: Answer | undefined; readonly found: Difference };

/** Judges the 429 answers of a burst; where there was none, there is nothing to tell. */
function ofRefusals(judge: (refusals: readonly Answer[]) => OfRefusals): Check["judge"] {
  return (evidence) => {
    const shots = shotsIn(evidence);
    const refusals = refusalsIn(shots);
    if (refusals.length === 0) return noRefusal(shots);
    const judgement = judge(refusals);
    if ("kind" in judgement) return judgement;
    const at = shots.findIndex(({ exchange }) => exchange.outcome === judgement.shownBy);
    return broken(at === -1 ? judgement.found : shownBy(at, judgement.found));
  };
}

export const burstRefusalErrors: Check = {
  name: "burst-refusal-errors",
  summary: "Every 429 of a burst has a SCIM error in its body.",
  takes: [],
  judgesSilence: true,
  judge: ofRefusals((refusals) => {
    const bare = refusals.filter((refusal) => !isScimError(refusal));
    if (bare.length === 0) return holds;
    const found = difference("body of a 429", "a SCIM error", `none in ${bare.length} of ${refusals.length}`);
    return { shownBy: bare[0], found };
  }),
};

export const burstRetryAfterGiven: Check = {
  name: "burst-retry-after-given",
  summary: "Every 429 of a burst carries Retry-After.",
  takes: [],
  judgesSilence: true,
  judge: ofRefusals((refusals) => {
    const without = refusals.filter((refusal) => retryAfterOf(refusal) === undefined);
    if (without.length === 0) return holds;
    const actual = `absent from ${without.length} of ${plural(refusals.length, "answer")}`;
    return { shownBy: without[0], found: difference("header Retry-After of a 429", "whole seconds", actual) };
  }),
};

export const burstRetryAfterSeconds: Check = {
  name: "burst-retry-after-seconds",
  summary: "Every Retry-After of a burst's 429 answers is a whole number of seconds, at least 1.",
  takes: [],
  judgesSilence: true,
  judge: ofRefusals((refusals) => {
    const told = refusals.flatMap((refusal) => {
      const text = retryAfterOf(refusal);
      return text === undefined ? [] : [{ refusal, text }];
    });
    if (told.length === 0) return unknown("no 429 carried Retry-After", { neutral: true });
    const odd = told.find(({ text }) => !/^0*[1-9]\d{0,8}$/.test(text.trim()));
    if (odd === undefined) return holds;
    const actual = JSON.stringify(odd.text);
    return {
      shownBy: odd.refusal,
      found: difference("header Retry-After of a 429", "whole seconds, at least 1", actual),
    };
  }),
};
