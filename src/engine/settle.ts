/** How long the player waits for a write to show in a read, and how often it looks. */
export interface SettlePolicy {
  /** Milliseconds after which a write that does not show is lost. */
  readonly withinMs: number;
}

const FIRST_LOOK_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** Pauses between looks, in milliseconds: short at first, because most servers show a write at once. */
export function* pauses({ withinMs }: SettlePolicy): Generator<number> {
  let waited = 0;
  let pause = FIRST_LOOK_MS;
  while (waited < withinMs) {
    const next = Math.min(pause, withinMs - waited);
    yield next;
    waited += next;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}
