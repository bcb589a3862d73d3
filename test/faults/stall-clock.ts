import type { Clock } from "../../src/model/clock.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";

/** Sleeps from here on are the deadlines of exchanges, and not pauses between them. */
const DEADLINE_MS = 5_000;
const LOOK_EVERY_MS = 8;
/** Looks that have to agree: enough turns of the event loop for a request to travel from one socket to the other. */
const LOOKS = 8;

/**
 * Real time, but that the time-out of an exchange comes as soon as nothing else can happen: the server is stalling and
 * has nothing else to do. A stalled server then costs milliseconds, and a busy machine times nothing out that is
 * answered.
 */
export class StallClock implements Clock {
  readonly #real = systemClock();
  readonly #deadlines = new Set<{ looks: number; readonly call: () => void }>();
  readonly #watch: ReturnType<typeof setInterval>;

  /** @param isStuck whether the server owes answers that it will not give, and no others */
  constructor(isStuck: () => boolean) {
    this.#watch = setInterval(() => {
      for (const one of this.#deadlines) {
        one.looks = isStuck() ? one.looks + 1 : 0;
        if (one.looks >= LOOKS) one.call();
      }
    }, LOOK_EVERY_MS);
  }

  now(): number {
    return this.#real.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms < DEADLINE_MS) return this.#real.sleep(ms, signal);
    const called = new AbortController();
    const deadline = { looks: 0, call: () => called.abort() };
    this.#deadlines.add(deadline);
    await this.#real.sleep(
      ms,
      signal === undefined ? called.signal : AbortSignal.any([signal, called.signal]),
    );
    this.#deadlines.delete(deadline);
  }

  stop(): void {
    clearInterval(this.#watch);
  }
}
