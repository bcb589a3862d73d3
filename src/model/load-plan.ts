import type { OktaApp } from "./behaviour.ts";
import type { Json } from "./json.ts";
import type { Place } from "./problem.ts";

/** Plays under way at the same time. Each has a connection of its own; a machine has 64,000 ports. */
export const MOST_IN_FLIGHT = 50_000;
/** Threads that play. */
export const MOST_WORKERS = 64;

/**
 * One stretch of an open-model load. Rates are plays a second; a play starts on schedule however slow the server is.
 * - `constant`: one rate.
 * - `ramp`: the rate rises or falls in a straight line.
 * - `step`: the rate changes in so many equal jumps, each held equally long.
 * - `burst`: so many plays intended for the same instant; `forMs` is the time until the next stage.
 * - `pause`: nothing starts.
 */
export type LoadStage =
  | { readonly kind: "constant"; readonly rate: number; readonly forMs: number }
  | { readonly kind: "ramp"; readonly from: number; readonly to: number; readonly forMs: number }
  | {
      readonly kind: "step";
      readonly from: number;
      readonly to: number;
      readonly steps: number;
      readonly forMs: number;
    }
  | { readonly kind: "burst"; readonly plays: number; readonly forMs: number }
  | { readonly kind: "pause"; readonly forMs: number };

/**
 * The closed model: so many users, each of whom starts a play when the one before has ended. A slow server is asked
 * less often, so response times say less than those of an open model.
 */
export interface ClosedModel {
  readonly users: number;
  readonly forMs: number;
  /** Milliseconds between the end of a play and the start of the next. */
  readonly thinkMs: number;
}

/**
 * Built before the clock starts, and not measured. Scenarios take people from it with `crowd`, other ones in each play,
 * and a group with the input `standing`, or with `home` the one that the first of these people is a member of:
 * `${crowd[0].value}`, `${standing.id}` and `${home.id}`.
 */
export interface Population {
  readonly users: number;
  readonly groups: number;
  /** Members that each group has from the start, taken from `users`. */
  readonly members: number;
}

/** One scenario of the mix. */
export interface MixEntry {
  readonly scenario: string;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  /** Values for the scenario's `inputs`, by name. People and the group come from the population. */
  readonly with: readonly (readonly [input: string, value: Json])[];
  readonly place: Place;
}

/** One condition that the run as a whole has to meet, for example `create.response.p99 < 300ms`. */
export interface Threshold {
  /** As it was written. */
  readonly text: string;
  readonly place: Place;
  /** The operation it is about: a step (`create`), the end of an operation's name, or `play`. All when absent. */
  readonly operation?: string;
  readonly metric: ThresholdMetric;
  readonly comparison: "<" | "<=" | ">" | ">=" | "==";
  /** Milliseconds for times, a share of 1 for rates, otherwise a count. */
  readonly limit: number;
}

/** What a threshold looks at. `percentile` is 0 to 100; `mean` and `max` have none. */
export type ThresholdMetric =
  | {
      readonly kind: "time";
      readonly of: "response" | "service";
      readonly stat: "percentile" | "mean" | "max";
      readonly percentile?: number;
    }
  /** A share of requests (or of plays): errors, 429s, broken checks. */
  | { readonly kind: "share"; readonly of: "errors" | "429" | "broken" }
  /** The plays that were started, as a share of those that were intended. */
  | { readonly kind: "achieved" }
  /** Something counted: errors, or one of the findings of reconciling. */
  | { readonly kind: "count"; readonly of: CountedMetric };

export const COUNTED_METRICS = [
  "errors",
  "429",
  "broken",
  "dropped",
  "deferred",
  "lost",
  "doubled",
  "half-made",
  "resurrected",
  "missing-members",
  "extra-members",
  "wrong-state",
  "applied-after-refusal",
  "retry-after-absent",
  "retry-after-not-whole",
  "retry-after-broken",
] as const;
export type CountedMetric = (typeof COUNTED_METRICS)[number];

/** The input that is a group of the population, with `id` and `displayName`. */
export const STANDING_GROUP = "standing";
/** The same, of the group of which the first of the play's people is a member from the start. */
export const HOME_GROUP = "home";

/** A load as it was meant: everything but the server. */
export interface LoadPlan {
  /** The file's name without its ending: `onboarding`. */
  readonly name: string;
  readonly title: string;
  readonly place: Place;
  /** Which kind of app the story is about. Scenarios of the other kind cannot be in its mix. */
  readonly oktaApp: OktaApp;
  readonly population: Population;
  readonly mix: readonly MixEntry[];
  /** Open model; empty when `closed` is there. */
  readonly stages: readonly LoadStage[];
  readonly closed?: ClosedModel | undefined;
  /** The first milliseconds that are played and not counted in any figure. */
  readonly warmUpMs: number;
  /** Plays under way at the same time at most; a play that waits after a 429 is not among them. */
  readonly maxInFlight: number;
  readonly thresholds: readonly Threshold[];
  readonly seed: number;
}
