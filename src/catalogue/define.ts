import type { Behaviour, Claim, Flow, Level, OktaApps, ProtocolVersion } from "../model/behaviour.ts";
import type { Citation } from "../model/citation.ts";
import { harmOf } from "./harm.ts";

/** One claim as the catalogue's files write it: its level and its sentence. */
export interface ClaimText {
  readonly level: Level;
  readonly text: string;
  readonly oktaTest?: string;
}

const claimOf = (level: Level) => (text: string, oktaTest?: string) =>
  oktaTest === undefined ? { level, text } : { level, text, oktaTest };

export const must: (text: string, oktaTest?: string) => ClaimText = claimOf("must");
export const should: (text: string, oktaTest?: string) => ClaimText = claimOf("should");
export const field: (text: string, oktaTest?: string) => ClaimText = claimOf("field");
export const may: (text: string, oktaTest?: string) => ClaimText = claimOf("may");

export interface BehaviourText {
  readonly statement: string;
  readonly flow: Flow;
  readonly okta?: OktaApps;
  readonly versions?: readonly ProtocolVersion[];
  /** Claims by the last part of their id, in reading order. Empty only when `notJudged` says why. */
  readonly claims: Readonly<Record<string, ClaimText>>;
  readonly cites: readonly Citation[];
  readonly request: string;
  readonly goodAnswer: string;
  readonly consequence: string;
  readonly remedy: string;
  readonly notJudged?: string;
}

/** Gives a behaviour and its claims their ids. Both kinds of app and SCIM 2.0 are meant unless said otherwise. */
export function define(id: string, text: BehaviourText): Behaviour {
  const claims: Claim[] = Object.entries(text.claims).map(([name, claim]) => ({
    id: `${id}.${name}`,
    ...claim,
  }));
  return {
    id,
    standard: id.startsWith("OKTA-") ? "okta" : "rfc",
    statement: text.statement,
    harm: harmOf(id),
    flow: text.flow,
    okta: text.okta ?? "both",
    versions: text.versions ?? ["2.0"],
    claims,
    citations: text.cites,
    request: text.request,
    goodAnswer: text.goodAnswer,
    consequence: text.consequence,
    remedy: text.remedy,
    ...(text.notJudged === undefined ? {} : { notJudged: text.notJudged }),
  };
}
