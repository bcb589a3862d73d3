import type { Check, Judgement } from "../../model/evidence.ts";
import { unknown } from "../answer.ts";
import { idsIn, membersExactly } from "./members-exactly.ts";
import { groupLimitMet, pushFacts, tooSmall } from "./push-evidence.ts";
import { shownEarlier } from "./shown.ts";

/**
 * `members-exactly` for a large group: it tells nothing where the size in question was not pushed, and only of the
 * accepted members where the server's limit of members ended the push.
 */
export const membersAfterPush: Check = {
  name: "members-after-push",
  summary:
    "After step `push`, whose largest request had `size` changes, the group has exactly these members; a read that leaves them out tells nothing. Open where step `filled` showed no members, so that none could go.",
  takes: ["push", "size", "members", "filled?"],
  judge(evidence, given): Judgement {
    const step = evidence.earlier.get(String(given.push));
    const push = pushFacts(step);
    if (push === undefined) return unknown(`step ${String(given.push)} pushed nothing`);
    const small = tooSmall(push, given.size);
    if (small !== undefined) return unknown(small, { neutral: true });
    const filled = given.filled === undefined ? undefined : shownEarlier(evidence, given.filled);
    if (given.filled !== undefined && idsIn(filled?.members).length === 0) {
      return unknown(`step ${String(given.filled)} showed no members that could go`, { neutral: true });
    }
    const limit = groupLimitMet(step, push, given.size);
    if (limit === undefined) return membersExactly.judge(evidence, { ...given, mayOmit: true });
    const members = [...push.acceptedMembers];
    const judgement = membersExactly.judge(evidence, { members, mayOmit: true });
    return judgement.kind === "holds" ? unknown(limit, { neutral: true }) : judgement;
  },
};
