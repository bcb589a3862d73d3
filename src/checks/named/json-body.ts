import type { Check } from "../../model/evidence.ts";
import { broken, difference, lastAnswer, parsedBody, showOutcome, unknown } from "../answer.ts";

export const jsonBody: Check = {
  name: "json-body",
  summary: "The body is JSON. With `refusal: true` only an answer from 400 on is looked at.",
  takes: ["refusal?"],
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return broken(difference("answer", "a JSON body", showOutcome(evidence)));
    if (given.refusal === true && answer.status < 400) {
      return unknown(`the answer is ${answer.status}, so nothing was refused`, { neutral: true });
    }
    const body = parsedBody(answer);
    return body.ok ? broken() : broken(difference("body", "a JSON body", body.problem));
  },
};
