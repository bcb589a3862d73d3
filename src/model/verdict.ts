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

/**
 * One behaviour seen in several places: fail > unknown > pass > skip. Findings of all failing places are kept.
 * A neutral unknown gives way to a pass: it says that one place had nothing to show. Among skips, being blocked
 * says more than not having been chosen.
 */
export function combine(verdicts: readonly Verdict[]): Verdict {
  const fails = verdicts.filter((verdict) => verdict.kind === "fail");
  if (fails.length > 0) return { kind: "fail", findings: fails.flatMap((fail) => fail.findings) };
  let strongest: Verdict | undefined;
  for (const verdict of verdicts) {
    if (strongest === undefined || weightOf(verdict) > weightOf(strongest)) strongest = verdict;
  }
  return strongest ?? { kind: "skip", because: "not-chosen", why: "no scenario asked" };
}

/**
 * Several matchers of one claim at one step: all of them have to hold, so what could not be told of one of them cannot
 * be told of the whole.
 */
export function combineAll(verdicts: readonly Verdict[]): Verdict {
  const combined = combine(verdicts);
  const others = verdicts.filter(({ kind }) => kind !== "pass");
  return combined.kind === "pass" && others.length > 0 ? combine(others) : combined;
}

function weightOf(verdict: Verdict): number {
  switch (verdict.kind) {
    case "fail":
      return 5;
    case "unknown":
      return verdict.neutral === true ? 2 : 4;
    case "pass":
      return 3;
    case "skip":
      return verdict.because === "blocked" ? 1 : 0;
  }
}
