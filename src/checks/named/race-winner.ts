import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { broken, difference, lastAnswer, unknown } from "../answer.ts";
import { isSuccess } from "../status.ts";

/** The status of each exchange of a race, or 0 where no answer came. */
const statusesOf = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ outcome }) => (outcome.kind === "answer" ? outcome.status : 0));

/** Whether the same request is refused even without a race; then the race tells nothing. */
export function isRefusedAlone(evidence: Evidence, step: Json | undefined): boolean {
  const alone = evidence.earlier.get(String(step));
  const status = alone === undefined ? undefined : lastAnswer(alone)?.status;
  return status === undefined || status >= 300;
}

/** Why a race tells nothing: the same is refused without one, or, one after the other, taken twice. */
export function foregone(
  evidence: Evidence,
  { alone, again }: Readonly<Record<string, Json | undefined>>,
): Judgement | undefined {
  if (isRefusedAlone(evidence, alone)) {
    return unknown("creates are refused without a race as well", { neutral: true });
  }
  return again === undefined || isRefusedAlone(evidence, again)
    ? undefined
    : unknown("the same name is taken twice without a race as well", { neutral: true });
}

/** Of several creates sent at once, one has to win. */
export const raceWinner: Check = {
  name: "race-winner",
  summary:
    "Of the requests sent at once exactly one succeeded, with 201; open when step `alone` was refused, or step `again`, which repeats it, was not.",
  takes: ["alone", "again?"],
  judge(evidence, given): Judgement {
    const open = foregone(evidence, given);
    if (open !== undefined) return open;
    const statuses = statusesOf(evidence.exchanges);
    const created = statuses.filter(isSuccess);
    if (created.length === 1 && created[0] === 201) return broken();
    return broken(difference("statuses", "one 201", statuses.join(", ")));
  },
};
