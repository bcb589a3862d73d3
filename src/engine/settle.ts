/** How long the player waits for a write to show in a read, and how often it looks. */
export interface SettlePolicy {
  /** Milliseconds after which a write that does not show is lost. */
  readonly withinMs: number;
}

const FIRST_LOOK_MS = 50;
const LONGEST_PAUSE_MS = 500;

/**
 * Pauses between looks, in milliseconds: short at first, because most servers show a write at once. Each `next` is
 * told how long after the write the latest look began, so that the time the looks themselves take counts too. The
 * last look never begins before the time is over.
 */
export function* pauses({ withinMs }: SettlePolicy): Generator<number, void, number> {
  // A generator's first `next` cannot tell it anything; the first look follows the write closely anyway.
  let elapsed = 0;
  let pause = FIRST_LOOK_MS;
  while (elapsed < withinMs) {
    elapsed = yield Math.min(pause, withinMs - elapsed);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}
