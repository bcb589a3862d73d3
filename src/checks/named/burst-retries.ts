import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { broken, brokenBy, difference, holds, unknown } from "../answer.ts";
import { noRefusal, type Retry, refusalsIn, retriesIn, shotsIn, shownAt } from "./burst-evidence.ts";

const FEW = 3;

/** Retry-After is a promise: who keeps to it gets through. */
export const burstWaitHonest: Check = {
  name: "burst-wait-honest",
  summary: "The first request after the time that Retry-After told is not refused with 429 again.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const shots = shotsIn(evidence);
    if (refusalsIn(shots).length === 0) return noRefusal(shots);
    const { waited, waitedMs, afterWait, afterWaitAt } = evidence.facts;
    if (waited !== "okta") {
      return unknown(
        "Okta's wait was not waited for (--okta-waits waits as long as Okta does, up to an hour)",
        {
          neutral: true,
        },
      );
    }
    if (afterWait === 0) return unknown("the request after the wait got no answer");
    if (afterWait !== 429) return holds;
    const found = difference(`status ${Number(waitedMs) / 1000} s later`, "anything but 429", "429");
    return broken(shownAt(afterWaitAt, found));
  },
};

export const burstRefusalsTraceless: Check = {
  name: "burst-refusals-traceless",
  summary: "Nobody whose create was refused with 429 is found before it is sent again.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const retries = retriesIn(evidence);
    if (retries.length === 0) return noCreateRefused(evidence);
    const told = retries.filter(({ found }) => found !== undefined);
    if (told.length === 0) return unknown("no look-up of a refused create was answered with a list");
    const there = told.filter(({ found }) => found !== 0);
    return broken(
      ...there
        .slice(0, FEW)
        .map(({ userName, found, foundAt }) =>
          shownAt(foundAt, difference(`look-up of ${userName} after the 429`, "nobody", `${found} found`)),
        ),
    );
  },
};

export const burstRetriesCreated: Check = {
  name: "burst-retries-created",
  summary: "A create that was refused with 429 answers 201 when it is sent again, and makes one person.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const retries = retriesIn(evidence);
    if (retries.length === 0) return noCreateRefused(evidence);
    const decided = retries.filter(({ status }) => status !== 429 && status !== 0);
    if (decided.length === 0) return unknown("no create got through after the wait");
    const wrong = decided.flatMap(mishap);
    if (wrong.length === 0) return holds;
    const createsWork =
      shotsIn(evidence).some(({ kind, status }) => kind === "create" && status === 201) ||
      decided.some(({ status }) => status === 201 || status === 409);
    if (!createsWork) return unknown("no create was accepted at all, so it is not the retry");
    return brokenBy(wrong.slice(0, FEW));
  },
};

function mishap({ userName, status, statusAt, foundAfter, foundAfterAt }: Retry): readonly Difference[] {
  const who = `the create of ${userName}, sent again`;
  if (status !== 201) return [shownAt(statusAt, difference(who, "201", String(status)))];
  return foundAfter !== undefined && foundAfter > 1
    ? [shownAt(foundAfterAt, difference(who, "one person", `${foundAfter}`))]
    : [];
}

function noCreateRefused(evidence: Evidence): Judgement {
  const shots = shotsIn(evidence);
  if (refusalsIn(shots).length === 0) return noRefusal(shots);
  return unknown("only look-ups were refused with 429", { neutral: true });
}
