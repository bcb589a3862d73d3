import type { Check } from "../../../model/evidence.ts";
import { broken, difference, showOutcome, unknown } from "../../answer.ts";
import { objectShown, objectsIn, valueNamed } from "../shown.ts";

/** How many members a group has, or whether it has this one. */
export const hasMembers: Check = {
  name: "has-members",
  summary:
    "The group that is shown has `count` members; with `id`, that one is (`has: false`: is not) among them.",
  takes: ["count?", "id?", "has?"],
  judge(evidence, { count, id, has }) {
    if (count === undefined && id === undefined)
      return unknown("the scenario names neither a count nor a member");
    const group = objectShown(evidence);
    if (group === undefined) return broken(difference("answer", "a group", showOutcome(evidence)));
    const members = objectsIn(valueNamed(group, "members"));
    if (count !== undefined && members.length !== Number(count)) {
      return broken(difference("body members", `${count} of them`, String(members.length)));
    }
    if (id === undefined) return broken();
    const isThere = members.some(({ value }) => value === id);
    const wanted = has !== false;
    if (isThere === wanted) return broken();
    const word = wanted ? "to contain" : "not to contain";
    return broken(difference("body members", `${word} ${String(id)}`, `${members.length} others`));
  },
};
