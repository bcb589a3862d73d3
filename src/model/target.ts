import type { Citation } from "./citation.ts";
import type { Place } from "./problem.ts";

/** How firmly the maker of the product says it. `open` facts are observations and never fail a target. */
export type Grade = "must" | "may" | "open";

/** What a documented limit counts. */
export const LIMIT_SUBJECTS = [
  "group-members",
  "members-per-request",
  "operations-per-patch",
  "body-bytes",
  "page-size",
  "requests-per-second",
] as const;
export type LimitSubject = (typeof LIMIT_SUBJECTS)[number];

export interface Limit {
  readonly subject: LimitSubject;
  readonly value: number;
  /** What happens past it: a status, or that the excess is cut off without an error. */
  readonly beyond?: number | "capped" | "ignored";
}

/** One sentence of a product's documentation. */
export interface Fact {
  /** For example `TFE-106`. */
  readonly id: string;
  readonly statement: string;
  readonly grade: Grade;
  readonly citation: Citation;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: Limit;
  readonly place: Place;
}

/** What one product documents about itself. */
export interface TargetProfile {
  /** The file's name: `terraform-enterprise`. */
  readonly id: string;
  readonly product: string;
  readonly facts: readonly Fact[];
}
