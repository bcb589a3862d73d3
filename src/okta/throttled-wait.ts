import { OKTA_DEFAULT_WAIT_MS, wholeSeconds } from "./retry-after.ts";

/** After this many refusals Okta's task has failed for good (OKTA-RATE-04). */
export const OKTA_ATTEMPTS = 10;

/** What Okta does about a 429. */
export type ThrottledWait =
  | { readonly kind: "wait"; readonly ms: number; readonly said: boolean }
  | { readonly kind: "give-up" };

/**
 * Okta's rule after a 429 (Understanding SCIM, "Handle SCIM server rate limiting"): a `Retry-After` in whole seconds is
 * obeyed as it stands; any other one, or none, means five minutes; those double with every further refusal of the same
 * request; the tenth refusal is final.
 * @param refusals how often this request has been refused by now, from 1
 */
export function throttledWait(refusals: number, retryAfter: string | undefined): ThrottledWait {
  if (refusals >= OKTA_ATTEMPTS) return { kind: "give-up" };
  const seconds = wholeSeconds(retryAfter);
  if (seconds !== undefined) return { kind: "wait", ms: seconds * 1000, said: true };
  return { kind: "wait", ms: OKTA_DEFAULT_WAIT_MS * 2 ** (refusals - 1), said: false };
}
