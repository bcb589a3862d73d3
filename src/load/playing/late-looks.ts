import { pauses } from "../../engine/settle.ts";

/** Further looks at one step's answer, because a write may show late in a read; one of these serves a whole play. */
export class LateLooks {
  /** How long to wait before the next look, in milliseconds. */
  pauseMs = 0;
  #pauses: Generator<number, void, number> | undefined;

  /** Another step begins. */
  begin(): void {
    this.#pauses = undefined;
  }

  /**
   * Whether there is time for another look.
   * @param lookedAfterMs how long after the write the latest look began
   */
  isTimeFor(withinMs: number, lookedAfterMs: number): boolean {
    this.#pauses ??= pauses({ withinMs });
    const pause = this.#pauses.next(lookedAfterMs);
    this.pauseMs = pause.value ?? 0;
    return pause.done !== true;
  }
}
