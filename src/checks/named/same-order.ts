import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, holds, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { NO_WALK, walksIn } from "./walks.ts";

/**
 * Compares our own people, and only those whom both walks saw: what others write may shift them, but cannot swap
 * them, and who is missing is the affair of `everyone-once`. Where a cut walk saw too few of ours, strangers who
 * kept their order are as good; strangers who did not prove nothing.
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
    const [before, after] = inBoth(onlyThose(one.ids, ours), onlyThose(two.ids, ours));
    if (before.length < 2) return judgeStrangers(...inBoth(one.ids, two.ids));
    const place = firstSwap(before, after);
    if (place === -1) return isDoubled(one.ids, ours) || isDoubled(two.ids, ours) ? unknown(DOUBLED) : holds;
    return broken(
      difference(
        "order of the pages",
        `${before[place]} as number ${place + 1} of our users, as in the first walk`,
        String(after[place]),
      ),
    );
  },
};

const DOUBLED = "somebody is on more than one page, so that the pages have no order to compare";

/** A server that sends the same page again and again repeats itself in the same order. */
const isDoubled = (ids: readonly string[], ours: ReadonlySet<string>) => {
  const shown = ids.filter((id) => ours.has(id));
  return new Set(shown).size < shown.length;
};

function judgeStrangers(before: readonly string[], after: readonly string[]): Judgement {
  if (before.length < 2) return unknown("the walks have fewer than two users in common");
  return firstSwap(before, after) === -1
    ? holds
    : unknown("the walks saw fewer than two of our users, and others may have moved those they did see");
}

const firstSwap = (before: readonly string[], after: readonly string[]) =>
  before.findIndex((id, index) => after[index] !== id);

function inBoth(
  one: readonly string[],
  two: readonly string[],
): readonly [before: readonly string[], after: readonly string[]] {
  return [onlyThose(one, new Set(two)), onlyThose(two, new Set(one))];
}

/** Each of the wanted ids where it is seen first. */
const onlyThose = (ids: readonly string[], wanted: ReadonlySet<string>): readonly string[] => [
  ...new Set(ids.filter((id) => wanted.has(id))),
];
