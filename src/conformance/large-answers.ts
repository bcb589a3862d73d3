import type { Send } from "../model/exchange.ts";

/** Characters of a body; what scim-check holds of it is a few times as much until it is judged. */
const LARGE = 1_000_000;
/** So many small answers in a row, and plays need not take turns any more. */
const SMALL_AGAIN = 16;

/** How one play sends its requests. */
export interface Turn {
  readonly send: Send;
  /** To be called when the play is over, whatever became of it: the next one may go on. */
  over(): void;
}

/**
 * Plays side by side, until an answer of megabytes comes. From then on one play goes on to its end while the others
 * wait where they are, so that what has to be held does not grow with how many of them there are.
 */
export class LargeAnswers {
  readonly #send: Send;
  #smallInARow = SMALL_AGAIN;
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(send: Send) {
    this.#send = send;
  }

  turnOfAPlay(): Turn {
    let turn: Promise<() => void> | undefined;
    return {
      send: async (request, signal) => {
        if (this.#smallInARow < SMALL_AGAIN) turn ??= this.#takeTurn();
        await turn;
        const exchange = await this.#send(request, signal);
        const { outcome } = exchange;
        const isLarge = outcome.kind === "answer" && outcome.body.length > LARGE;
        this.#smallInARow = isLarge ? 0 : this.#smallInARow + 1;
        return exchange;
      },
      over: () => void turn?.then((end) => end()),
    };
  }

  #takeTurn(): Promise<() => void> {
    const before = this.#lastTurn;
    let end = () => {};
    this.#lastTurn = new Promise((resolve) => {
      end = resolve;
    });
    return before.then(() => end);
  }
}
