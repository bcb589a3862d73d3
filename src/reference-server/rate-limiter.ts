import type { Clock } from "../model/clock.ts";
import { ScimFailure } from "./errors.ts";

export interface RateLimit {
  readonly perSecond: number;
  /** Requests that may come at once after a pause; `perSecond` when absent, at least 1. */
  readonly burst?: number;
  /** What `Retry-After` says, in whole seconds; the time until the next request is admitted when absent. */
  readonly retryAfterSeconds?: number;
}

/** A bucket that holds `burst` admissions and is filled with `perSecond` a second. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #capacity: number;
  #admissions: number;
  #filledAt: number;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#limit = limit;
    this.#capacity = Math.max(1, limit.burst ?? limit.perSecond);
    this.#admissions = this.#capacity;
    this.#filledAt = clock.now();
  }

  /** @throws ScimFailure 429 with `Retry-After` when the bucket is empty. */
  admit(): void {
    const now = this.#clock.now();
    const { perSecond, retryAfterSeconds } = this.#limit;
    const filled = this.#admissions + ((now - this.#filledAt) / 1000) * perSecond;
    this.#admissions = Math.min(this.#capacity, filled);
    this.#filledAt = now;
    if (this.#admissions >= 1) {
      this.#admissions -= 1;
      return;
    }
    const wait = retryAfterSeconds ?? Math.max(1, Math.ceil((1 - this.#admissions) / perSecond));
    throw new ScimFailure(429, `Too many requests; try again in ${wait} s.`, undefined, [
      ["Retry-After", String(wait)],
    ]);
  }
}
