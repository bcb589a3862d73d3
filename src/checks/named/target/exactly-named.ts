import type { Check } from "../../../model/evidence.ts";
import { broken, difference, show, showOutcome } from "../../answer.ts";
import { listIn } from "../listed.ts";
import { objectsIn, textsOf } from "../shown.ts";

/** The names of what a list shows. */
export const exactlyNamed: Check = {
  name: "exactly-named",
  summary: "The list shows resources with exactly these `name`s, in any order.",
  takes: ["names"],
  judge(evidence, { names }) {
    const list = listIn(evidence);
    if (list === undefined) return broken(difference("answer", "a list", showOutcome(evidence)));
    const found = objectsIn(list.Resources).map(({ name }) => String(name));
    const wanted = textsOf(names);
    const same = found.length === wanted.length && wanted.every((name) => found.includes(name));
    return same ? broken() : broken(difference("body Resources", show(wanted), show(found)));
  },
};
