/** How much a line of the list of conformance checks weighs. */
export type LineLevel =
  /** Absolute requirement of an RFC. */
  | "M"
  /** Recommendation. */
  | "S"
  /** Optional feature or permitted choice. */
  | "O"
  /** Asked for by an identity provider's documents alone. */
  | "P"
  /** Worth recording, never a failure. */
  | "I";

interface Line {
  /** For example `A05`: area and number in the list of conformance checks. */
  readonly line: string;
  readonly level: LineLevel;
}

/** One line of the list of conformance checks: which behaviours judge it, or why nothing does. */
export type ConformanceLine = Line &
  ({ readonly judgedBy: readonly string[] } | { readonly notJudged: string });
