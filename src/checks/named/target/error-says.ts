import type { Check } from "../../../model/evidence.ts";
import { isJsonObject } from "../../../model/json.ts";
import { valueAt } from "../../../model/path.ts";
import { broken, difference, lastAnswer, parsedBody, show, showOutcome } from "../../answer.ts";

/** What an error says at one place. */
export const errorSays: Check = {
  name: "error-says",
  summary:
    "The request is refused, and the error shows `at` a path a value of the type `as` (number, text), or `value` where that is not empty.",
  takes: ["at", "as?", "value?"],
  judge(evidence, { at, as, value }) {
    const answer = lastAnswer(evidence);
    const body = answer === undefined ? undefined : parsedBody(answer);
    if (answer === undefined || answer.status < 400 || body?.ok !== true || !isJsonObject(body.value)) {
      return broken(difference("answer", "an error", showOutcome(evidence)));
    }
    const found = valueAt(body.value, String(at));
    if (value !== undefined && value !== "") {
      return found === value ? broken() : broken(difference(`body ${at}`, show(value), show(found)));
    }
    const type = as === "number" ? "number" : "string";
    return typeof found === type
      ? broken()
      : broken(difference(`body ${at}`, `a ${String(as)}`, show(found)));
  },
};
