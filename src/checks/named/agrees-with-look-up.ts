import type { Check, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { isJsonObject } from "../../model/json.ts";
import { broken, difference, holds, lastAnswer, parsedBody, unknown } from "../answer.ts";
import { isTaken } from "./conflict.ts";

/**
 * The create after a look-up. Only one combination leaves Okta stuck: nobody was found, and yet the name is taken.
 */
export const agreesWithLookUp: Check = {
  name: "agrees-with-look-up",
  summary: "The create is not refused with 409 when the look-up of step `look-up` found nobody.",
  takes: ["look-up"],
  judge(evidence, given): Judgement {
    const step = String(given["look-up"]);
    const found = countIn(evidence.earlier.get(step));
    if (found === undefined) return unknown(`step ${step} did not tell how many there are`);
    const answer = lastAnswer(evidence);
    if (answer === undefined) return unknown("no answer came");
    if (answer.status !== 409) {
      return answer.status < 300 ? holds : unknown(otherRefusal(answer));
    }
    if (found > 0) return holds;
    return broken(difference("status", "success, since the look-up found nobody", "409"));
  },
};

function otherRefusal(answer: Answer): string {
  return isTaken(answer)
    ? `the create was refused because something is taken, but with ${answer.status} and not 409`
    : `the create was refused with ${answer.status}, which does not say that its name is taken`;
}

function countIn(lookUp: Parameters<typeof lastAnswer>[0] | undefined): number | undefined {
  const answer = lookUp === undefined ? undefined : lastAnswer(lookUp);
  if (answer === undefined) return undefined;
  if (answer.status === 404) return 0;
  const body = parsedBody(answer);
  if (answer.status !== 200 || !body.ok || !isJsonObject(body.value)) return undefined;
  const total = Number(body.value.totalResults);
  return Number.isInteger(total) ? total : undefined;
}
