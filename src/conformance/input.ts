import type { Speak } from "../engine/request.ts";
import type { Behaviour } from "../model/behaviour.ts";
import type { Clock, Random } from "../model/clock.ts";
import type { Check } from "../model/evidence.ts";
import type { Send } from "../model/exchange.ts";
import type { KnownDeviation } from "../model/known-deviation.ts";
import type { Ledger } from "../model/ledger.ts";
import type { Memory } from "../model/memory.ts";
import type { People } from "../model/people.ts";
import type { Action } from "../model/play.ts";
import type { RunReport } from "../model/report.ts";
import type { BodyTemplate, Scenario } from "../model/scenario.ts";
import type { Trouble } from "../model/target.ts";
import type { Cost } from "./cost.ts";
import type { DocumentedDeviation } from "./documented.ts";
import type { RunSettings } from "./settings.ts";

/** Everything a run takes from outside. */
export interface RunInput {
  readonly scenarios: readonly Scenario[];
  readonly catalogue: readonly Behaviour[];
  readonly checks: readonly Check[];
  readonly actions: readonly Action[];
  readonly people: People;
  /** The body of a create as Okta sends it, for the crowd. */
  readonly userBody: BodyTemplate;
  readonly speak: Speak;
  readonly send: Send;
  /** To be freed where large answers are held; left to the engine unless given. */
  readonly memory?: Memory;
  readonly clock: Clock;
  readonly random: Random;
  /** Opens the ledger of this run, before anything is written. */
  readonly openLedger: (runId: string) => Ledger;
  /** Six letters and digits in every name the run makes; never the same for two runs, whatever the seed. */
  readonly runId: string;
  readonly settings: RunSettings;
  /** Failures that do not count; see `applyKnown`. */
  readonly known?: readonly KnownDeviation[];
  readonly target: RunReport["target"];
  /** Whether the server and all it holds end with the run, as the embedded one does. */
  readonly endsWithRun?: boolean;
  readonly toolVersion: string;
  readonly notes: readonly string[];
  /** Claims that the product under test breaks by its own documentation. */
  readonly documented?: readonly DocumentedDeviation[];
  /** Failures that the product's documentation knows, to be told when they are seen. */
  readonly troubles?: readonly Trouble[];
  /** Stops the run: nothing new is sent, what was made is removed, the report is partial. */
  readonly signal: AbortSignal;
  /** Stops even the clean-up. */
  readonly cleanUpSignal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What happens while a run goes on, for whoever watches. */
export type Progress =
  | { readonly kind: "before-writing"; readonly usersBefore?: number; readonly cost: Cost }
  | { readonly kind: "crowd"; readonly size: number }
  | { readonly kind: "playing"; readonly scenario: string; readonly done: number; readonly all: number }
  /** Nothing more is asked for this scenario; what it made is removed next. */
  | { readonly kind: "played"; readonly scenario: string }
  | { readonly kind: "cleaning-up"; readonly resources: number };
