import { type Behaviour, type Level, levelOf, type OktaApp } from "../model/behaviour.ts";
import type { PlayResult } from "../model/play.ts";
import type { BehaviourReport, ByApp, ClaimReport, VerdictPlace } from "../model/report.ts";
import { combine, type Verdict } from "../model/verdict.ts";

/** Why a claim that no played scenario showed was not asked, by claim id. */
export type NotAsked = ReadonlyMap<string, string>;

const FIRM: readonly Level[] = ["must", "should"];
const ORDER: readonly Level[] = ["must", "should", "field", "may"];

/** Puts what all plays showed together, behaviour by behaviour and app by app. */
export function combineBehaviours(
  behaviours: readonly Behaviour[],
  plays: readonly PlayResult[],
  apps: readonly OktaApp[],
  notAsked: NotAsked,
): readonly BehaviourReport[] {
  const places = placesByClaim(plays);
  return behaviours.map((behaviour) => behaviourReport(behaviour, places, apps, notAsked));
}

interface AppPlace extends VerdictPlace {
  readonly app: OktaApp | "both";
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
  allApps: readonly OktaApp[],
  notAsked: NotAsked,
): BehaviourReport {
  const apps = allApps.filter((app) => behaviour.okta === "both" || behaviour.okta === app);
  const claims = behaviour.claims.map((claim): ClaimReport => {
    const seen = places.get(claim.id) ?? [];
    const why = notAsked.get(claim.id) ?? "no scenario that was played asks it";
    return {
      ...claim,
      verdict: combined(seen, why),
      byApp: Object.fromEntries(
        apps.map((app) => [
          app,
          combined(
            seen.filter((place) => isFor(place, app)),
            why,
          ).kind,
        ]),
      ),
    };
  });
  const brokenLevel = ORDER.find((level) =>
    claims.some((claim) => claim.level === level && claim.verdict.kind === "fail"),
  );
  return {
    id: behaviour.id,
    statement: behaviour.statement,
    flow: behaviour.flow,
    citations: behaviour.citations,
    consequence: behaviour.consequence,
    remedy: behaviour.remedy,
    goodAnswer: behaviour.goodAnswer,
    level: levelOf(behaviour),
    okta: behaviour.okta,
    apps,
    verdict: combine(weighty(claims).map((claim) => claim.verdict)),
    ...(brokenLevel === undefined ? {} : { brokenLevel }),
    byApp: verdictsByApp(claims, apps),
    judged: claims.every(({ verdict }) => verdict.kind === "pass" || verdict.kind === "fail"),
    claims,
    places: behaviour.claims
      .flatMap(({ id }) => places.get(id) ?? [])
      .map(({ app: _app, ...place }) => place),
  };
}

function verdictsByApp(claims: readonly ClaimReport[], apps: readonly OktaApp[]): ByApp {
  return Object.fromEntries(
    apps.map((app) => {
      const kinds = weighty(claims).map(({ byApp }) => byApp[app] ?? "skip");
      const strongest = (["fail", "unknown", "pass", "skip"] as const).find((kind) => kinds.includes(kind));
      return [app, strongest ?? "skip"];
    }),
  );
}

// Broken advice beside kept requirements stays visible at its claim, but does not make the behaviour a fail.
function weighty(claims: readonly ClaimReport[]): readonly ClaimReport[] {
  const firm = claims.filter(({ level }) => FIRM.includes(level));
  return firm.length > 0 ? firm : claims;
}

const isFor = (place: AppPlace, app: OktaApp) => place.app === "both" || place.app === app;

function combined(places: readonly AppPlace[], why: string): Verdict {
  return places.length === 0
    ? { kind: "skip", because: "not-chosen", why }
    : combine(places.map(({ verdict }) => verdict));
}
