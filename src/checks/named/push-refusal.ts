import type { Check, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { broken, difference, holds, parsedBody, show, unknown } from "../answer.ts";

/** Whether a push past a limit of the server is refused in a way that tells an administrator why. */
export const pushRefusal: Check = {
  name: "push-refusal",
  summary:
    "A refused request of a push was answered 400 or 413 with a SCIM error; with `naming` its detail names a number.",
  takes: ["naming?"],
  judge({ exchanges }, given): Judgement {
    const refusal = exchanges
      .map(({ outcome }) => outcome)
      .find((outcome): outcome is Answer => outcome.kind === "answer" && outcome.status >= 300);
    if (refusal === undefined) return unknown("no push was refused", { neutral: true });
    const body = parsedBody(refusal);
    const error = body.ok && isJsonObject(body.value) ? body.value : undefined;
    return given.naming === true ? naming(error) : readable(refusal, error);
  },
};

function readable(refusal: Answer, error: JsonObject | undefined): Judgement {
  const isError = Array.isArray(error?.schemas) && error.schemas.includes(URN.error);
  return broken(
    ...([400, 413].includes(refusal.status)
      ? []
      : [difference("status", "400 or 413", String(refusal.status))]),
    ...(isError ? [] : [difference("body", "a SCIM error", show(error))]),
  );
}

function naming(error: JsonObject | undefined): Judgement {
  const { detail } = error ?? {};
  if (typeof detail === "string" && /\d/.test(detail)) return holds;
  return broken(difference("body detail", "a text with the limit in it", show(detail)));
}
