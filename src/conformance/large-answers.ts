import { leftAside } from "../engine/holding.ts";
import type { Answer, Exchange, Send } from "../model/exchange.ts";
import { bytesOf, LEFT_ALONE, type Memory } from "../model/memory.ts";
import { PackedText } from "./packed-text.ts";

/** Characters of a body; what scim-check holds of it is many times as much until it is judged. */
const LARGE = 250_000;
/** So many small answers in a row, and plays need not take turns any more. */
const SMALL_AGAIN = 16;
/** Bytes that answers may take, packed, while they wait for the turn of their plays. */
const MOST_WAITING = 20_000_000;
/** Bytes of the answers to requests that one play sends at the same time. */
const MOST_TOGETHER = 24_000_000;

/** How one play, and the clean-up behind it, send their requests. */
export interface Turn {
  /** Whether large answers came a moment ago, so that it is better to ask one thing after the other. */
  areLarge(): boolean;
  /** The same way to the server, in turn where answers are large. */
  through(send: Send): Send;
  /** To be called when everything is over, whatever became of it: the next one may go on. */
  over(): void;
}

/**
 * Plays side by side, until an answer of megabytes comes. From then on one play goes on to its end while the others
 * wait where they are, so that what has to be held does not grow with how many of them there are.
 */
export class LargeAnswers {
  #smallInARow = SMALL_AGAIN;
  #lastTurn: Promise<void> = Promise.resolve();
  /** Plays that have a turn, or wait for one. */
  #inLine = 0;
  #waitingBytes = 0;
  readonly #memory: Memory;

  /** @param memory to be freed before an answer that waited takes its full size again */
  constructor(memory: Memory = LEFT_ALONE) {
    this.#memory = memory;
  }

  turnOfAPlay(): Turn {
    let turn: Promise<() => void> | undefined;
    let hasTurn = false;
    const inTurn = async () => {
      turn ??= this.#takeTurn();
      await turn;
      hasTurn = true;
    };
    const together = new Together();
    const areLarge = () => this.#smallInARow < SMALL_AGAIN;
    return {
      areLarge,
      through: (send) => async (request, signal) => {
        if (areLarge()) await inTurn();
        together.began();
        const exchange = await send(request, signal);
        const { outcome } = exchange;
        const isLarge = outcome.kind === "answer" && outcome.body.length > LARGE;
        this.#smallInARow = isLarge ? 0 : this.#smallInARow + 1;
        const isRoom = together.ended(exchange);
        if (!isLarge) return exchange;
        if (!isRoom) return leftAside(exchange, tooMuch(outcome, "others to requests of the same moment"));
        return hasTurn || this.#inLine === 0
          ? inTurn().then(() => exchange)
          : this.#afterWaiting({ ...exchange, outcome }, inTurn);
      },
      over: () => void turn?.then((end) => end()),
    };
  }

  #takeTurn(): Promise<() => void> {
    const before = this.#lastTurn;
    let end = () => {};
    this.#inLine += 1;
    this.#lastTurn = new Promise((resolve) => {
      end = () => {
        this.#inLine -= 1;
        resolve();
      };
    });
    return before.then(() => end);
  }

  /** Holds an answer until the play that asked has its turn: packed, because several plays may wait with one each. */
  async #afterWaiting(
    { outcome, ...exchange }: Exchange & { readonly outcome: Answer },
    turn: () => Promise<void>,
  ): Promise<Exchange> {
    const { body, ...answer } = outcome;
    const packed = new PackedText(body);
    if (this.#waitingBytes + packed.size > MOST_WAITING) {
      return leftAside({ ...exchange, outcome }, tooMuch(outcome, "others that waited to be judged"));
    }
    return this.#unpacked(packed, exchange, answer, turn);
  }

  // Apart from the packing, so that nothing holds the text meanwhile.
  async #unpacked(
    packed: PackedText,
    exchange: Omit<Exchange, "outcome">,
    answer: Omit<Answer, "body">,
    turn: () => Promise<void>,
  ): Promise<Exchange> {
    this.#waitingBytes += packed.size;
    await turn();
    this.#waitingBytes -= packed.size;
    return { ...exchange, outcome: { ...answer, body: packed.unpacked(this.#memory) } };
  }
}

/** How much came as answers to requests of one play that were under way at the same time. */
class Together {
  #underWay = 0;
  #bytes = 0;

  began(): void {
    if (this.#underWay === 0) this.#bytes = 0;
    this.#underWay += 1;
  }

  /** Whether there is room for what came. A single answer always has room. */
  ended({ outcome }: Exchange): boolean {
    this.#underWay -= 1;
    const bytes = outcome.kind === "answer" ? bytesOf(outcome) : 0;
    const isRoom = this.#bytes === 0 || this.#bytes + bytes <= MOST_TOGETHER;
    if (isRoom) this.#bytes += bytes;
    return isRoom;
  }
}

const tooMuch = ({ body }: Answer, others: string) =>
  `The answer was left aside: its ${body.length} characters came while ${others} had to be held.`;
