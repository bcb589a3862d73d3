import { type JudgeContext, judge } from "../checks/judge.ts";
import type { Check, Evidence, Judgement } from "../model/evidence.ts";
import type { Judged } from "../model/play.ts";
import type { Expectation, Step } from "../model/scenario.ts";
import { combineAll, type Verdict } from "../model/verdict.ts";
import { fillBody, MissingValue } from "./fill.ts";
import type { Gathered } from "./gathering.ts";
import type { Learned } from "./learned.ts";
import { observationOf, verdictOf } from "./verdict-of.ts";

const LOST_IN_CROWD = "a request that travelled with others got no answer";

/** Makes verdicts of what steps gathered. */
export class Judging {
  readonly #learned: Learned;
  readonly #context: JudgeContext;
  /** What was made of the latest look at a step, so that the last one is not judged a second time. */
  #look: { readonly gathered: Gathered; readonly verdicts: readonly Verdict[] } | undefined;
  /** A write that may not have been made, or made twice, casts its doubt on whatever is read afterwards. */
  #doubt: string | undefined;

  constructor(learned: Learned, checks: ReadonlyMap<string, Check>) {
    this.#learned = learned;
    this.#context = { fill: (template) => fillBody(template, learned.scope), checks };
  }

  /** Whatever follows this write is read with the doubt that it leaves. */
  doubtAfter({ doubt, lostInCrowd }: Gathered): void {
    this.#doubt ??= doubt ?? (lostInCrowd === true ? LOST_IN_CROWD : undefined);
  }

  /** One verdict for each expectation. What a look shows is judged once, however often that is asked. */
  verdictsOf(step: Step, gathered: Gathered): readonly Verdict[] {
    if (this.#look?.gathered !== gathered) {
      const verdicts = step.expect.map((expectation) => this.#verdict(expectation, gathered));
      this.#look = { gathered, verdicts };
    }
    return this.#look.verdicts;
  }

  /** What is shown is that of an earlier look under another account of the time it took. */
  lookedAlike(step: Step, earlier: Gathered, gathered: Gathered): void {
    this.#look = { gathered, verdicts: this.verdictsOf(step, earlier) };
  }

  /** Lets go of the latest look, and of the answers in it. */
  forgetLook(): void {
    this.#look = undefined;
  }

  /** One verdict for each claim of the step, once it is over. */
  judge(step: Step, gathered: Gathered): readonly Judged[] {
    // What the step remembered is known by now, and may be what an expectation was blocked for at the look.
    const atLook = this.#look?.gathered === gathered ? this.#look.verdicts : [];
    const byClaim = new Map<string, Verdict[]>();
    for (const [index, expectation] of step.expect.entries()) {
      const seen = atLook[index];
      const verdict =
        seen === undefined || seen.kind === "skip" ? this.#verdict(expectation, gathered) : seen;
      byClaim.set(expectation.claim, [...(byClaim.get(expectation.claim) ?? []), verdict]);
    }
    return [...byClaim].map(([claim, verdicts]) => ({
      claim,
      step: step.id,
      verdict: combineAll(verdicts),
    }));
  }

  /** An expectation may need a value that its request did not; then it alone is blocked. */
  #verdict(expectation: Expectation, gathered: Gathered): Verdict {
    try {
      const judgement = this.#judgement(expectation, gathered);
      const verdict = verdictOf(judgement, expectation.claim, gathered.doubt ?? this.#doubt);
      return expectation.isOpen === true ? observationOf(verdict) : verdict;
    } catch (problem) {
      if (!(problem instanceof MissingValue)) throw problem;
      return this.#learned.blockedBy(problem);
    }
  }

  #judgement(expectation: Expectation, gathered: Gathered): Judgement {
    const { earlier, values } = this.#learned;
    const evidence: Evidence = { ...gathered, earlier, values };
    const judgement = judge(expectation.matcher, evidence, this.#context);
    if (judgement.kind !== "broken" || gathered.lostInCrowd !== true) return judgement;
    const check = this.#context.checks.get(expectation.matcher.check?.name ?? "");
    return check?.judgesSilence === true ? judgement : { kind: "unknown", why: LOST_IN_CROWD };
  }
}
