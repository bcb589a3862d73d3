import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { SCIM_TYPES, URN } from "../../model/scim.ts";
import { broken, brokenBy, difference, holds, lastAnswer, parsedBody, show, unknown } from "../answer.ts";

type Part = (error: JsonObject, status: number) => Judgement;

/**
 * Judges RFC 7644 3.12 one sentence at a time, so that a `status` that is a number, which Okta takes, is one failure
 * and not four. A refusal without a body is the business of other claims.
 */
export const errorPart: Check = {
  name: "error-part",
  summary:
    "One `part` of a refusal's body is right: `schema` (Error URN), `status` (the HTTP status, as text or number), `status-text` or `word` (scimType, if any). Open unless refused with a body.",
  takes: ["part"],
  judge(evidence, given): Judgement {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return unknown("no answer came");
    if (answer.status < 400) return neutral(`the answer is ${answer.status}, so nothing was refused`);
    if (answer.body.trim() === "") return neutral("the refusal has no body");
    const part = PARTS[String(given.part)];
    if (part === undefined) return unknown(`error-part knows no part ${show(given.part)}`);
    const body = parsedBody(answer);
    if (body.ok && isJsonObject(body.value)) return part(body.value, answer.status);
    if (given.part !== "schema") return neutral("the refusal is no JSON object");
    const found = body.ok ? show(body.value) : body.problem;
    return broken(difference("body", "a SCIM error", found));
  },
};

const PARTS: Readonly<Record<string, Part>> = {
  schema: ({ schemas }) =>
    Array.isArray(schemas) && schemas.includes(URN.error)
      ? holds
      : broken(difference("body schemas", `to contain ${show(URN.error)}`, show(schemas))),
  status: ({ status }, sent) =>
    status === sent || status === String(sent)
      ? holds
      : broken(difference("body status", `"${sent}"`, show(status))),
  "status-text": ({ status }, sent) => {
    if (status === undefined) return neutral("the error has no status");
    return typeof status === "string"
      ? holds
      : broken(difference("body status", `the text "${sent}"`, show(status)));
  },
  word: ({ scimType }) => brokenBy(unknownWord(scimType)),
};

function unknownWord(scimType: JsonObject[string] | undefined): readonly Difference[] {
  if (scimType === undefined || scimType === null) return [];
  return typeof scimType === "string" && SCIM_TYPES.includes(scimType)
    ? []
    : [difference("body scimType", `one of ${SCIM_TYPES.join(", ")}`, show(scimType))];
}

const neutral = (why: string) => unknown(why, { neutral: true });
