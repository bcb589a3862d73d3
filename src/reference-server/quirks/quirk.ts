import type { Variation } from "../variation.ts";

/** A peculiarity that the standards permit: no `must` may fail on any of them, alone or several at once. */
export interface Quirk extends Variation {
  /** The clause that permits it, for example `RFC 7644 section 3.5.2: the provider may answer 204`. */
  readonly permittedBy: string;
  /**
   * The clause of an RFC that forbids what Okta permits. Claims that come from the RFCs may fail on such a server,
   * Okta's may not.
   */
  readonly againstRfc?: string;
  /** Names of quirks that cannot be had together with this one. Naming it on one side is enough. */
  readonly contradicts?: readonly string[];
}
