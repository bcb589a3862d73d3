import type { Judgement, StepEvidence } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { lastAnswer, parsedBody, unknown, valueAt } from "../answer.ts";

/**
 * RFC 7643 7 lets a schema make an attribute immutable, and RFC 7644 3.5.1 has the refusal for it: 400 with the
 * scimType mutability. What Okta makes of it is another question. Undefined where `may-be-fixed` was not given, or
 * the server refused in another way, or did not refuse.
 */
export function fixed(
  evidence: Pick<StepEvidence, "exchanges">,
  given: Readonly<Record<string, Json>>,
): Judgement | undefined {
  const answer = lastAnswer(evidence);
  if (given["may-be-fixed"] !== true || answer?.status !== 400) return undefined;
  const body = parsedBody(answer);
  return body.ok && valueAt(body.value, "scimType") === "mutability"
    ? unknown("the server says that this is never changed: 400 mutability", { neutral: true })
    : undefined;
}
