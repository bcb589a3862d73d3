import type { Check } from "../../../model/evidence.ts";
import { broken, difference, show, showOutcome } from "../../answer.ts";
import { objectShown, objectsIn, textsOf, valueNamed } from "../shown.ts";

/** What became of a change of a group's members, seen in the group afterwards. */
export const memberChangeTook: Check = {
  name: "member-change-took",
  summary:
    "The members of the group are exactly `after` when the `effect` is applied, and `before` otherwise.",
  takes: ["effect", "before", "after"],
  judge(evidence, { effect, before, after }) {
    const group = objectShown(evidence);
    if (group === undefined) return broken(difference("answer", "a group", showOutcome(evidence)));
    const found = objectsIn(valueNamed(group, "members")).map(({ value }) => String(value));
    const wanted = textsOf(effect === "applied" ? after : before);
    const same = found.length === wanted.length && wanted.every((id) => found.includes(id));
    return same ? broken() : broken(difference("body members", show(wanted), show(found)));
  },
};
