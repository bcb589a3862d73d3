import { plural } from "../../model/count.ts";
import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { unknown } from "../answer.ts";
import { idsIn, membersExactly } from "./members-exactly.ts";
import { groupLimitMet, pushFacts, tooSmall } from "./push-evidence.ts";
import { objectShown, shownEarlier } from "./shown.ts";

/**
 * `members-exactly` for a large group: it tells nothing where the size in question was not pushed, and only of the
 * accepted members where the server's limit of members ended the push.
 */
export const membersAfterPush: Check = {
  name: "members-after-push",
  summary:
    "After step `push`, whose largest request had `size` changes, the group has exactly these members; a read that leaves them out tells nothing. Open where step `filled` showed no members, so that none could go. Where `asked` names all who were pushed, those of failed requests may be there too: then only the answer was wrong.",
  takes: ["push", "size", "members", "asked?", "filled?"],
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
    if (limit === undefined)
      return given.asked === undefined ? exactly(evidence, given) : union(evidence, given);
    const members = [...push.acceptedMembers];
    const judgement = membersExactly.judge(evidence, { members, mayOmit: true });
    return judgement.kind === "holds" ? unknown(limit, { neutral: true }) : judgement;
  },
};

const exactly = (evidence: Evidence, given: Readonly<Record<string, Json>>) =>
  membersExactly.judge(evidence, { ...given, mayOmit: true });

/** A request that failed and was done all the same spoils no union. */
function union(evidence: Evidence, given: Readonly<Record<string, Json>>): Judgement {
  const accepted = new Set(idsIn(given.members));
  const shown = new Set(idsIn(objectShown(evidence)?.members));
  const beside = idsIn(given.asked).filter((id) => !accepted.has(id) && shown.has(id));
  if (beside.length === 0) return exactly(evidence, given);
  const judgement = exactly(evidence, { members: [...accepted, ...beside] });
  return judgement.kind === "holds"
    ? unknown(
        `${plural(beside.length, "member")} of requests that failed ${beside.length === 1 ? "is" : "are"} there all the same`,
        { neutral: true },
      )
    : judgement;
}
