import type { Check, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, difference, holds, lastAnswer, parsedBody, show, unknown } from "../answer.ts";

/** Okta gives up on a create whose answer names no id. */
export const bodyWithId: Check = {
  name: "body-with-id",
  summary: "A successful create answers a JSON object with an id; open when the create was refused.",
  takes: [],
  judge(evidence): Judgement {
    const answer = lastAnswer(evidence);
    if (answer === undefined || answer.status >= 300)
      return unknown("the create was refused", { neutral: true });
    const body = parsedBody(answer);
    if (!body.ok) return broken(difference("body", "an object with an id", body.problem));
    const id = isJsonObject(body.value) ? body.value.id : undefined;
    return isGiven(id) ? holds : broken(difference("body", "an object with an id", show(body.value)));
  },
};

/** RFC 7643 3.1 makes id a string; whether there is one at all is another claim's business. */
export const idIsText: Check = {
  name: "id-is-text",
  summary: "The id in a successful answer is a JSON string; open when there is no id.",
  takes: [],
  judge(evidence): Judgement {
    const id = idIn(evidence);
    if (!isGiven(id)) return unknown("the answer shows no id", { neutral: true });
    return typeof id === "string" ? holds : broken(difference("body id", "a JSON string", show(id)));
  },
};

/** Two users that share an id cannot be told apart by Okta. */
export const anotherId: Check = {
  name: "another-id",
  summary: "The id in a successful answer is not `than`; open when there is no id.",
  takes: ["than"],
  judge(evidence, given): Judgement {
    const id = idIn(evidence);
    if (!isGiven(id)) return unknown("the answer shows no id", { neutral: true });
    const [mine, other] = [String(id), String(given.than)];
    return mine === other ? broken(difference("body id", "an id of its own", show(id))) : holds;
  },
};

function idIn(evidence: Parameters<typeof lastAnswer>[0]): Json | undefined {
  const answer = lastAnswer(evidence);
  const body = answer === undefined || answer.status >= 300 ? undefined : parsedBody(answer);
  return body?.ok === true && isJsonObject(body.value) ? body.value.id : undefined;
}

const isGiven = (id: Json | undefined) => id !== undefined && id !== null && id !== "";
