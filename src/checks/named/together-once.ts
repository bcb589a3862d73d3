import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, brokenBy, difference, unknown } from "../answer.ts";
import { differencesOf, idsIn } from "./members-exactly.ts";

/** Whether the groups of a plan took everybody, each in one group. */
export const togetherOnce: Check = {
  name: "together-once",
  summary:
    "The groups of `read-groups` together hold each of `members` exactly once, as step `plan` put them in.",
  takes: ["plan", "members"],
  judge(evidence, given): Judgement {
    const planned = objects(evidence.earlier.get(String(given.plan))?.facts.groups);
    if (planned.length === 0) return unknown("no group was planned");
    const refused = planned.flatMap(refusalOf);
    if (refused.length > 0) return brokenBy(refused);
    const groups = objects(evidence.facts.groups);
    const hidden = groups.find(({ members }) => !Array.isArray(members));
    if (groups.length < planned.length) return unknown("not every group of the plan was read");
    if (hidden !== undefined) return unknown(`the read of group ${String(hidden.id)} shows no members`);
    return broken(...countsOf(planned, groups), ...differencesOf(idsIn(given.members), allIn(evidence)));
  },
};

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];

function refusalOf({ refused }: JsonObject, index: number): readonly Difference[] {
  if (refused === null) return [];
  const actual = refused === 0 ? "no answer" : String(refused);
  return [difference(`group ${index + 1} of the plan`, "every request accepted", actual)];
}

function countsOf(planned: readonly JsonObject[], groups: readonly JsonObject[]): readonly Difference[] {
  return planned.flatMap((plan, index) => {
    const shown = idsIn(groups[index]?.members).length;
    if (shown === plan.planned) return [];
    return [difference(`members of group ${index + 1}`, String(plan.planned), String(shown))];
  });
}

const allIn = ({ facts }: Evidence) => objects(facts.groups).flatMap(({ members }) => idsIn(members));
