import type { Verdict } from "../model/verdict.ts";

/** What a product documents of its answers, and what therefore is nobody's fault under load. */
export interface DocumentedAnswers {
  /** Somebody who is deactivated may be gone altogether. */
  readonly deactivatedMayBeGone: boolean;
  /** The fact by which the product breaks a claim in just this way; undefined where none does. */
  excuse(verdict: Verdict): string | undefined;
}

/** Why a request that found nothing was rightly refused: it was taken away before, or deactivated. */
export type Gone = "taken" | "deactivated";

/** Whether the product documents to answer with another status than a claim asks for. */
export function isStatusDocumented(claim: string, documented: DocumentedAnswers | undefined): boolean {
  const finding = { claim, where: "status", expected: "", actual: "" };
  return documented?.excuse({ kind: "fail", findings: [finding] }) !== undefined;
}
