import type { Behaviour, Claim } from "../model/behaviour.ts";
import type { RunReport } from "../model/report.ts";
import type { SeenClaim } from "../model/self-test.ts";
import { combine, type Verdict } from "../model/verdict.ts";

/** Every claim of a run, as it was seen. */
export const claimsOf = ({ behaviours }: RunReport): readonly SeenClaim[] =>
  behaviours.flatMap(({ claims }) => claims.map((claim) => seenClaim(claim, claim.verdict)));

/**
 * The claims of a server of which only some scenarios were played, because in all others it answers like the sound
 * one: what those show is taken from the sound one's report.
 */
export function claimsTogether(
  behaviours: readonly Behaviour[],
  sound: { readonly report: RunReport; readonly isOf: (scenario: string) => boolean },
  played: RunReport | undefined,
): readonly SeenClaim[] {
  const alike = verdictsOf(sound.report, sound.isOf);
  const other = played === undefined ? new Map() : verdictsOf(played, () => true);
  return behaviours.flatMap(({ claims }) =>
    claims.map((claim) =>
      seenClaim(claim, combine([...(alike.get(claim.id) ?? []), ...(other.get(claim.id) ?? [])])),
    ),
  );
}

/** What each claim came to in these scenarios; where it was seen in none of a run, what the run says of that. */
function verdictsOf(
  report: RunReport,
  isOfThese: (scenario: string) => boolean,
): ReadonlyMap<string, readonly Verdict[]> {
  const verdicts = new Map<string, Verdict[]>();
  for (const { places, claims } of report.behaviours) {
    for (const { claim, scenario, verdict } of places) {
      if (!isOfThese(scenario)) continue;
      const list = verdicts.get(claim) ?? [];
      list.push(verdict);
      verdicts.set(claim, list);
    }
    for (const { id, verdict } of claims) {
      if (verdict.kind === "skip" && !verdicts.has(id)) verdicts.set(id, [verdict]);
    }
  }
  return verdicts;
}

function seenClaim({ id, level }: Pick<Claim, "id" | "level">, verdict: Verdict): SeenClaim {
  const seen = whatWasSeen(verdict);
  return {
    claim: id,
    level,
    verdict: verdict.kind,
    ...(verdict.kind === "unknown" && verdict.neutral === true ? { neutral: true } : {}),
    ...(verdict.kind === "skip" && verdict.because === "blocked" ? { blocked: true } : {}),
    ...(seen === undefined ? {} : { seen }),
  };
}

function whatWasSeen(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case "pass":
      return undefined;
    case "fail": {
      const [first] = verdict.findings;
      return first && `${first.where}: expected ${first.expected}, was ${first.actual}`;
    }
    case "skip":
    case "unknown":
      return verdict.why;
  }
}
