import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, showOutcome, unknown } from "../answer.ts";
import { isSuccess } from "../status.ts";

const isAccepted = (evidence: Pick<Evidence, "exchanges">) => isSuccess(lastAnswer(evidence)?.status);

/** Blames one addition to a request only when the request without it went through. */
export const acceptedLike: Check = {
  name: "accepted-like",
  summary: "Accepted (2xx), as the request of step `as` was; left open when that one was refused as well.",
  takes: ["as"],
  ofTheExchange: true,
  judge(evidence, given): Judgement {
    if (isAccepted(evidence)) return holds;
    const step = String(given.as);
    const model = evidence.earlier.get(step);
    if (model === undefined || !isAccepted(model)) {
      return unknown(`step ${step}, the same request without the addition, was not accepted either`);
    }
    return broken(
      difference("status", `success, as in step ${step} (${showOutcome(model)})`, showOutcome(evidence)),
    );
  },
};
