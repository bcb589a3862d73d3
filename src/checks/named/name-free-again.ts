import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, notOffered, showOutcome, unknown } from "../answer.ts";

/** RFC 7644 3.6: what was deleted stands in nobody's way. */
export const nameFreeAgain: Check = {
  name: "name-free-again",
  summary:
    "Answered 201, because step `removed` deleted whoever had the name; not offered where it was refused, and open where it failed.",
  takes: ["removed"],
  judge(evidence, given): Judgement {
    const removal = evidence.earlier.get(String(given.removed));
    const status = removal === undefined ? undefined : lastAnswer(removal)?.status;
    if (status === undefined || (status > 499 && status !== 501))
      return unknown(`step ${String(given.removed)} did not tell whether users can be deleted`, {
        neutral: true,
      });
    if (status > 299) return notOffered("the server does not delete users");
    return lastAnswer(evidence)?.status === 201
      ? holds
      : broken(difference("status", "201", showOutcome(evidence)));
  },
};
