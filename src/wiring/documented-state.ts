import { excuseOf } from "../conformance/documented.ts";
import type { DocumentedState } from "../load/compare-state.ts";
import type { DocumentedAnswers } from "../load/documented-answers.ts";
import type { Observable } from "../model/observable.ts";
import { factsAbout, playedObservables, type TargetProfile } from "../model/target.ts";
import { deviationsOf } from "./profile.ts";

/** What a product documents of what it shows and keeps, for whoever compares its state with what it acknowledged. */
export function documentedState(profile: TargetProfile | undefined): DocumentedState {
  if (profile === undefined) return {};
  const all = playedObservables(profile);
  const fact = profile.facts.find(
    ({ grade, observables }) => grade !== "open" && observables.some(showsNoMembers),
  );
  return {
    ...(fact === undefined
      ? {}
      : { noMembersBecause: `${profile.product} documents: ${fact.statement} (${fact.id})` }),
    deactivatedMayBeGone: all.some(removesDeactivated),
    deletedPeopleStay: all.some(
      (one) => one.kind === "delete" && one.resource === "Users" && one.effect !== "gone",
    ),
  };
}

/** The same of what it answers while it is under load. */
export function documentedAnswers(profile: TargetProfile): DocumentedAnswers {
  const deviations = deviationsOf(profile);
  return {
    deactivatedMayBeGone: playedObservables(profile).some(removesDeactivated),
    excuse: (verdict) => excuseOf(verdict, deviations),
  };
}

const removesDeactivated = (one: Observable) => one.kind === "deactivated" && one.leaves.includes("gone");
const showsNoMembers = (one: Observable) =>
  one.kind === "members-shown" && one.in === "read" && !one.shown && one.contrary !== true;

/** What there is to know of a product whose documented rates a load has met. */
export function documentedRates(profile: TargetProfile): string | undefined {
  const rates = factsAbout(profile, isRate);
  if (rates.length === 0) return undefined;
  return `${profile.product} documents its rates (${rates.map(({ id }) => id).join(", ")}): that it refuses what comes faster with 429 is no error of its own.`;
}

const isRate = (one: Observable) =>
  one.kind === "limit" && (one.subject === "requests-per-minute" || one.subject === "requests-per-second");
