import type { Consequence } from "./defect.ts";

/** One reason for which several claims fail. */
export const because = (why: string, ...claims: readonly string[]): readonly Consequence[] =>
  claims.map((claim) => ({ claim, why }));
