import type { Check, Difference } from "../../model/evidence.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
} from "../answer.ts";

/**
 * RFC 7644 3.12 writes `status` as text, Okta's samples as number: both are fine. The RFC leaves `detail` optional,
 * but Okta's published test does not. What was not refused has no error to look at, so nothing is said of it.
 */
export const scimError: Check = {
  name: "scim-error",
  summary:
    "A refusal is a SCIM error at the root of the body: Error URN, `detail`, matching `status`. With `status`, it has to be that one.",
  takes: ["status?"],
  judge(evidence, given) {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return broken(difference("answer", "a SCIM error", showOutcome(evidence)));
    if (given.status !== undefined && answer.status !== Number(given.status)) {
      return broken(difference("status", String(given.status), String(answer.status)));
    }
    if (answer.status < 400) {
      return unknown(`the answer is ${answer.status}, so there is no error to look at`, { neutral: true });
    }
    const body = parsedBody(answer);
    if (!body.ok) return broken(difference("body", "a SCIM error", body.problem));
    if (!isJsonObject(body.value)) return broken(difference("body", "a SCIM error", show(body.value)));
    return brokenBy(flaws(body.value, answer.status));
  },
};

function flaws(error: JsonObject, status: number): readonly Difference[] {
  const found: Difference[] = [];
  if (!Array.isArray(error.schemas) || !error.schemas.includes(URN.error)) {
    found.push(difference("body schemas", `to contain ${show(URN.error)}`, show(error.schemas)));
  }
  if (typeof error.detail !== "string" || error.detail.trim() === "") {
    found.push(difference("body detail", "a text that is not empty", show(error.detail)));
  }
  if (error.status !== status && error.status !== String(status)) {
    found.push(difference("body status", `"${status}"`, show(error.status)));
  }
  return found;
}
