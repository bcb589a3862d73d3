import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import {
  broken,
  difference,
  holds,
  lastAnswer,
  parsedBody,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { isSuccess, statusFits } from "../status.ts";
import { idsIn } from "./members-exactly.ts";

/**
 * A server may refuse an add. What it acknowledged has to be there. `by` is either the step that sent all adds at
 * once, one for each of `members` in the same order, or a list of steps, one for each.
 */
export const acknowledgedMembers: Check = {
  name: "acknowledged-members",
  summary:
    "The group that was read has each of `members` (ids or { value }) whose add in `by` was answered 2xx. Open where none was, unless all were refused with 4xx and they `may-refuse`.",
  takes: ["members", "by", "may-refuse?"],
  judge(evidence, given): Judgement {
    const answer = lastAnswer(evidence);
    const body = answer?.status === 200 ? parsedBody(answer) : undefined;
    if (body?.ok !== true) return unknown(`the group was not shown: ${showOutcome(evidence)}`);
    const statuses = statusesOf(evidence, given.by ?? null);
    const members = idsIn(given.members);
    const promised = members.filter((_id, index) => isSuccess(statuses[index]));
    if (promised.length === 0) {
      const isRefused = statuses.every((status) => status !== undefined && statusFits(status, "4xx"));
      return given["may-refuse"] === true && isRefused
        ? holds
        : unknown("no add was acknowledged", { neutral: true });
    }
    const shown = new Set(idsIn(valueAt(body.value, "members")));
    const lost = promised.filter((id) => !shown.has(id));
    if (lost.length === 0) return broken();
    return broken(
      difference(
        "body members",
        `the ${promised.length} whose add was answered with success`,
        `${lost.length} missing: ${lost.slice(0, 5).join(", ")}`,
      ),
    );
  },
};

function statusesOf({ earlier }: Evidence, by: Json): readonly (number | undefined)[] {
  if (Array.isArray(by)) {
    return (by as readonly Json[]).map((step) => {
      const evidence = earlier.get(String(step));
      return evidence === undefined ? undefined : lastAnswer(evidence)?.status;
    });
  }
  const statuses = earlier.get(String(by))?.facts.statuses;
  return Array.isArray(statuses) ? (statuses as readonly Json[]).map(Number) : [];
}
