import { judge } from "../../checks/judge.ts";
import { fillBody, MissingValue } from "../../engine/fill.ts";
import { verdictOf } from "../../engine/verdict-of.ts";
import type { Check, Evidence } from "../../model/evidence.ts";
import type { BodyTemplate } from "../../model/scenario.ts";
import type { CompiledStep } from "../compile/compiled.ts";
import type { Observer } from "../plays.ts";
import type { WireAnswer } from "../wire/wire.ts";
import type { PlayRequest } from "./play-request.ts";

/** The quick look did not say yes: the judge of conformance has the last word about each claim. */
export function judgeAnswer(
  step: CompiledStep,
  answer: WireAnswer,
  request: PlayRequest,
  observer: Observer,
  doubt: string | undefined,
): void {
  if (step.claims.length === 0) return;
  const exchange = answer.toExchange(request.request());
  const evidence: Evidence = {
    step: step.step.id,
    exchanges: [exchange],
    facts: {},
    earlier: new Map(),
    values: new Map(),
  };
  const context = {
    fill: (template: BodyTemplate) => fillBody(template, request.scope()),
    checks: NO_CHECKS,
  };
  for (const { claim, matcher } of step.claims) {
    try {
      const verdict = verdictOf(judge(matcher, evidence, context), claim, doubt);
      if (verdict.kind !== "fail") continue;
      if (observer.broken(step.operation, claim, verdict)) observer.shown(step.operation, claim, exchange);
    } catch (problem) {
      if (!(problem instanceof MissingValue)) throw problem;
    }
  }
}

const NO_CHECKS: ReadonlyMap<string, Check> = new Map();
