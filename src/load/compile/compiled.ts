import type { BodyTemplate, Expectation, Scenario, SendStep } from "../../model/scenario.ts";
import type { Effect } from "../plays.ts";
import type { Pieces } from "./pieces.ts";
import type { PlayState } from "./play-state.ts";
import type { QuickClaim } from "./quick-claims.ts";
import type { RootScan } from "./root-scan.ts";

/** How the body of a step comes about. */
export type BodyPlan =
  | { readonly kind: "none" }
  /** `isAsciiByPart`: its fixed parts are ASCII, and its slots are written as JSON texts, which tell whether they are. */
  | { readonly kind: "pieces"; readonly pieces: Pieces; readonly isAsciiByPart: boolean }
  /** It depends on nothing but which part of the population a play takes: its bytes are kept and sent again. */
  | { readonly kind: "kept"; readonly pieces: Pieces; readonly bytes: Map<number, Buffer> }
  /** Made of an earlier answer, so that the engine fills it in every play. */
  | { readonly kind: "filled"; readonly template: BodyTemplate };

/** A value an answer has to yield. */
export interface Capture {
  readonly name: string;
  /** Its place in `PlayState.values`. */
  readonly value: number;
  readonly path: string;
  /** Its place among the keys of the scan; -1 when only JSON.parse can tell it. */
  readonly key: number;
}

/** The number a person or group has in one play. */
export type NumberOf = (state: PlayState) => number;

export interface CompiledEffect {
  readonly effect: Effect;
  readonly subject: NumberOf;
  /** 0 where there is none; `crowd` when it is everybody this play takes from the population. */
  readonly other: NumberOf | "crowd";
}

export interface CompiledStep {
  readonly step: SendStep;
  readonly index: number;
  /** Index into `Plays.operations`. */
  readonly operation: number;
  /** The head as `Sendable` wants it. */
  readonly head: Pieces;
  /** Path and query, for exchanges that are shown. */
  readonly path: Pieces;
  readonly body: BodyPlan;
  readonly isHead: boolean;
  readonly isIdempotent: boolean;
  readonly isWrite: boolean;
  /** Index of the step this one looks at; -1 when there is none. */
  readonly after: number;
  readonly captures: readonly Capture[];
  /** The place of the id of what the step creates among the keys of the scan; -1 when it creates nothing. */
  readonly idKey: number;
  /** Whether the answer has to show a name of ours before anything of it is used. */
  readonly checksName: boolean;
  /** The place of the name (`userName`, or `displayName` of a group) among the keys of the scan; -1 when not looked for. */
  readonly nameKey: number;
  readonly keepsAnswer: boolean;
  readonly scan: RootScan | undefined;
  readonly claims: readonly QuickClaim[];
  /** See `statusTable`. */
  readonly statuses: Uint8Array | undefined;
  /** Root values to be compared, by their place among the keys of the scan. */
  readonly tests: readonly {
    readonly key: number;
    readonly expected: BodyTemplate;
    readonly literal: string | number | boolean | null | undefined;
  }[];
  readonly effects: readonly CompiledEffect[];
  readonly expectations: readonly Expectation[];
  /** Answers seen, and whether they are parsed from now on. Counted over all plays. */
  readonly account: { answers: number; parsesAlways: boolean };
}

export interface CompiledScenario {
  readonly scenario: Scenario;
  readonly index: number;
  readonly steps: readonly CompiledStep[];
  readonly labels: readonly string[];
  readonly valueNames: readonly string[];
  /** By the place of a value: the place of the label whose person or group it is the id of; undefined when unknown. */
  readonly numberOfValue: readonly (number | undefined)[];
  readonly crowdSize: number;
}
