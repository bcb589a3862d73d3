import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, parsedBody, show, unknown, valueAt } from "../answer.ts";
import { textsOf } from "./shown.ts";

/** RFC 7644 3.12 recommends the word where it defines one, for 400 and 409; the status is another claim's matter. */
export const scimType: Check = {
  name: "scim-type",
  summary: "The error of a 400 or 409 has one of the words `is` as its scimType; open for other answers.",
  takes: ["is"],
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    if (answer?.status !== 400 && answer?.status !== 409) {
      return unknown("the answer is neither 400 nor 409", { neutral: true });
    }
    const body = parsedBody(answer);
    const word = body.ok ? valueAt(body.value, "scimType") : undefined;
    const wanted = textsOf(given.is);
    return typeof word === "string" && wanted.includes(word)
      ? holds
      : broken(difference("body scimType", wanted.map((text) => `"${text}"`).join(" or "), show(word)));
  },
};
