import type { OktaApps } from "./behaviour.ts";
import type { StepEvidence } from "./evidence.ts";
import type { Exchange, Request } from "./exchange.ts";
import type { Json } from "./json.ts";
import type { Collection } from "./scim.ts";
import type { Verdict } from "./verdict.ts";

/** What a play asks of whoever drives it. */
export type Demand =
  | { readonly kind: "send"; readonly request: Request }
  | { readonly kind: "send-at-once"; readonly requests: readonly Request[] }
  | { readonly kind: "wait"; readonly ms: number };

/** The driver's reply: the exchanges, in the order of the requests (none for a wait), and the time it is now. */
export interface Reply {
  readonly exchanges: readonly Exchange[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Any generator that a driver can play: a scenario, an action, a clean-up. */
export type Playable<Result> = Generator<Demand, Result, Reply>;

/** What an action hands back. */
export interface ActionResult {
  readonly exchanges: readonly Exchange[];
  readonly facts: Readonly<Record<string, Json>>;
}

/** What an action may use besides its arguments. */
export interface ActionContext {
  /** Builds a request with Okta's headers. */
  readonly request: (method: string, path: string, body?: Json) => Request;
  /** Milliseconds since the epoch when the action starts. */
  readonly now: number;
  /**
   * What to keep of an exchange whose answer's body nothing looks at any more, because the action has read it, or because
   * its status says all. An action that sends many requests may be answered with megabytes to each.
   */
  readonly brief: (exchange: Exchange) => Exchange;
  /** A name nobody used before, marked as ours; see `Names`. */
  readonly unique: (kind: string, label?: string) => string;
  /** Whether a five-minute wait may really be waited for (`--okta-waits`). */
  readonly oktaWaits: boolean;
  /** A seeded number in [0, 1). */
  readonly random: () => number;
}

/** A step that loops, or sends several requests at once. Played by the same drivers as a scenario. */
export interface Action {
  readonly name: string;
  /** One sentence for the writers of scenarios. */
  readonly summary: string;
  /** Names of its arguments; a trailing `?` marks an optional one. */
  readonly takes: readonly string[];
  /** Whether it only reads, so that it may be repeated within the settle time. */
  readonly reads: boolean;
  readonly perform: (given: Readonly<Record<string, Json>>, context: ActionContext) => Playable<ActionResult>;
}

/** A resource that a play made, or tried to make, and that clean-up has to look for. */
export interface Made {
  readonly collection: Collection;
  /** The userName or displayName it was sent with. */
  readonly name: string;
  /** Absent when no answer told it. */
  readonly id?: string;
}

/** One claim, as one step of one play showed it. */
export interface Judged {
  readonly claim: string;
  readonly step: string;
  readonly verdict: Verdict;
}

export interface PlayedStep extends StepEvidence {
  readonly status: "played" | "blocked";
  /** Why it was blocked. */
  readonly why?: string;
}

/** One scenario, played once. */
export interface PlayResult {
  readonly scenario: string;
  readonly oktaApp: OktaApps;
  readonly steps: readonly PlayedStep[];
  readonly judged: readonly Judged[];
  readonly made: readonly Made[];
}

/** What could not be removed, and how to remove it by hand. */
export interface Leftover {
  readonly collection: Collection;
  readonly name: string;
  readonly id?: string;
  /** `deactivated` when the server does not delete users but accepted `active: false`. */
  readonly state: "left" | "deactivated";
  /** The server refuses DELETE for good, or answers it and still shows this: asking again would change nothing. */
  readonly kept?: true;
  readonly why: string;
}
