import type { RunOptions } from "./options.ts";

/** What a load can be told besides its plan; all optional. Times are in milliseconds, rates are plays a second. */
export interface LoadOptions extends RunOptions {
  /** Hosts that may be loaded. Loopback needs none. */
  readonly allowLoad?: readonly string[];
  /** One rate in place of the plan's stages. */
  readonly playRate?: number;
  /** How long, in place of what the stages come to. */
  readonly for?: number;
  /** The closed model: so many users who wait for their answers. */
  readonly closed?: number;
  readonly think?: number;
  readonly users?: number;
  readonly groups?: number;
  readonly members?: number;
  readonly warmUp?: number;
  readonly maxInFlight?: number;
  /** In place of the plan's thresholds where any is given. */
  readonly threshold?: readonly string[];
  readonly abortOnBreach?: boolean;
  readonly workers?: number | "auto";
  readonly precise?: boolean;
  readonly http2?: boolean;
  /** How much faster than Okta waits after a 429 are played. */
  readonly oktaTimeScale?: number;
  readonly findCapacity?: boolean;
  /** Leave what the load made, for a look at the server. */
  readonly keep?: boolean;
  /** Plays a second at most on hosts other than this machine. */
  readonly maxRate?: number;
}
