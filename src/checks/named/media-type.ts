import type { Check } from "../../model/evidence.ts";
import { headerValue, mediaTypeIn } from "../../model/exchange.ts";
import { broken, difference, holds, lastAnswer, show, unknown } from "../answer.ts";
import { textsOf } from "./shown.ts";

/** Types are compared without letter case, and parameters mean nothing here (RFC 9110 8.3.1). */
export const mediaType: Check = {
  name: "media-type",
  summary:
    "A body is labelled as one of the media types `is`, parameters apart; open for answers without a body, for refusals, and with `refusal: true` for everything else.",
  takes: ["is", "refusal?"],
  ofTheExchange: true,
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return unknown("no answer came");
    if (answer.status >= 400 !== (given.refusal === true)) {
      return unknown(`the answer is ${answer.status}`, { neutral: true });
    }
    if (answer.body.trim() === "") return unknown("the answer has no body", { neutral: true });
    const type = mediaTypeIn(answer.headers);
    const wanted = textsOf(given.is);
    return type !== undefined && wanted.includes(type)
      ? holds
      : broken(
          difference(
            "header Content-Type",
            wanted.join(" or "),
            show(headerValue(answer.headers, "content-type")),
          ),
        );
  },
};
