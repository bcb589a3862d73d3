import type { StepEvidence } from "../model/evidence.ts";
import { valueAt } from "../model/path.ts";
import type { Step } from "../model/scenario.ts";
import type { Verdict } from "../model/verdict.ts";
import { lastJson } from "./last-json.ts";

/**
 * Whether a read may say more once a write shows: a claim fails, a claim or a later step finds nothing to go by (a 404
 * for what was just created), or the answer is a refusal that nobody expected. Actions look more than once themselves,
 * so that only a fail repeats them.
 */
export function mayShowMore(
  step: Step,
  { exchanges }: Pick<StepEvidence, "exchanges">,
  verdicts: readonly Verdict[],
): boolean {
  if (verdicts.some(({ kind }) => kind === "fail")) return true;
  if (step.kind !== "send") return false;
  const body = lastJson(exchanges);
  const isOpen = verdicts.some((verdict) => verdict.kind === "unknown" && verdict.neutral !== true);
  const lacks = step.remember.some(([, path]) => (valueAt(body, path) ?? null) === null);
  return isOpen || lacks || (isRefusal(exchanges) && !verdicts.some(({ kind }) => kind === "pass"));
}

function isRefusal(exchanges: StepEvidence["exchanges"]): boolean {
  const outcome = exchanges.at(-1)?.outcome;
  return outcome?.kind === "answer" && outcome.status >= 400;
}
