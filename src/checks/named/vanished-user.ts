import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, showOutcome, unknown } from "../answer.ts";

/**
 * A read of somebody we tried to remove. Servers that keep everybody, or that delete nobody over SCIM, give us
 * no vanished user to ask about; that is no fault of theirs.
 */
export const vanishedUser: Check = {
  name: "vanished-user",
  summary: "404 for a user removed by step `removed`; left open where the server did not remove anybody.",
  takes: ["removed"],
  judge(evidence, given): Judgement {
    const removal = evidence.earlier.get(String(given.removed));
    const removed = removal === undefined ? undefined : lastAnswer(removal)?.status;
    if (removed === undefined || removed >= 300) {
      return unknown("the server removes nobody over SCIM, so nobody could vanish", { neutral: true });
    }
    const answer = lastAnswer(evidence);
    if (answer?.status === 404) return holds;
    if (answer?.status === 200) {
      return unknown("the server accepted the DELETE and still shows the user", { neutral: true });
    }
    return broken(difference("status", "404", showOutcome(evidence)));
  },
};
