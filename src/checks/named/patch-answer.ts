import type { Check, Judgement } from "../../model/evidence.ts";
import { isJsonObject } from "../../model/json.ts";
import { broken, difference, holds, lastAnswer, parsedBody, show, showOutcome } from "../answer.ts";

const PERMITTED = "200 with the resource, or 204 without a body";

/**
 * Okta's reference permits two answers to a PATCH: the updated resource with 200, or 204 with nothing.
 * How much of the resource is shown is left to other claims, because a group may leave its members out.
 */
export const patchAnswer: Check = {
  name: "patch-answer",
  summary: "200 with the resource (an object with an id) or 204 without a body.",
  takes: [],
  judge(evidence): Judgement {
    const answer = lastAnswer(evidence);
    if (answer?.status === 204) {
      return answer.body.trim() === "" ? holds : broken(difference("body", "no body with 204", "a body"));
    }
    if (answer?.status !== 200) return broken(difference("status", PERMITTED, showOutcome(evidence)));
    const body = parsedBody(answer);
    if (!body.ok) return broken(difference("body", PERMITTED, body.problem));
    if (isJsonObject(body.value) && body.value.id !== undefined && body.value.id !== null) return holds;
    return broken(difference("body", PERMITTED, show(body.value)));
  },
};
