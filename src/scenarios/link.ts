import { didYouMean, expectedOneOf } from "../decode/index.ts";
import type { Behaviour, OktaApps } from "../model/behaviour.ts";
import type { Problem } from "../model/problem.ts";
import type { Expectation, Scenario, Step } from "../model/scenario.ts";
import type { Draft } from "./decode-scenario.ts";
import { namedProblems } from "./link-names.ts";
import { repeatableProblems } from "./link-repeatable.ts";
import { slotProblems } from "./link-slots.ts";
import { isWritingMethod } from "./step.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Linked {
  readonly scenario: Scenario;
  readonly problems: readonly Problem[];
}

/** Finds every name a draft uses, gives every expectation its full claim id, and derives what the steps tell. */
export function link(draft: Draft, vocabulary: Vocabulary): Linked {
  const { scenario } = draft;
  const problems: Problem[] = [
    ...duplicateSteps(scenario),
    ...slotProblems(draft),
    ...namedProblems(draft, vocabulary),
    ...repeatableProblems(draft),
  ];
  const steps = scenario.steps.map((step): Step => {
    const expect = step.expect.map((expectation) => {
      // The claim of whichever fact the scenario is played for.
      if (expectation.claim === "fact" && scenario.judges !== undefined) return expectation;
      const claim = fullClaim(expectation, scenario.oktaApp, vocabulary);
      if (typeof claim === "string") return { ...expectation, claim };
      problems.push(claim);
      return expectation;
    });
    if (step.kind === "send") return { ...step, expect };
    const reads = vocabulary.actions.get(step.action)?.reads ?? true;
    return { ...step, expect, settles: step.settles && reads };
  });
  return {
    scenario: { ...scenario, steps, writes: steps.some((step) => writes(step, vocabulary)) },
    problems,
  };
}

function writes(step: Step, { actions }: Vocabulary): boolean {
  return step.kind === "send" ? isWritingMethod(step.method) : actions.get(step.action)?.reads === false;
}

function duplicateSteps({ steps }: Scenario): readonly Problem[] {
  const first = new Map<string, Step>();
  return steps.flatMap((step) => {
    const known = first.get(step.id);
    first.set(step.id, known ?? step);
    if (known === undefined) return [];
    const what = `The step id \`${step.id}\` was given before, on line ${known.place.line ?? "?"}.`;
    return [{ place: step.place, what, next: "Give each step an id of its own." }];
  });
}

/** The id of the claim that an expectation means, or why it means none. */
function fullClaim(
  { claim, place }: Expectation,
  app: OktaApps,
  { behaviours, claims }: Vocabulary,
): string | Problem {
  const behaviour = behaviours.get(claim) ?? claims.get(claim);
  if (behaviour === undefined) return unknownClaim({ claim, place }, behaviours);
  if (behaviour.notJudged !== undefined) {
    const next = `The catalogue says why it cannot be judged: ${behaviour.notJudged}`;
    return { place, what: `\`${behaviour.id}\` is not judged.`, next };
  }
  if (!shareAnApp(behaviour.okta, app)) {
    const what = `\`${behaviour.id}\` is about ${behaviour.okta.toUpperCase()} apps, and this scenario plays ${app.toUpperCase()}.`;
    return { place, what, next: "Expect it in a scenario of that kind of app." };
  }
  if (claims.has(claim)) return claim;
  const [only, ...others] = behaviour.claims;
  if (only !== undefined && others.length === 0) return only.id;
  const ids = behaviour.claims.map(({ id }) => id);
  return { place, what: `\`${claim}\` has ${ids.length} claims.`, next: expectedOneOf(ids) };
}

/** Whether a behaviour and a scenario have a kind of Okta app in common. */
export function shareAnApp(one: OktaApps, other: OktaApps): boolean {
  return one === "both" || other === "both" || one === other;
}

function unknownClaim(
  { claim, place }: Pick<Expectation, "claim" | "place">,
  behaviours: ReadonlyMap<string, Behaviour>,
): Problem {
  const owner = behaviours.get(claim.slice(0, Math.max(0, claim.lastIndexOf("."))));
  if (owner !== undefined) {
    const next = didYouMean(
      claim,
      owner.claims.map(({ id }) => id),
    );
    return { place, what: `\`${owner.id}\` has no claim \`${claim.slice(owner.id.length + 1)}\`.`, next };
  }
  const wanted = claim.includes(".") ? claim.slice(0, claim.indexOf(".")) : claim;
  const meant = didYouMean(wanted, behaviours.keys());
  const next = meant.startsWith("Did") ? meant : "`scim-check list behaviours` prints those there are.";
  return { place, what: `There is no behaviour \`${wanted}\`.`, next };
}
