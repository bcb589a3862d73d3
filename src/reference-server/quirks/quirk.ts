import type { Variation } from "../variation.ts";

/** A peculiarity that the standards permit: no `must` may fail on any of them, alone or several at once. */
export interface Quirk extends Variation {
  /** The clause that permits it, for example `RFC 7644 section 3.5.2: the provider may answer 204`. */
  readonly permittedBy: string;
}
