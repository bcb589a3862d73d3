import type { Names } from "../../engine/names.ts";
import type { Check } from "../../model/evidence.ts";
import type { Action } from "../../model/play.ts";
import type { PlayEnd, PlaysSetup } from "../plays.ts";
import type { EffectTeller } from "./effect-teller.ts";
import type { Population } from "./population.ts";
import type { Takings } from "./takings.ts";

/** What every play of a run shares. */
export interface Surroundings {
  readonly setup: PlaysSetup;
  readonly names: Names;
  readonly population: Population;
  readonly effects: EffectTeller;
  readonly takings: Takings;
  /** By name, for plays that are judged in full. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly checks: ReadonlyMap<string, Check>;
  /** Set when the run drains: nothing waits any more. */
  isDraining: boolean;
  /** A play gives up its place, because it waits after a 429, or takes it again. */
  pause(): void;
  resume(): void;
  /** A play has ended, and may be used again. */
  ended(play: RunningPlay, end: PlayEnd, why: string | undefined, at: number): void;
  /** Aborted when the run drains: whoever waits is woken. */
  readonly endOfWaits: AbortSignal;
  /** Aborted when what is still under way is cut off. */
  readonly cutOff: AbortSignal;
}

/** A play under way, compiled or in full. */
export interface RunningPlay {
  readonly play: number;
  readonly scenario: number;
  readonly intendedAt: number;
}
