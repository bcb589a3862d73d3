import type { Level } from "./behaviour.ts";
import type { Verdict } from "./verdict.ts";

/**
 * What is played against: the sound server (as it is, or with a limit switched on), a server with one defect, one with
 * one permitted quirk, or one with several quirks at once.
 */
export type TrialKind = "sound" | "defect" | "quirk" | "quirk-set";

/** One server that every scenario is played against. */
export interface Trial {
  readonly kind: TrialKind;
  readonly name: string;
  readonly title: string;
  readonly layer: "app" | "wire";
  /** Names of what makes this server differ; several only for a set of quirks. */
  readonly variations: readonly string[];
  /** Claims that have to be seen to fail. Empty unless it is a defect. */
  readonly target: readonly string[];
  /** Claims that may fail besides. */
  readonly also: readonly string[];
  /** `okta`: what it does is permitted by Okta alone, so the claims of the RFCs are not asked. */
  readonly standard?: "okta";
}

/** A claim as one trial showed it. */
export interface SeenClaim {
  readonly claim: string;
  readonly level: Level;
  readonly verdict: Verdict["kind"];
  /** Expected to be open, see `Verdict`. */
  readonly neutral?: boolean;
  /** Asked for, and blocked by what an earlier step did not yield. */
  readonly blocked?: boolean;
  /** What was seen: the first finding of a fail, the reason of anything else. Absent for a pass. */
  readonly seen?: string;
}

/** What a trial came to, before it is judged. */
export interface Observation {
  readonly claims: readonly SeenClaim[];
  readonly requests: number;
  /** Real milliseconds it took. */
  readonly wallMs: number;
  /** Resources that clean-up says it could not remove, and those the server still had afterwards. */
  readonly leftovers: number;
  readonly remaining: number;
  /** Why the run stopped before anything was judged. */
  readonly stopped?: string;
  /** A bug of ours: the run broke off with this error. */
  readonly crashed?: string;
}

export interface TrialReport extends Trial {
  /** One sentence for each reason why scim-check itself has to be mended; empty when all is well. */
  readonly problems: readonly string[];
  /** Every claim that failed. */
  readonly failed: readonly SeenClaim[];
  /** Target claims that were not seen to fail. */
  readonly survivors: readonly string[];
  /** Of a defect: fails that are in neither of its lists. */
  readonly unexpected: readonly SeenClaim[];
  /** Of a defect: claims that may fail besides, and did not. */
  readonly unseen: readonly string[];
  /** Of a quirk: musts that failed, though what the server does is permitted. */
  readonly falseAlarms: readonly SeenClaim[];
  /** Musts that were asked for and could not be told. */
  readonly undecided: readonly SeenClaim[];
  readonly requests: number;
  readonly wallMs: number;
}

export interface SelfTestCounts {
  readonly behaviours: number;
  readonly claims: number;
  /** Claims of level must whose behaviour can be judged, and how many of them a defect is there to break. */
  readonly musts: number;
  readonly provenMusts: number;
  /** Claims that were seen to fail on a defect that is there to break them. */
  readonly killed: number;
  readonly defects: number;
  readonly survivors: number;
  readonly unexpected: number;
  readonly quirks: number;
  readonly quirkSets: number;
  readonly falseAlarms: number;
  readonly soundProblems: number;
}

/** Whether the tool itself is right, as plain JSON. */
export interface SelfTestReport {
  readonly format: "scim-check/self-test@1";
  readonly tool: { readonly name: "scim-check"; readonly version: string };
  /** Repeats the sets of quirks and everything else that was left to chance. */
  readonly seed: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: { readonly exitCode: 0 | 1 | 130; readonly why: string };
  readonly counts: SelfTestCounts;
  /** Claims of level must that no defect is there to break. */
  readonly unproven: readonly string[];
  readonly trials: readonly TrialReport[];
}
