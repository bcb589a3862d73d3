import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, unknown } from "../answer.ts";

export const notRepeated: Check = {
  name: "not-repeated",
  summary: "A refusal does not contain the `secret` that the request carried; open when nothing was refused.",
  takes: ["secret"],
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    if (answer === undefined || answer.status < 400) return unknown("nothing was refused", { neutral: true });
    return answer.body.includes(String(given.secret))
      ? broken(difference("body", "nothing of the secret that was sent", "it is repeated"))
      : holds;
  },
};
