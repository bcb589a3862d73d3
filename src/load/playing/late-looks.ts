import { pauses } from "../../engine/settle.ts";

const NOT_FOUND = 404;

/** Whether a read may show the server as it was before a write: nothing there yet, or still there what has to be gone. */
export const mayBeLate = (status: number, isContentWith: (status: number) => boolean) =>
  status === NOT_FOUND || (status === 200 && isContentWith(NOT_FOUND));

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
