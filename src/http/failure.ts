import type { SilenceReason } from "../model/exchange.ts";

/** How far an exchange had come when it ended without an answer. */
export type Phase = "connecting" | "waiting" | "receiving";

/** Why an exchange ended without an answer, before anyone put it into words. */
export interface Failure {
  /** What was thrown or emitted: an error of undici, Node.js or our own `Stopped`. */
  readonly error: unknown;
  readonly phase: Phase;
  /** The answer had begun, and its headers had not come in full. */
  readonly inHeaders?: boolean;
  /** Bytes of the answer's body that had arrived. */
  readonly bodyBytes: number;
  /** Whether the connection had carried an earlier exchange. */
  readonly reused: boolean;
}

/** An exchange that we ended ourselves. */
export class Stopped extends Error {
  readonly reason: SilenceReason;

  /** @param why completes the sentence "host:port …" */
  constructor(reason: SilenceReason, why: string) {
    super(why);
    this.name = "Stopped";
    this.reason = reason;
  }
}
