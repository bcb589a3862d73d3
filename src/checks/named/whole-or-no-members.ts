import type { Check, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, difference, holds, lastAnswer, parsedBody, showOutcome, unknown } from "../answer.ts";
import { idsIn } from "./members-exactly.ts";

/**
 * A large group may be shown with its whole membership or with none, but not with a part that looks like the
 * whole. In a list the group is found by its id, because a server may ignore the filter.
 */
export const wholeOrNoMembers: Check = {
  name: "whole-or-no-members",
  summary:
    "The group (or the one with id `group` in a list) is shown with all of `members`, or with none at all.",
  takes: ["members", "group"],
  judge(evidence, given): Judgement {
    const answer = lastAnswer(evidence);
    const body = answer?.status === 200 ? parsedBody(answer) : undefined;
    if (body === undefined) return unknown(`the group was not shown: ${showOutcome(evidence)}`);
    const group = body.ok ? groupIn(body.value, String(given.group)) : undefined;
    if (group === undefined) return broken(difference("body", "the group", "no group with its id"));
    const shown = new Set(idsIn(group.members));
    const wanted = idsIn(given.members);
    const missing = wanted.filter((id) => !shown.has(id));
    if (shown.size === 0 || missing.length === 0) return holds;
    return broken(
      difference("members", `all ${wanted.length}, or none`, `${shown.size}, with ${missing.length} missing`),
    );
  },
};

function groupIn(value: Json, id: string): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const listed = Array.isArray(value.Resources) ? (value.Resources as readonly Json[]) : [value];
  return listed.filter(isJsonObject).find((resource) => String(resource.id) === id);
}
