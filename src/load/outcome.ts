import type { LoadReport } from "../model/load.ts";
import { FINDING_KINDS, type FindingKind } from "../model/load-reconciliation.ts";
import type { ExitCode } from "../model/report.ts";

export type LoadOutcomeInput = Pick<LoadReport, "thresholds" | "reconciled"> & {
  readonly interrupted: boolean;
  readonly stopped?: LoadReport["stopped"];
  readonly requests: number;
  /** Musts that answers with success were seen to break. */
  readonly brokenMusts: readonly string[];
};

/** What a load amounts to. The exit code follows the precedence 4, 130, 2, 1, 3, 0; 4 and 2 never get this far. */
export function loadOutcome(input: LoadOutcomeInput): {
  readonly exitCode: ExitCode;
  readonly why: string;
} {
  const { interrupted, stopped, thresholds, reconciled, requests, brokenMusts } = input;
  if (interrupted) {
    return { exitCode: 130, why: "The load was interrupted; this report holds what was seen until then." };
  }
  const wrong = [...findingWords(reconciled), ...brokenWords(brokenMusts), ...breachWords(thresholds)];
  if (wrong.length > 0) return { exitCode: 1, why: `${wrong.join("; ")}.` };
  if (stopped !== undefined) {
    return { exitCode: 3, why: `Nothing could be judged: ${stopped.why.replace(/\.$/, "")}.` };
  }
  if (requests === 0)
    return { exitCode: 3, why: "Nothing was measured, so nothing can be said about this server." };
  if (reconciled.kind === "unknown") {
    return { exitCode: 3, why: `What the server kept could not be told: ${reconciled.why}.` };
  }
  if (reconciled.membersUntold !== undefined) {
    return { exitCode: 3, why: `Who is in which group could not be told: ${reconciled.membersUntold}.` };
  }
  const open = thresholds.filter(({ verdict }) => verdict === "unknown");
  if (open.length > 0) return { exitCode: 3, why: `Could not be told: ${openWords(open)}.` };
  const kept = "everything the server acknowledged is there";
  return {
    exitCode: 0,
    why:
      thresholds.length === 0 ? `No threshold was given; ${kept}.` : `Every threshold is met, and ${kept}.`,
  };
}

function findingWords(reconciled: LoadReport["reconciled"]): readonly string[] {
  if (reconciled.kind === "unknown") return [];
  const { counts } = reconciled;
  const told = FINDING_KINDS.filter((kind) => kind !== APPLIED && counts[kind] > 0).map((kind) =>
    countOf(kind, counts[kind]),
  );
  return [
    ...(told.length === 0 ? [] : [`The server did not keep what it acknowledged: ${told.join(", ")}`]),
    ...(counts[APPLIED] > 0
      ? [`The server carried out what it had refused: ${countOf(APPLIED, counts[APPLIED])}`]
      : []),
  ];
}

const APPLIED = "applied-after-refusal";

const countOf = (kind: FindingKind, count: number) => `${count} ${kind.replaceAll("-", " ")}`;

function brokenWords(musts: readonly string[]): readonly string[] {
  if (musts.length === 0) return [];
  return [`Answers with success broke ${musts.join(", ")}`];
}

function breachWords(thresholds: LoadReport["thresholds"]): readonly string[] {
  const breached = thresholds.filter(({ verdict }) => verdict === "breached");
  if (breached.length === 0) return [];
  return [breached.map(({ why }) => why).join("; ")];
}

/** What stayed open, by the reason: a value that was observed is not believed, because this machine was slow. */
function openWords(open: LoadReport["thresholds"]): string {
  const byReason = new Map<string, string[]>();
  for (const { text, observed, why } of open) {
    const reason = observed === undefined ? why : "this machine did not keep up";
    byReason.set(reason, [...(byReason.get(reason) ?? []), text]);
  }
  return [...byReason].map(([reason, texts]) => `${texts.join(", ")} (${reason})`).join("; ");
}
