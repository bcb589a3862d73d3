import type { Check, Judgement } from "../../model/evidence.ts";
import { unknown } from "../answer.ts";
import { membersExactly } from "./members-exactly.ts";
import { pushFacts } from "./push-evidence.ts";

/**
 * After a push into an empty group the members are those of the accepted requests: nothing of a refused one, and,
 * where the push went past a limit (`pastLimit`), nothing cut off silently either.
 */
export const refusedPushTraceless: Check = {
  name: "refused-push-traceless",
  summary: "The group that was read has exactly the members of those requests of step `push` that succeeded.",
  takes: ["push", "pastLimit?"],
  judge(evidence, given): Judgement {
    const push = pushFacts(evidence.earlier.get(String(given.push)));
    if (push === undefined) return unknown(`step ${String(given.push)} pushed nothing`);
    if (push.statuses.includes(0)) return unknown("a push got no answer, so that its effect is open");
    const wasRefused = push.statuses.some((status) => status >= 300);
    const nothingShown = unknown("no push was refused", { neutral: true });
    if (!wasRefused && given.pastLimit !== true) return nothingShown;
    const members = [...push.acceptedMembers];
    const judgement = membersExactly.judge(evidence, { members, mayOmit: true });
    return judgement.kind === "holds" && !wasRefused ? nothingShown : judgement;
  },
};
