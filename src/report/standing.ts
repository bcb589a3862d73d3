import type { Level, OktaApp } from "../model/behaviour.ts";
import type { BehaviourReport, ClaimReport } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { expandApps } from "./wording.ts";

/**
 * What a behaviour's verdict amounts to for a reader, in the order of its weight.
 * - `must-broken`, `should-broken`, `advice`: the strongest claim that is broken decides, not the behaviour's level
 * - `documented`: broken, as the product's own documentation says it would be
 * - `known`: broken, and everything that is broken is a known deviation of the team's list
 * - `must-unknown`: a `must` was asked and could not be told
 * - `unknown`: so was something weaker, or it was expected to stay open
 */
export type Standing =
  | "must-broken"
  | "should-broken"
  | "advice"
  | "documented"
  | "known"
  | "must-unknown"
  | "unknown"
  | "pass"
  | "skip";

const LEVELS: readonly Level[] = ["must", "should", "field", "may"];

const STANDING_OF_BROKEN: Readonly<Record<Level, Standing>> = {
  must: "must-broken",
  should: "should-broken",
  field: "advice",
  may: "advice",
};

export function standingOf(behaviour: BehaviourReport): Standing {
  switch (behaviour.verdict.kind) {
    case "pass":
      return "pass";
    case "skip":
      return "skip";
    case "unknown":
      return isOpenMust(behaviour) ? "must-unknown" : "unknown";
    case "fail":
      return standingOfBroken(behaviour);
  }
}

function standingOfBroken(behaviour: BehaviourReport): Standing {
  if (documentedBy(behaviour) !== undefined) return "documented";
  const counted = brokenClaims(behaviour).filter((claim) => !isKnown(claim));
  const firm = counted.filter(({ level }) => level === "must" || level === "should");
  if (behaviour.known !== undefined && firm.length === 0) return "known";
  const levels = counted
    .filter((claim) => documentedText(claim.verdict) === undefined)
    .map((claim) => claim.level);
  return STANDING_OF_BROKEN[LEVELS.find((level) => levels.includes(level)) ?? behaviour.level];
}

/** Whether it is a known deviation under every kind of app that it is broken under. */
function isKnown({ byApp, knownFor = [] }: ClaimReport): boolean {
  const broken = (["aiw", "oin"] as const).filter((app) => byApp[app] === "fail");
  return broken.length > 0 && broken.every((app) => knownFor.includes(app));
}

/** Why the product's documentation says that this is broken; undefined when some of it is not documented. */
export function documentedBy(behaviour: BehaviourReport): string | undefined {
  const whole = documentedText(behaviour.verdict);
  if (whole !== undefined) return whole;
  const texts = brokenClaims(behaviour).map((claim) => documentedText(claim.verdict));
  return texts.every((text) => text !== undefined) ? texts[0] : undefined;
}

function documentedText(verdict: Verdict): string | undefined {
  return verdict.kind === "fail" ? verdict.documented : undefined;
}

export function brokenClaims(behaviour: BehaviourReport): readonly ClaimReport[] {
  return behaviour.claims.filter((claim) => claim.verdict.kind === "fail");
}

/** Whether a `must` of it was asked and could not be told, even where something weaker is broken. */
export function isOpenMust(behaviour: BehaviourReport): boolean {
  const unknown = behaviour.claims.filter((claim) => claim.verdict.kind === "unknown");
  if (unknown.length === 0) return isOpen(behaviour.verdict) && behaviour.level === "must";
  return unknown.some((claim) => claim.level === "must" && isOpen(claim.verdict));
}

const isOpen = (verdict: Verdict) => verdict.kind === "unknown" && verdict.neutral !== true;

/** Broken claims that are advice. They stay worth reading where the behaviour itself is no fail. */
export function brokenAdvice(behaviour: BehaviourReport): readonly ClaimReport[] {
  return brokenClaims(behaviour).filter(({ level }) => level === "field" || level === "may");
}

/** Whether it has advice to give and is not among the failures, where all of its broken claims are shown. */
export function isAdviceOnly(behaviour: BehaviourReport): boolean {
  const shown: readonly Standing[] = ["must-broken", "should-broken", "documented", "known"];
  return brokenAdvice(behaviour).length > 0 && !shown.includes(standingOf(behaviour));
}

/** The kinds of app for which it is broken, when that is not all for which it was judged. */
export function brokenForOnly({ byApp }: BehaviourReport): readonly OktaApp[] {
  const judged = (["aiw", "oin"] as const).filter((app) => byApp[app] !== undefined);
  const broken = judged.filter((app) => byApp[app] === "fail");
  return broken.length < judged.length ? broken : [];
}

/** The kinds of app a behaviour was judged under, or belongs to when it was not judged. */
export function appsOf(behaviour: BehaviourReport): readonly OktaApp[] {
  return behaviour.apps.length > 0 ? behaviour.apps : expandApps(behaviour.okta);
}
