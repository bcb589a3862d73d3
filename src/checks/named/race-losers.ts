import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import { broken, difference, parsedBody, show, unknown } from "../answer.ts";
import { isRefusedAlone } from "./race-winner.ts";

/** The creates that lost a race have to be told so in a way Okta can read. */
export const raceLosers: Check = {
  name: "race-losers",
  summary:
    "Of the requests sent at once all but one winner were answered with 409 and a SCIM error; open when step `alone` was refused.",
  takes: ["alone"],
  judge(evidence, given): Judgement {
    const { exchanges } = evidence;
    if (isRefusedAlone(evidence, given.alone))
      return unknown("creates are refused without a race as well", { neutral: true });
    const winner = exchanges.findIndex(
      ({ outcome }) => outcome.kind === "answer" && outcome.status >= 200 && outcome.status < 300,
    );
    return broken(
      ...exchanges.flatMap((exchange, index) =>
        index === winner ? [] : loserDifferences(exchange, `request ${index + 1}`),
      ),
    );
  },
};

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
