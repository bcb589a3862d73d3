import type { Check, Judgement } from "../../model/evidence.ts";
import { unknown } from "../answer.ts";
import { membersExactly } from "./members-exactly.ts";
import { pushFacts, tooSmall } from "./push-evidence.ts";

/** `members-exactly` for a large group: it tells nothing where the size in question was not pushed. */
export const membersAfterPush: Check = {
  name: "members-after-push",
  summary:
    "After step `push`, whose largest request had `size` changes, the group has exactly these members; a read that leaves them out tells nothing.",
  takes: ["push", "size", "members", "plus?", "minus?"],
  judge(evidence, given): Judgement {
    const push = pushFacts(evidence.earlier.get(String(given.push)));
    if (push === undefined) return unknown(`step ${String(given.push)} pushed nothing`);
    const small = tooSmall(push, given.size);
    if (small !== undefined) return unknown(small, { neutral: true });
    return membersExactly.judge(evidence, { ...given, mayOmit: true });
  },
};
