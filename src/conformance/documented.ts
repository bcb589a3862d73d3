import type { BehaviourReport, ClaimReport } from "../model/report.ts";
import type { Finding, Verdict } from "../model/verdict.ts";

/** A claim that the product breaks by its own documentation. */
export interface DocumentedDeviation {
  readonly claim: string;
  /** Only findings whose `where` begins so; all when absent. */
  readonly at?: string;
  /** The fact that says so, for example `TFE-62`. */
  readonly fact: string;
  /** The sentence and where it stands. */
  readonly text: string;
}

/**
 * Marks the failures that the product documents, and what cannot be told for the same reason: without a documented
 * PUT nobody can say what it stores. That stays open and weighs nothing. A fail stays a fail: it is told apart and not counted. What a fact
 * says excuses nothing when this very run saw that the fact does not hold.
 */
export function markDocumented(
  behaviours: readonly BehaviourReport[],
  deviations: readonly DocumentedDeviation[],
): readonly BehaviourReport[] {
  if (deviations.length === 0) return behaviours;
  const broken = new Set(
    behaviours
      .filter(({ standard, verdict }) => standard === "target" && verdict.kind === "fail")
      .map(({ id }) => id),
  );
  const valid = deviations.filter(({ fact }) => !broken.has(fact));
  return behaviours.map((behaviour) =>
    behaviour.standard === "target" ? behaviour : marked(behaviour, valid),
  );
}

function marked(behaviour: BehaviourReport, deviations: readonly DocumentedDeviation[]): BehaviourReport {
  const claims = behaviour.claims.map((claim): ClaimReport => {
    const { openFor, ...rest } = claim;
    const verdict = markVerdict(claim.id, claim.verdict, deviations);
    // What one kind of app could not tell is open for the same reason, also where the other kind could.
    const isExplained = deviations.some((one) => one.claim === claim.id && one.at === undefined);
    return openFor !== undefined && isExplained ? { ...rest, verdict } : { ...claim, verdict };
  });
  const isSame = claims.every(
    ({ verdict, openFor }, index) =>
      verdict === behaviour.claims[index]?.verdict && openFor === behaviour.claims[index]?.openFor,
  );
  if (isSame) return behaviour;
  return {
    ...behaviour,
    claims,
    verdict: wholeOf(behaviour.verdict, claims, deviations),
    places: behaviour.places.map((place) => ({
      ...place,
      verdict: markVerdict(place.claim, place.verdict, deviations),
    })),
  };
}

/** A whole that is open stays so with weight, unless all that is open in it is documented. */
function wholeOf(
  verdict: Verdict,
  claims: readonly ClaimReport[],
  deviations: readonly DocumentedDeviation[],
): Verdict {
  if (verdict.kind !== "unknown") return markVerdict("", verdict, deviations);
  return claims.some((claim) => isOpen(claim.verdict)) ? verdict : { ...verdict, neutral: true };
}

const isOpen = (verdict: Verdict) => verdict.kind === "unknown" && verdict.neutral !== true;

/** Every finding has to be excused: one that is not makes it the server's fault after all. */
function markVerdict(claim: string, verdict: Verdict, deviations: readonly DocumentedDeviation[]): Verdict {
  if (isOpen(verdict)) return openAsDocumented(claim, verdict, deviations);
  const documented = excuseOf(verdict, deviations);
  return documented === undefined || verdict.kind !== "fail" ? verdict : { ...verdict, documented };
}

/** The words of the fact that excuses a failure, each of its findings; undefined where none does. */
export function excuseOf(verdict: Verdict, deviations: readonly DocumentedDeviation[]): string | undefined {
  if (verdict.kind !== "fail") return undefined;
  const excuses = verdict.findings.map((finding) => deviations.find((one) => isExcused(one, finding)));
  return excuses.includes(undefined) ? undefined : excuses[0]?.text;
}

function openAsDocumented(
  claim: string,
  verdict: Verdict,
  deviations: readonly DocumentedDeviation[],
): Verdict {
  const reason = deviations.find((one) => one.claim === claim);
  if (verdict.kind !== "unknown" || reason === undefined) return verdict;
  return { ...verdict, neutral: true, why: `${verdict.why}, as is documented: ${reason.text}` };
}

const isExcused = ({ claim, at }: DocumentedDeviation, finding: Finding): boolean =>
  finding.claim === claim && (at === undefined || finding.where.startsWith(at));
