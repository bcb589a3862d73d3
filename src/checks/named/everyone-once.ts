import { plural } from "../../model/count.ts";
import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { broken, brokenBy, difference, holds, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";
import { CAPPED, cutAfter, NO_WALK, TOTAL_CHANGED, type Walk, walksIn } from "./walks.ts";

/**
 * Only our own people count: others may come and go between two pages. Even ours can be pushed over the edge of
 * a page by somebody else's write that leaves totalResults alone, so a fault has to show in every walk. Where somebody
 * writes all the time it may: whoever pushes ours over an edge has deleted a user whom this walk has seen and the next
 * one does not, so walks that saw different strangers prove nothing.
 */
export const everyoneOnce: Check = {
  name: "everyone-once",
  summary:
    "In each walk of `list-all-pages`, all of `people` (ids or { value }) appear exactly once; `ours` are all of ours.",
  takes: ["people", "ours?"],
  judge(evidence, given): Judgement {
    if (evidence.facts.noDivisor === true) {
      return unknown("no page size divides the number of users", { neutral: true });
    }
    const people = idsIn(given.people);
    if (people.length === 0) return unknown("there is nobody of ours to look for");
    const walks = walksIn(evidence);
    if (walks.length === 0) return unknown(NO_WALK);
    const judgements = walks.map((walk) => judgeWalk(walk, people));
    const faults = judgements.filter((judgement) => judgement.kind === "broken");
    if (faults.length === walks.length) {
      const ours = new Set([...people, ...oursIn(given.ours)]);
      return sawTheSameStrangers(walks, ours) ? (faults[0] ?? holds) : unknown(STRANGERS_CHANGED);
    }
    const open = judgements.find((judgement) => judgement.kind === "unknown");
    if (open !== undefined) return open;
    return faults.length === 0
      ? holds
      : unknown(
          `${faults.length} of ${plural(walks.length, "walk")} missed or doubled somebody; others may have written`,
        );
  },
};

const STRANGERS_CHANGED =
  "somebody was missed or doubled in every walk, but other users came or went meanwhile, which moves people between pages";

const oursIn = (given: Json | undefined): readonly string[] =>
  Array.isArray(given)
    ? (given as readonly Json[]).flatMap((one) => idsIn(Array.isArray(one) ? one : [one]))
    : [];

/** Whether every walk came past the same users besides ours, as it does where nobody else writes. */
function sawTheSameStrangers(walks: readonly Walk[], ours: ReadonlySet<string>): boolean {
  const [first, ...others] = walks.map(({ ids }) => new Set(ids.filter((id) => !ours.has(id))));
  return others.every(
    (strangers) => strangers.size === first?.size && [...strangers].every((id) => first.has(id)),
  );
}

function judgeWalk(walk: Walk, people: readonly string[]): Judgement {
  if (walk.end === "unusable") {
    return broken(difference("page", "a list", walk.problem ?? "something else"));
  }
  const times = new Map(people.map((id) => [id, 0]));
  for (const id of walk.ids) {
    const before = times.get(id);
    if (before !== undefined) times.set(id, before + 1);
  }
  const missing = people.filter((id) => times.get(id) === 0);
  const doubled = people.filter((id) => (times.get(id) ?? 0) > 1);
  if (missing.length === 0 && doubled.length === 0) return holds;
  if (walk.totalChanged) return unknown(TOTAL_CHANGED);
  if (doubled.length > 0)
    return broken(found("each once", "more than once", doubled), ...lost(walk, missing));
  if (walk.end === "cut") return unknown(cutAfter(walk));
  if (walk.cappedAt !== undefined) return unknown(CAPPED);
  return brokenBy(lost(walk, missing));
}

const lost = (walk: Walk, missing: readonly string[]): readonly Difference[] =>
  missing.length === 0 || walk.end === "cut" ? [] : [found("all provisioned users", "missing", missing)];

function found(expected: string, how: string, ids: readonly string[]): Difference {
  const some = ids.slice(0, 5).join(", ");
  return difference("pages", expected, `${ids.length} ${how}: ${some}${ids.length > 5 ? " and others" : ""}`);
}
