import type { Check, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { broken, difference, holds, lastAnswer, parsedBody, show, unknown } from "../answer.ts";
import { namesNumber, refusalIn, scimErrorIn } from "./push-evidence.ts";

/** Whether a push past a limit of the server is refused in a way that tells an administrator why. */
export const pushRefusal: Check = {
  name: "push-refusal",
  summary:
    "A refused request of a push was answered 400 or 413 with a SCIM error; with `naming` its detail names a number. Open where step `one`, which adds one member, was refused as well: that is no limit.",
  takes: ["naming?", "one?"],
  judge(evidence, given): Judgement {
    const refusal = refusalIn(evidence);
    if (refusal === undefined) return unknown("no push was refused", { neutral: true });
    const one = given.one === undefined ? undefined : evidence.earlier.get(String(given.one));
    const status = one === undefined ? undefined : lastAnswer(one)?.status;
    if (status !== undefined && status >= 300) {
      return unknown(`one member is refused as well (${status}), so that this is no limit`, {
        neutral: true,
      });
    }
    return given.naming === true ? naming(refusal) : readable(refusal);
  },
};

function readable(refusal: Answer): Judgement {
  return broken(
    ...(refusal.status === 400 || refusal.status === 413
      ? []
      : [difference("status", "400 or 413", String(refusal.status))]),
    ...(scimErrorIn(refusal) === undefined ? [difference("body", "a SCIM error", bodyText(refusal))] : []),
  );
}

function naming(refusal: Answer): Judgement {
  const error = scimErrorIn(refusal);
  if (namesNumber(error)) return holds;
  return broken(difference("body detail", "a text with the limit in it", show(error?.detail)));
}

function bodyText(answer: Answer): string {
  const body = parsedBody(answer);
  return body.ok ? show(body.value) : body.problem;
}
