import type { Exchange } from "./exchange.ts";
import type { Json } from "./json.ts";
import type { Values } from "./scenario.ts";

/** What one step gathered. */
export interface StepEvidence {
  readonly step: string;
  /** In the order they were sent; the last one is the step's answer. Empty for a step that was blocked. */
  readonly exchanges: readonly Exchange[];
  /** What an action found out beyond its exchanges, by name. */
  readonly facts: Readonly<Record<string, Json>>;
  /** Milliseconds after the write until a read showed it; absent when the first read did. */
  readonly settledAfterMs?: number;
}

/** Everything a check may look at. Checks are pure functions of it. */
export interface Evidence extends StepEvidence {
  /** Earlier steps of the same play, by step id. */
  readonly earlier: ReadonlyMap<string, StepEvidence>;
  readonly values: Values;
}

/** Where the server and the claim disagree. */
export interface Difference {
  /** Which part of the answer, for example `status`, `body.Resources[0].id` or `header.Retry-After`. */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  /** Which exchange of the step shows it, counted from 0; the last one where nothing is said. */
  readonly exchange?: number;
}

/** What a check says of one claim. */
export type Judgement =
  | { readonly kind: "holds" }
  | { readonly kind: "broken"; readonly differences: readonly Difference[] }
  | { readonly kind: "unknown"; readonly why: string; readonly neutral?: boolean }
  /** An optional part of the protocol that the server does not claim to have. Never for what Okta sends. */
  | { readonly kind: "not-offered"; readonly why: string };

/** A named way to tell, for what needs more than one value. */
export interface Check {
  readonly name: string;
  /** One sentence for the writers of scenarios. */
  readonly summary: string;
  /** Names of the arguments it takes in `with`; a trailing `?` marks an optional one. */
  readonly takes: readonly string[];
  /** It rules on requests without an answer itself; otherwise they make a broken claim unknown. */
  readonly judgesSilence?: boolean;
  /** It is about status, headers, address or time, and not about what the body shows. */
  readonly ofTheExchange?: boolean;
  readonly judge: (evidence: Evidence, given: Readonly<Record<string, Json>>) => Judgement;
}
