/** Okta's wait where `Retry-After` tells it no whole seconds (Understanding SCIM, rate limiting). */
export const OKTA_DEFAULT_WAIT_MS = 300_000;

/** Thirty years. What names more is no time that anybody waits. */
const MOST_SECONDS = 999_999_999;

/** Seconds of a `Retry-After` that Okta takes as it stands; undefined for a date, for anything else and for none. */
export function wholeSeconds(retryAfter: string | undefined): number | undefined {
  const digits = /^[ \t]*(\d+)[ \t]*$/.exec(retryAfter ?? "")?.[1];
  return digits === undefined || Number(digits) > MOST_SECONDS ? undefined : Number(digits);
}

/** Milliseconds that Okta waits after a 429 with this `Retry-After`; undefined means there was none. */
export function oktaWaitMs(retryAfter: string | undefined): number {
  const seconds = wholeSeconds(retryAfter);
  return seconds === undefined ? OKTA_DEFAULT_WAIT_MS : seconds * 1000;
}
