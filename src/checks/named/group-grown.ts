import { plural } from "../../model/count.ts";
import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, lastAnswer, showOutcome, unknown } from "../answer.ts";
import { idsIn, membersExactly } from "./members-exactly.ts";

/** Below this a group is not one that servers page or cut. */
const LARGE = 100;

/**
 * Whether a group that was filled before keeps everybody when one more is added. A server whose limit is reached
 * may refuse the add, which shows nothing as long as the others are still there.
 */
export const groupGrown: Check = {
  name: "group-grown",
  summary:
    "After step `add` put `newcomer` into a group of more than 100, it has the members of `before` and the newcomer.",
  takes: ["add", "before", "newcomer"],
  judge(evidence, given): Judgement {
    const before = [...idsIn(given.before)];
    if (before.length < LARGE) {
      return unknown(
        `the group had ${plural(before.length, "member")}, which is not large (see --large-group)`,
        {
          neutral: true,
        },
      );
    }
    const add = evidence.earlier.get(String(given.add));
    const status = add === undefined ? undefined : lastAnswer(add)?.status;
    if (add === undefined || status === undefined) return unknown("the add got no answer");
    if (status < 300) {
      const members = [...before, ...idsIn(given.newcomer)];
      return membersExactly.judge(evidence, { members, mayOmit: true });
    }
    // What was refused and done all the same loses nobody: then the answer is what is wrong.
    const kept = membersExactly.judge(evidence, { members: before, mayOmit: true });
    const all = [...before, ...idsIn(given.newcomer)];
    const isGrown = membersExactly.judge(evidence, { members: all, mayOmit: true }).kind === "holds";
    if (kept.kind !== "holds" && !isGrown) return kept;
    return kept.kind === "holds" && (status === 400 || status === 413)
      ? unknown(`the group takes nobody more (${status})`, { neutral: true })
      : broken(difference("status of the add", "200 or 204", showOutcome(add)));
  },
};
