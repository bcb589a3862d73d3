import type { Clock } from "../model/clock.ts";
import type { Request, Send } from "../model/exchange.ts";
import { countsIn, type RatePool } from "../model/rate-pool.ts";

/** A rate to keep below: `burst` requests may start at once, and `perSecond` a second from then on. */
export interface Pace {
  readonly perSecond: number;
  /** 1 when absent. */
  readonly burst?: number;
  /** Which requests share it; all when absent. */
  readonly pool?: RatePool;
}

/**
 * Spaces requests so that every rate they count for is kept, whichever of the senders they are given to; bursts
 * (`showThrottling`) are let through.
 */
export function pace(clock: Clock, paces: readonly Pace[]): (send: Send) => Send {
  const lanes = paces.map((one) => new Lane(one));
  return (send) => async (request, signal) => {
    if (request.showThrottling !== true) {
      const now = clock.now();
      const own = lanes.filter((lane) => lane.counts(request));
      const start = Math.max(now, ...own.map((lane) => lane.freeAt(now)));
      for (const lane of own) lane.take(start);
      if (start > now) await clock.sleep(start - now, signal);
    }
    return send(request, signal);
  };
}

class Lane {
  readonly #gapMs: number;
  readonly #aheadMs: number;
  readonly #pool: RatePool;
  /** When the next request would start if all of them were evenly spaced. */
  #due = 0;

  constructor({ perSecond, burst = 1, pool = "all" }: Pace) {
    this.#gapMs = 1000 / perSecond;
    this.#aheadMs = this.#gapMs * (Math.max(1, burst) - 1);
    this.#pool = pool;
  }

  counts({ method, path }: Request): boolean {
    const [, collection, id] = /^\/(Users|Groups)(?:\/([^?]+))?(?:\?|$)/.exec(path) ?? [];
    return countsIn(this.#pool, method, collection, id !== undefined);
  }

  freeAt(now: number): number {
    return Math.max(now, this.#due - this.#aheadMs);
  }

  take(start: number): void {
    this.#due = Math.max(this.#due, start) + this.#gapMs;
  }
}
