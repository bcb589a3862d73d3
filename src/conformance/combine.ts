import { type Behaviour, type Level, levelOf, type OktaApp, type OktaApps } from "../model/behaviour.ts";
import type { PlayResult } from "../model/play.ts";
import type { BehaviourReport, ClaimReport, VerdictPlace } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import { combine, type Verdict } from "../model/verdict.ts";

/** A scenario that was not played. */
export interface NotPlayed {
  readonly scenario: Scenario;
  readonly why: string;
  /** `blocked` when it was meant to be played and could not be. */
  readonly because: "not-chosen" | "blocked";
}

const FIRM: readonly Level[] = ["must", "should"];
const ORDER: readonly Level[] = ["must", "should", "field", "may"];

/** Puts what all plays showed together, behaviour by behaviour and app by app. */
export function combineBehaviours(
  behaviours: readonly Behaviour[],
  plays: readonly PlayResult[],
  apps: readonly OktaApp[],
  notPlayed: readonly NotPlayed[],
): readonly BehaviourReport[] {
  const places = placesByClaim(plays);
  const skips = skipsByClaim(notPlayed);
  return behaviours.map((behaviour) => behaviourReport(behaviour, places, skips, apps));
}

interface ForApp {
  readonly app: OktaApps;
  readonly verdict: Verdict;
}

interface AppPlace extends VerdictPlace, ForApp {}

/** What would have shown a claim, had it been played. */
function skipsByClaim(notPlayed: readonly NotPlayed[]): ReadonlyMap<string, readonly ForApp[]> {
  const skips = new Map<string, ForApp[]>();
  for (const { scenario, why, because } of notPlayed) {
    const claims = new Set(scenario.steps.flatMap(({ expect }) => expect.map(({ claim }) => claim)));
    for (const claim of claims) {
      const list = skips.get(claim) ?? [];
      list.push({ app: scenario.oktaApp, verdict: { kind: "skip", because, why } });
      skips.set(claim, list);
    }
  }
  return skips;
}

function placesByClaim(plays: readonly PlayResult[]): ReadonlyMap<string, readonly AppPlace[]> {
  const places = new Map<string, AppPlace[]>();
  for (const { scenario, oktaApp, judged } of plays) {
    for (const { claim, step, verdict } of judged) {
      const list = places.get(claim) ?? [];
      list.push({ scenario, step, claim, verdict, app: oktaApp });
      places.set(claim, list);
    }
  }
  return places;
}

function behaviourReport(
  behaviour: Behaviour,
  places: ReadonlyMap<string, readonly AppPlace[]>,
  skips: ReadonlyMap<string, readonly ForApp[]>,
  allApps: readonly OktaApp[],
): BehaviourReport {
  const apps = allApps.filter((app) => behaviour.okta === "both" || behaviour.okta === app);
  const verdictsFor = new Map<OktaApp, Map<string, Verdict>>(apps.map((app) => [app, new Map()]));
  const claims = behaviour.claims.map((claim): ClaimReport => {
    const seen = [...(places.get(claim.id) ?? []), ...(skips.get(claim.id) ?? [])];
    const byApp = apps.map((app) => [app, combined(seen.filter((place) => isFor(place, app)))] as const);
    for (const [app, verdict] of byApp) verdictsFor.get(app)?.set(claim.id, verdict);
    const openFor = byApp.filter(([, verdict]) => isOpen(verdict)).map(([app]) => app);
    return {
      ...claim,
      verdict: combined(seen),
      byApp: Object.fromEntries(byApp.map(([app, { kind }]) => [app, kind])),
      ...(openFor.length === 0 ? {} : { openFor }),
    };
  });
  const brokenLevel = ORDER.find((level) =>
    claims.some((claim) => claim.level === level && claim.verdict.kind === "fail"),
  );
  return {
    id: behaviour.id,
    standard: behaviour.standard,
    harm: behaviour.harm,
    ...(behaviour.harmIfRefused === undefined ? {} : { harmIfRefused: behaviour.harmIfRefused }),
    statement: behaviour.statement,
    flow: behaviour.flow,
    citations: behaviour.citations,
    consequence: behaviour.consequence,
    remedy: behaviour.remedy,
    goodAnswer: behaviour.goodAnswer,
    ...(behaviour.sides === undefined ? {} : { sides: behaviour.sides }),
    level: levelOf(behaviour),
    okta: behaviour.okta,
    apps,
    verdict: combineClaims(weighty(claims).map(({ verdict }) => verdict)),
    ...(brokenLevel === undefined ? {} : { brokenLevel }),
    byApp: Object.fromEntries(
      apps.map((app) => {
        const verdicts = weighty(claims).flatMap(({ id }) => verdictsFor.get(app)?.get(id) ?? []);
        return [app, combineClaims(verdicts).kind];
      }),
    ),
    judged: claims.every(({ verdict }) => verdict.kind === "pass" || verdict.kind === "fail"),
    claims,
    places: behaviour.claims
      .flatMap(({ id }) => places.get(id) ?? [])
      .map(({ app: _app, ...place }) => place),
  };
}

/**
 * Claims are parts of one behaviour, not places where it was seen: one that could not be told leaves the whole open,
 * even where the others hold.
 */
function combineClaims(verdicts: readonly Verdict[]): Verdict {
  const combined = combine(verdicts);
  if (combined.kind !== "pass") return combined;
  for (const verdict of verdicts) {
    if (verdict.kind === "unknown") return verdict;
    if (verdict.kind === "skip" && verdict.because === "blocked") {
      return { kind: "unknown", why: `a part of it was blocked: ${verdict.why}` };
    }
  }
  return combined;
}

// Broken advice beside kept requirements stays visible at its claim, but does not make the behaviour a fail.
function weighty(claims: readonly ClaimReport[]): readonly ClaimReport[] {
  const firm = claims.filter(({ level }) => FIRM.includes(level));
  return firm.length > 0 ? firm : claims;
}

const isFor = (place: ForApp, app: OktaApp) => place.app === "both" || place.app === app;

// A claim that was blocked was asked for and could not be told; one that nobody chose was not asked.
function isOpen(verdict: Verdict): boolean {
  if (verdict.kind === "unknown") return verdict.neutral !== true;
  return verdict.kind === "skip" && verdict.because === "blocked";
}

function combined(places: readonly ForApp[]): Verdict {
  return places.length === 0
    ? { kind: "skip", because: "not-chosen", why: "no scenario that was played asks it" }
    : combine(places.map(({ verdict }) => verdict));
}
