import type { Exchange } from "./exchange.ts";

/** One request that a run would send. */
export interface DryRequest {
  /** Id of the scenario it belongs to; absent before the first and while the crowd is made or removed. */
  readonly scenario?: string;
  /** As it would travel to the real address, secrets masked and slots for ids; the outcome is the stand-in's. */
  readonly exchange: Exchange;
}

/** What a run would send, found out by playing it against the embedded reference server. */
export interface DryRun {
  readonly target: string;
  readonly requests: readonly DryRequest[];
  /** Scenarios that are left out, and why. */
  readonly left: readonly { readonly scenario: string; readonly why: string }[];
}
