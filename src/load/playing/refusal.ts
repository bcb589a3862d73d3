import { wholeSeconds } from "../../okta/retry-after.ts";
import { throttledWait } from "../../okta/throttled-wait.ts";

/** What a 429 comes to: how long the play waits, and what the server had asked for. */
export interface Refusal {
  /** -1 when the play gives up. */
  readonly waitMs: number;
  /** -1 when there was no `Retry-After`, -2 when it was no whole number of seconds. */
  readonly askedMs: number;
}

/** @param timeScale what Okta's own waits are divided by; a server's word is not */
export function refusalOf(refusals: number, retryAfter: string | undefined, timeScale: number): Refusal {
  const wait = throttledWait(refusals, retryAfter);
  const seconds = wholeSeconds(retryAfter);
  const askedMs = retryAfter === undefined ? -1 : seconds === undefined ? -2 : seconds * 1000;
  if (wait.kind === "give-up") return { waitMs: -1, askedMs };
  return { waitMs: wait.said ? wait.ms : wait.ms / timeScale, askedMs };
}
