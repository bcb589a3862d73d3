import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { NO_WALK, walksIn } from "./walks.ts";

/**
 * Compares our own people alone, and only those whom both walks saw: what others write may shift them, but
 * cannot swap them, and who is missing is the affair of `everyone-once`.
 */
export const sameOrder: Check = {
  name: "same-order",
  summary:
    "Two walks of `list-all-pages` show `people` in the same order: the first two of this step, or its first and that of the step `as`.",
  takes: ["people", "as?"],
  judge(evidence, given): Judgement {
    const here = walksIn(evidence);
    const other = given.as === undefined ? undefined : evidence.earlier.get(String(given.as));
    const [one, two] = other === undefined ? here : [walksIn(other)[0], here[0]];
    if (one === undefined || two === undefined) return unknown(NO_WALK);
    const ours = new Set(idsIn(given.people));
    const first = onlyThose(one.ids, ours);
    const second = onlyThose(two.ids, ours);
    const both = new Set(first.filter((id) => second.includes(id)));
    if (both.size < 2) return unknown("the walks have fewer than two of our users in common");
    const before = onlyThose(first, both);
    const after = onlyThose(second, both);
    const place = before.findIndex((id, index) => after[index] !== id);
    if (place === -1) return holds;
    return broken(
      difference(
        "order of the pages",
        `${before[place]} as number ${place + 1} of our users, as in the first walk`,
        String(after[place]),
      ),
    );
  },
};

/** Each of the wanted ids where it is seen first. */
const onlyThose = (ids: readonly string[], wanted: ReadonlySet<string>): readonly string[] => [
  ...new Set(ids.filter((id) => wanted.has(id))),
];
