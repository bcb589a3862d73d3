import type { Behaviour, OktaApp } from "../model/behaviour.ts";
import type { KnownDeviation, KnownReport, KnownState } from "../model/known-deviation.ts";
import type { Problem } from "../model/problem.ts";
import type { BehaviourReport, ClaimReport } from "../model/report.ts";
import { matches } from "./pattern.ts";

/** Everything the list names that does not exist. A list that is only nearly right would hide what it does not mean. */
export function unknownNames(
  known: readonly KnownDeviation[],
  catalogue: readonly Behaviour[],
): readonly Problem[] {
  return known.flatMap(({ behaviour, claim, place }): readonly Problem[] => {
    const named = catalogue.filter(({ id }) => matches(id, behaviour));
    if (named.length === 0) {
      const what = `No behaviour has the id ${JSON.stringify(behaviour)}.`;
      return [{ place, what, next: "See `scim-check list`." }];
    }
    const claims = named.flatMap((one) => one.claims.map(({ id }) => id));
    if (claim === undefined || claims.includes(claim)) return [];
    const what = `${JSON.stringify(claim)} is no claim of ${behaviour}.`;
    return [{ place, what, next: `Expected one of ${claims.slice(0, 10).join(", ")}.` }];
  });
}

export interface KnownApplied {
  /** With what is known marked on their broken claims. */
  readonly behaviours: readonly BehaviourReport[];
  readonly known: readonly KnownReport[];
}

/**
 * Holds the list against what a run saw. The verdicts stay what they are; what is known says why, until when, and
 * for which kinds of app it does not count.
 * @param today the day of the run, as `2026-12-31`
 */
export function applyKnown(
  behaviours: readonly BehaviourReport[],
  known: readonly KnownDeviation[],
  catalogue: readonly Behaviour[],
  today: string,
): KnownApplied {
  const isValid = ({ until }: KnownDeviation) => until === undefined || until >= today;
  const marked = behaviours.map((behaviour) => {
    const covering = known.filter((one) => matches(behaviour.id, one.behaviour));
    return covering.length === 0 ? behaviour : withKnown(behaviour, covering.filter(isValid));
  });
  return {
    behaviours: marked,
    known: known.map((one): KnownReport => {
      const covered = behaviours.filter(({ id }) => matches(id, one.behaviour));
      const meant = catalogue.filter(
        ({ id, notJudged }) => notJudged === undefined && matches(id, one.behaviour),
      );
      const state = stateOf(one, covered, {
        isWhole: covered.length === meant.length,
        isValid: isValid(one),
      });
      return { ...one, state, behaviours: covered.map(({ id }) => id) };
    }),
  };
}

function withKnown(behaviour: BehaviourReport, known: readonly KnownDeviation[]): BehaviourReport {
  const reasons = new Set<KnownDeviation>();
  const claims = behaviour.claims.map((claim): ClaimReport => {
    const apps = behaviour.apps.filter((app) => {
      const reason = known.find((one) => covers(one, claim, app));
      if (reason === undefined || claim.byApp[app] !== "fail") return false;
      reasons.add(reason);
      return true;
    });
    return apps.length === 0 ? claim : { ...claim, knownFor: apps };
  });
  if (reasons.size === 0) return behaviour;
  const reasonOf = ({ why, until, link }: KnownDeviation) => ({
    why,
    ...(until === undefined ? {} : { until }),
    ...(link === undefined ? {} : { link }),
  });
  return { ...behaviour, claims, known: [...reasons].map(reasonOf) };
}

const covers = ({ claim, oktaApp }: KnownDeviation, one: ClaimReport, app: OktaApp) =>
  (claim === undefined || claim === one.id) && (oktaApp === undefined || oktaApp === app);

interface Circumstances {
  /** Whether the run reports on everything that the entry is about. */
  readonly isWhole: boolean;
  readonly isValid: boolean;
}

function stateOf(
  one: KnownDeviation,
  covered: readonly BehaviourReport[],
  { isWhole, isValid }: Circumstances,
): KnownState {
  const claims = covered.flatMap((behaviour) =>
    behaviour.claims
      .filter(({ id }) => one.claim === undefined || one.claim === id)
      .map((claim) => ({ behaviour, claim })),
  );
  // One that is kept may go, whether or not its day has come.
  const isKept = isWhole && claims.length > 0;
  if (isKept && claims.every(({ behaviour, claim }) => keeps(one, behaviour, claim))) return "mended";
  if (!isValid) return "expired";
  const isBroken = claims.some(({ behaviour, claim }) =>
    behaviour.apps.some((app) => covers(one, claim, app) && claim.byApp[app] === "fail"),
  );
  return isBroken ? "deviates" : "not-judged";
}

/** Kept wherever it is asked, and asked under every kind of app that the entry may have been about. */
function keeps(one: KnownDeviation, { okta, apps }: BehaviourReport, claim: ClaimReport): boolean {
  const meant = one.oktaApp !== undefined ? [one.oktaApp] : okta === "both" ? BOTH : [okta];
  const relevant = meant.filter((app) => okta === "both" || okta === app);
  if (!relevant.every((app) => apps.includes(app))) return false;
  if (relevant.some((app) => claim.openFor?.includes(app) === true)) return false;
  const verdicts = relevant.map((app) => claim.byApp[app]);
  return verdicts.includes("pass") && verdicts.every((kind) => kind === "pass" || kind === "skip");
}

const BOTH: readonly OktaApp[] = ["aiw", "oin"];
