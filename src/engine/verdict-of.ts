import type { Judgement } from "../model/evidence.ts";
import type { Verdict } from "../model/verdict.ts";

/** What a judgement of one claim comes to. With a doubt, a disagreement cannot be laid at the server's door. */
export function verdictOf(judgement: Judgement, claim: string, doubt: string | undefined): Verdict {
  switch (judgement.kind) {
    case "holds":
      return { kind: "pass" };
    case "unknown":
      return judgement.neutral === true
        ? { kind: "unknown", why: judgement.why, neutral: true }
        : { kind: "unknown", why: judgement.why };
    case "not-offered":
      return { kind: "skip", because: "not-offered", why: judgement.why };
    case "broken":
      if (doubt !== undefined) return { kind: "unknown", why: doubt };
      return { kind: "fail", findings: judgement.differences.map((found) => ({ claim, ...found })) };
  }
}

/** What is left open by the documentation was looked at: a difference is told, and blames nobody. */
export function observationOf(verdict: Verdict): Verdict {
  if (verdict.kind !== "fail") return verdict;
  const seen = verdict.findings.map(({ where, actual }) => `${where} was ${actual}`).join("; ");
  return { kind: "unknown", why: `the documentation leaves it open; ${seen}`, neutral: true };
}
