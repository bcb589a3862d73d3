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
 * Marks the failures that the product documents. A fail stays a fail: it is told apart and not counted. What a fact
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
  const markClaim = (claim: ClaimReport): ClaimReport => ({
    ...claim,
    verdict: markVerdict(claim.verdict, deviations),
  });
  const claims = behaviour.claims.map(markClaim);
  if (claims.every(({ verdict }, index) => verdict === behaviour.claims[index]?.verdict)) return behaviour;
  return {
    ...behaviour,
    claims,
    verdict: markVerdict(behaviour.verdict, deviations),
    places: behaviour.places.map((place) => ({ ...place, verdict: markVerdict(place.verdict, deviations) })),
  };
}

/** Every finding has to be excused: one that is not makes it the server's fault after all. */
function markVerdict(verdict: Verdict, deviations: readonly DocumentedDeviation[]): Verdict {
  if (verdict.kind !== "fail" || verdict.findings.length === 0) return verdict;
  const excuses = verdict.findings.map((finding) => deviations.find((one) => isExcused(one, finding)));
  const [first] = excuses;
  if (first === undefined || excuses.includes(undefined)) return verdict;
  return { ...verdict, documented: first.text };
}

const isExcused = ({ claim, at }: DocumentedDeviation, finding: Finding): boolean =>
  finding.claim === claim && (at === undefined || finding.where.startsWith(at));
