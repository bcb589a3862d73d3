import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, notOffered, show, unknown, valueAt } from "../answer.ts";
import { isUnassigned, objectShown, objectsIn, shownEarlier } from "./shown.ts";

/** RFC 7643 4.1.2. `groups` of a user may be left out altogether; where it is shown it has to be true. */
export const groupsFollow: Check = {
  name: "groups-follow",
  summary:
    "The user's `groups` contains the group `in`; or, with `gone`, does not any more although step `before` showed it. Not offered where no groups are shown.",
  takes: ["in?", "gone?", "before?", "left?"],
  judge(evidence, given): Judgement {
    const user = objectShown(evidence);
    if (user === undefined) return unknown("the answer shows no user", { neutral: true });
    const has = (id: unknown) => objectsIn(user.groups).some(({ value }) => String(value) === String(id));
    if (given.gone === undefined) {
      if (isUnassigned(user.groups)) return notOffered("the user is shown without groups");
      return has(given.in)
        ? holds
        : broken(difference("body groups", `the group ${show(given.in)}`, show(user.groups)));
    }
    const step = evidence.earlier.get(String(given.left));
    if (step === undefined || (lastAnswer(step)?.status ?? 500) > 299)
      return unknown("the group was not removed", { neutral: true });
    if (isUnassigned(valueAt(shownEarlier(evidence, given.before), "groups"))) {
      return notOffered("the user is shown without groups");
    }
    return has(given.gone)
      ? broken(difference("body groups", `no group ${show(given.gone)}`, show(user.groups)))
      : holds;
  },
};
