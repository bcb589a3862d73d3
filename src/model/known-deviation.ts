import type { OktaApp } from "./behaviour.ts";
import type { Place } from "./problem.ts";

/** A failure that a team knows of and has decided to live with for a while. */
export interface KnownDeviation {
  /** A behaviour's id; `*` stands for anything. */
  readonly behaviour: string;
  /** Only this claim of it. */
  readonly claim?: string;
  /** Only under this kind of app. */
  readonly oktaApp?: OktaApp;
  readonly why: string;
  /** The last day on which it is accepted, as `2026-12-31`. */
  readonly until?: string;
  readonly link?: string;
  readonly place: Place;
}

/**
 * What became of a known deviation in a run.
 * - `deviates`: it is broken, as it was said to be, and does not count
 * - `mended`: everything it covers is kept, so it has to come off the list
 * - `expired`: its day has passed, and what it covers is broken or was not told
 * - `not-judged`: nothing can be said in this run
 */
export type KnownState = "deviates" | "mended" | "expired" | "not-judged";

/** One line of the list, as a report shows it. */
export interface KnownReport extends KnownDeviation {
  readonly state: KnownState;
  /** Ids of the behaviours it covers in this run. */
  readonly behaviours: readonly string[];
}
