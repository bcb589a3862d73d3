/** Okta's wait where `Retry-After` tells it no whole seconds (Understanding SCIM, rate limiting). */
export const OKTA_DEFAULT_WAIT_MS = 300_000;

/** Milliseconds that Okta waits after a 429 with this `Retry-After`; undefined means there was none. */
export function oktaWaitMs(retryAfter: string | undefined): number {
  const text = retryAfter?.trim() ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) * 1000 : OKTA_DEFAULT_WAIT_MS;
}

/** Whether Okta takes this `Retry-After` as it stands. */
export const isWholeSeconds = (retryAfter: string | undefined) =>
  retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter.trim());
