import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, unknown } from "../answer.ts";
import { statusFits } from "../status.ts";
import { pushFacts, tooSmall } from "./push-evidence.ts";

const OKTA_TIMEOUT_MS = 60_000;

/** Okta documented 60 seconds for a membership PATCH, whatever its size (2021 to 2024). */
export const pushesInTime: Check = {
  name: "pushes-in-time",
  summary: "Every request of a push was answered within 60 seconds; `size` changes were in the largest one.",
  takes: ["size?"],
  judge(evidence, given): Judgement {
    const push = pushFacts(evidence);
    if (push === undefined) return unknown("nothing was pushed");
    const small = tooSmall(push, given.size);
    if (small !== undefined) return unknown(small, { neutral: true });
    const silence = evidence.exchanges.map(({ outcome }) => outcome).find(({ kind }) => kind === "silence");
    if (silence?.kind === "silence") {
      return silence.reason === "timed-out"
        ? broken(difference("time", "an answer within 60 s", silence.detail))
        : unknown(`a request got no answer (${silence.reason})`);
    }
    const isServed = evidence.exchanges.some(
      ({ outcome }) => outcome.kind === "answer" && statusFits(outcome.status, "2xx"),
    );
    if (!isServed) return unknown("no request of the push was accepted", { neutral: true });
    if (push.slowestMs <= OKTA_TIMEOUT_MS) return holds;
    return broken(
      difference("time", "at most 60 s for each request", `${Math.round(push.slowestMs / 1000)} s`),
    );
  },
};
