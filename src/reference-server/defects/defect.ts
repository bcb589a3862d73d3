import type { Variation } from "../variation.ts";

/** One realistic thing that a server does wrong, and which claims that breaks. The self-test holds it to both lists. */
export interface Defect extends Variation {
  /** The issue or capture that showed it in the field. */
  readonly source?: string;
  /** Ids of the claims it is there to break; each of them has to be seen to fail. */
  readonly target: readonly string[];
  /** What else may fail because of it, each with the reason. A fail that is in neither list fails the self-test. */
  readonly also: readonly Consequence[];
}

/** A claim that fails because another one is broken. */
export interface Consequence {
  readonly claim: string;
  readonly why: string;
}
