import type { Behaviour } from "../model/behaviour.ts";
import type { Check } from "../model/evidence.ts";
import type { Action } from "../model/play.ts";

/** Everything a scenario may name, by name. */
export interface Vocabulary {
  readonly behaviours: ReadonlyMap<string, Behaviour>;
  /** The behaviour of each claim, by claim id. */
  readonly claims: ReadonlyMap<string, Behaviour>;
  readonly checks: ReadonlyMap<string, Check>;
  readonly actions: ReadonlyMap<string, Action>;
}

export function vocabularyOf(
  catalogue: readonly Behaviour[],
  checks: readonly Check[],
  actions: readonly Action[],
): Vocabulary {
  return {
    behaviours: new Map(catalogue.map((behaviour) => [behaviour.id, behaviour])),
    claims: new Map(
      catalogue.flatMap((behaviour) => behaviour.claims.map((claim) => [claim.id, behaviour] as const)),
    ),
    checks: new Map(checks.map((check) => [check.name, check])),
    actions: new Map(actions.map((action) => [action.name, action])),
  };
}
