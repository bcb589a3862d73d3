import type { Difference } from "./evidence.ts";

export interface Finding extends Difference {
  readonly claim: string;
}

/**
 * The four answers, never blurred:
 * the server is right, the server is wrong, we did not ask, we asked and could not tell.
 */
export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "fail"; readonly findings: readonly Finding[]; readonly documented?: string }
  | { readonly kind: "skip"; readonly because: SkipReason; readonly why: string; readonly by?: string }
  /** `neutral`: expected to be open (no 429 was provoked), and without weight for the exit code. */
  | { readonly kind: "unknown"; readonly why: string; readonly neutral?: boolean };

/**
 * - `not-chosen`: the user's selection, settings or missing consent left it out
 * - `blocked`: a value it needs was never yielded by an earlier step
 * - `not-offered`: an optional part of the protocol that the server does not claim to have
 */
export type SkipReason = "not-chosen" | "blocked" | "not-offered";

const WEIGHT: Readonly<Record<Verdict["kind"], number>> = { fail: 3, unknown: 2, pass: 1, skip: 0 };

/**
 * One behaviour seen in several places: fail > unknown > pass > skip. Findings of all failing places are kept.
 * A neutral unknown gives way to a pass: it says that one place had nothing to show.
 */
export function combine(verdicts: readonly Verdict[]): Verdict {
  const fails = verdicts.filter((verdict) => verdict.kind === "fail");
  if (fails.length > 0) return { kind: "fail", findings: fails.flatMap((fail) => fail.findings) };
  const weightOf = (verdict: Verdict) =>
    verdict.kind === "unknown" && verdict.neutral === true ? 0.5 : WEIGHT[verdict.kind];
  let strongest: Verdict | undefined;
  for (const verdict of verdicts) {
    if (strongest === undefined || weightOf(verdict) > weightOf(strongest)) strongest = verdict;
  }
  return strongest ?? { kind: "skip", because: "not-chosen", why: "no scenario asked" };
}
