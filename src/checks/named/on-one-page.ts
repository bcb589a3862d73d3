import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, brokenBy, difference, holds, show, unknown } from "../answer.ts";
import { sameJson } from "../value.ts";
import { CAPPED, cutAfter, NO_WALK, TOTAL_CHANGED, type Walk, walksIn } from "./walks.ts";

/**
 * What `list-all-pages` found with `lookFor`. With `ifListed` only what is shown of a listed resource is judged: one
 * on no page leaves the claim open. That it has left the pages is fine where step `listedBy` still found it there. An array in `shows` asks for its elements, in any order, among others.
 */
export const onOnePage: Check = {
  name: "on-one-page",
  summary:
    "The resource that was looked for is on exactly one page of the walk, and `shows` these attributes. With `ifListed`, open where it is on none; fine, though, if step `listedBy` found it on one before.",
  takes: ["shows?", "ifListed?", "listedBy?"],
  judge(evidence, given): Judgement {
    const walk = walksIn(evidence).at(-1);
    if (walk === undefined) return unknown(NO_WALK);
    const found = Array.isArray(evidence.facts.found) ? (evidence.facts.found as readonly Json[]) : [];
    const [resource] = found;
    if (resource === undefined)
      return judgeAbsence(walk, given.ifListed === true, wasListed(evidence, given.listedBy));
    if (found.length > 1) {
      return walk.totalChanged
        ? unknown(TOTAL_CHANGED)
        : broken(difference("pages", "the resource once", `${found.length} times`));
    }
    const wanted = isJsonObject(given.shows) ? Object.entries(given.shows) : [];
    return brokenBy(wanted.flatMap(([name, value]) => differenceOf(name, value, attribute(resource, name))));
  },
};

function judgeAbsence(walk: Walk, ifListed: boolean, hasLeft: boolean): Judgement {
  if (walk.end === "unusable") return broken(difference("page", "a list", walk.problem ?? "something else"));
  if (walk.end === "cut") return unknown(cutAfter(walk));
  if (hasLeft) return holds;
  if (ifListed) return unknown("the resource is on no page, so that nothing is shown of it");
  if (walk.totalChanged) return unknown(TOTAL_CHANGED);
  if (walk.cappedAt !== undefined) return unknown(CAPPED);
  return broken(difference("pages", "the resource on one of them", `not among ${walk.ids.length}`));
}

/** Whether an earlier walk found what it looked for, which was the same resource. */
function wasListed({ earlier }: Evidence, step: Json | undefined): boolean {
  const found = earlier.get(String(step))?.facts.found;
  return Array.isArray(found) && found.length > 0;
}

function attribute(resource: Json, name: string): Json | undefined {
  return isJsonObject(resource) && Object.hasOwn(resource, name) ? resource[name] : undefined;
}

function differenceOf(name: string, wanted: Json, actual: Json | undefined): readonly Difference[] {
  const fits = Array.isArray(wanted)
    ? Array.isArray(actual) &&
      wanted.every((element: Json) => actual.some((other: Json) => has(other, element)))
    : sameJson(actual, wanted);
  return fits ? [] : [difference(`listed ${name}`, show(wanted), show(actual))];
}

function has(actual: Json, wanted: Json): boolean {
  if (!isJsonObject(wanted) || !isJsonObject(actual)) return sameJson(actual, wanted);
  return Object.entries(wanted).every(([key, value]) => sameJson(attribute(actual, key), value));
}
