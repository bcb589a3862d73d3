import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { broken, difference, parsedBody, show, unknown } from "../answer.ts";
import { isSuccess } from "../status.ts";
import { foregone } from "./race-winner.ts";

/** The creates that lost a race have to be told so in a way Okta can read. */
export const raceLosers: Check = {
  name: "race-losers",
  summary:
    "Of the requests sent at once all but one winner were answered with 409 and a SCIM error; open when step `alone` was refused, or step `again`, which repeats it, was answered otherwise as well.",
  takes: ["alone", "again?"],
  judge(evidence, given): Judgement {
    const { exchanges } = evidence;
    const open = foregone(evidence, given) ?? refusedOtherwise(evidence, given.again);
    if (open !== undefined) return open;
    const winner = exchanges.findIndex(
      ({ outcome }) => outcome.kind === "answer" && isSuccess(outcome.status),
    );
    return broken(
      ...exchanges.flatMap((exchange, index) =>
        index === winner ? [] : loserDifferences(exchange, `request ${index + 1}`),
      ),
    );
  },
};

/** What is wrong with a refusal without a race says nothing of races. */
function refusedOtherwise(evidence: Evidence, again: Json | undefined): Judgement | undefined {
  const outcome = evidence.earlier.get(String(again))?.exchanges.at(-1)?.outcome;
  if (outcome?.kind !== "answer" || outcome.status === 409) return undefined;
  return unknown(`a name that is taken is refused with ${outcome.status} without a race as well`, {
    neutral: true,
  });
}

function loserDifferences({ outcome }: Exchange, who: string): readonly Difference[] {
  if (outcome.kind === "silence")
    return [difference(`${who} status`, "409", `no answer (${outcome.reason})`)];
  if (outcome.status !== 409) return [difference(`${who} status`, "409", String(outcome.status))];
  const body = parsedBody(outcome);
  if (!body.ok) return [difference(`${who} body`, "a SCIM error", body.problem)];
  return isScimError(body.value) ? [] : [difference(`${who} body`, "a SCIM error", show(body.value))];
}

const isScimError = (value: Json) =>
  isJsonObject(value) && Array.isArray(value.schemas) && value.schemas.includes(URN.error);
