import type { Behaviour, Claim, Flow, Level, OktaApps, ProtocolVersion } from "../model/behaviour.ts";
import type { Citation } from "../model/citation.ts";
import { disagreementsOf } from "./disagreements.ts";
import { harmIfRefused, harmOf } from "./harm.ts";
import { oktaTestOf } from "./okta-tests.ts";

/** One claim as the catalogue's files write it: its level and its sentence. */
export interface ClaimText {
  readonly level: Level;
  readonly text: string;
}

const claimOf = (level: Level) => (text: string) => ({ level, text });

export const must: (text: string) => ClaimText = claimOf("must");
export const should: (text: string) => ClaimText = claimOf("should");
export const field: (text: string) => ClaimText = claimOf("field");
export const may: (text: string) => ClaimText = claimOf("may");

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

function sidesOf(claims: readonly Claim[]): Pick<Behaviour, "sides"> {
  const found = disagreementsOf(claims.map(({ id }) => id));
  if (found.length === 0) return {};
  return { sides: found.map(({ about, okta, rfc }) => ({ about, okta: okta.says, rfc: rfc.says })) };
}

/** Gives a behaviour and its claims their ids. Both kinds of app and SCIM 2.0 are meant unless said otherwise. */
export function define(id: string, text: BehaviourText): Behaviour {
  const claims = Object.entries(text.claims).map(([name, claim]): Claim => {
    const oktaTest = oktaTestOf(`${id}.${name}`);
    return { id: `${id}.${name}`, ...claim, ...(oktaTest === undefined ? {} : { oktaTest }) };
  });
  return {
    id,
    standard: id.startsWith("OKTA-") ? "okta" : "rfc",
    statement: text.statement,
    harm: harmOf(id),
    ...harmIfRefused(id),
    flow: text.flow,
    okta: text.okta ?? "both",
    versions: text.versions ?? ["2.0"],
    claims,
    citations: text.cites,
    request: text.request,
    goodAnswer: text.goodAnswer,
    consequence: text.consequence,
    remedy: text.remedy,
    ...sidesOf(claims),
    ...(text.notJudged === undefined ? {} : { notJudged: text.notJudged }),
  };
}
