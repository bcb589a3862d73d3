import { type CleanUpContext, cleanUp } from "../engine/clean-up.ts";
import { type Driver, drive, Interrupted } from "../engine/drive.ts";
import type { MadeLog } from "../engine/made.ts";
import { isUndone, type OwedLog } from "../engine/owed.ts";
import type { Leftover } from "../model/play.ts";
import type { Deadline } from "./deadline.ts";
import type { RunInput } from "./input.ts";
import type { Turn } from "./large-answers.ts";
import { leftBehind } from "./left-behind.ts";

/** Undoes and removes what a run did and made, also after an interruption: a second Ctrl-C stops even this. */
export class Tidying {
  readonly #input: Pick<RunInput, "speak" | "settings" | "onProgress">;
  readonly #isOurs: CleanUpContext["isOurs"];
  /** Not held back by the ceiling of requests, and on a signal of its own. */
  readonly #cleaner: Driver;
  readonly #deadline: Deadline;
  readonly #deletesHold: CleanUpContext["deletesHold"] = new Set();
  readonly #leftovers: Leftover[] = [];
  readonly #notes: string[] = [];

  constructor(
    input: Pick<RunInput, "speak" | "settings" | "onProgress">,
    isOurs: CleanUpContext["isOurs"],
    { cleaner, deadline }: { readonly cleaner: Driver; readonly deadline: Deadline },
  ) {
    this.#input = input;
    this.#isOurs = isOurs;
    this.#cleaner = cleaner;
    this.#deadline = deadline;
  }

  /** What could not be removed so far. */
  get leftovers(): readonly Leftover[] {
    return this.#leftovers;
  }

  /** What could not be undone so far, a sentence each. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** What the play could not undo itself, because it was cut short or the server would not. */
  async undo(owed: OwedLog, turn: Turn): Promise<void> {
    for (const { id, step, request } of owed.open) {
      try {
        const exchange = await turn.through(this.#cleaner.send)(request, this.#cleaner.signal);
        if (isUndone(exchange)) {
          owed.paid(step);
          continue;
        }
      } catch (problem) {
        if (!(problem instanceof Interrupted) && !this.#cleaner.signal.aborted) throw problem;
      }
      this.#notes.push(
        `What ${id} did is not undone: ${request.method} ${request.path} was not answered with success. \`scim-check cleanup\` tries again.`,
      );
    }
  }

  async remove(made: MadeLog, turn: Turn): Promise<void> {
    const { speak, settings, onProgress } = this.#input;
    if (made.isEmpty) return;
    const { entries } = made;
    if (entries.length > 100) onProgress?.({ kind: "cleaning-up", resources: entries.length });
    const context = {
      speak,
      isOurs: this.#isOurs,
      atOnce: turn.areLarge() ? 1 : settings.concurrency,
      lookAgainAfterMs: settings.settleMs,
      deletesHold: this.#deletesHold,
    };
    try {
      const cleaner = { ...this.#cleaner, send: turn.through(this.#cleaner.send) };
      const { leftovers } = await drive(cleanUp(entries, context), cleaner);
      this.#leftovers.push(...leftovers);
    } catch (problem) {
      if (!(problem instanceof Interrupted)) throw problem;
      const isLate = this.#deadline.cleansUp.aborted;
      const why = isLate ? "no time was left to remove it" : "clean-up was interrupted";
      this.#leftovers.push(...leftBehind(entries, why));
    }
  }
}
