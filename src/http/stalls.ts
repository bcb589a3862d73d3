const TICK_MS = 50;
/** A tick may be that late on any busy machine, and while a flood is read; what is later was kept from reading. */
const USUAL_MS = 250;

/**
 * Counts the time in which this process did not run: a large text was parsed, memory was collected, or another process
 * had the processor. An answer that arrived meanwhile was not read, and that is no fault of the server.
 */
export class Stalls {
  readonly #timer: ReturnType<typeof setInterval>;
  #lastAt = performance.now();
  #ms = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(), TICK_MS);
    this.#timer.unref();
  }

  /** Milliseconds of all stalls so far, a stall that has just ended included. */
  ms(): number {
    this.#look();
    return this.#ms;
  }

  #look(): void {
    const now = performance.now();
    const late = now - this.#lastAt - TICK_MS;
    if (late > USUAL_MS) this.#ms += late;
    this.#lastAt = now;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
