import type { Check } from "../../model/evidence.ts";
import { headerValue } from "../../model/exchange.ts";
import { broken, difference, holds, lastAnswer, show, unknown } from "../answer.ts";

/** RFC 9110 11.6.1. A challenge begins with the name of a scheme, which is a token. */
export const challenge: Check = {
  name: "challenge",
  summary: "A 401 names an authentication scheme in `WWW-Authenticate`; open for other answers.",
  takes: [],
  ofTheExchange: true,
  judge(evidence) {
    const answer = lastAnswer(evidence);
    if (answer?.status !== 401) return unknown("the answer is not 401", { neutral: true });
    const value = headerValue(answer.headers, "www-authenticate");
    return value !== undefined && /^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+/.test(value)
      ? holds
      : broken(difference("header WWW-Authenticate", "the name of a scheme", show(value)));
  },
};
