import { HOME_GROUP } from "../../model/load-plan.ts";
import type { BodyTemplate, Scenario, SendStep } from "../../model/scenario.ts";
import type { Collection } from "../../model/scim.ts";
import type { Effect } from "../effects.ts";
import type { Pieces } from "./pieces.ts";
import type { PlayState } from "./play-state.ts";
import type { QuickClaim } from "./quick-claims.ts";
import type { Reading } from "./reading.ts";

/** How the body of a step comes about. */
export type BodyPlan =
  | { readonly kind: "none" }
  /** `isAsciiByPart`: its fixed parts are ASCII, and its slots are written as JSON texts, which tell whether they are. */
  | { readonly kind: "pieces"; readonly pieces: Pieces; readonly isAsciiByPart: boolean }
  /** It depends on nothing but which part of the population a play takes: its bytes are kept and sent again. */
  | { readonly kind: "kept"; readonly pieces: Pieces; readonly bytes: Map<number, Buffer> }
  /** Made of an earlier answer, so that the engine fills it in every play. */
  | { readonly kind: "filled"; readonly template: BodyTemplate };

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
  /** Every byte of the request, where it is the same in every play. */
  readonly whole: Buffer | undefined;
  readonly isHead: boolean;
  readonly isIdempotent: boolean;
  readonly isWrite: boolean;
  /** Index of the step this one looks at; -1 when there is none. */
  readonly after: number;
  readonly reading: Reading;
  readonly claims: readonly QuickClaim[];
  /** See `statusTable`. */
  readonly statuses: Uint8Array | undefined;
  readonly effects: readonly CompiledEffect[];
  /** Of these, what takes something away. */
  readonly takings: readonly CompiledEffect[];
}

/** A value that is the id of somebody, or of a group, that a play names itself. */
export interface OwnId {
  /** Its place among the values. */
  readonly value: number;
  /** The place of the label whose person or group it is. */
  readonly label: number;
  readonly collection: Collection;
}

export interface CompiledScenario {
  readonly scenario: Scenario;
  readonly index: number;
  readonly steps: readonly CompiledStep[];
  readonly labels: readonly string[];
  readonly valueNames: readonly string[];
  readonly ownIds: readonly OwnId[];
  readonly crowdSize: number;
  readonly takesMembers: boolean;
}

/** Whether the people a scenario takes have to be in a group from the start: the one it is given as `home`. */
export const takesMembers = ({ inputs }: Scenario): boolean => inputs.includes(HOME_GROUP);
