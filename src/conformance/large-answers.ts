import type { Send } from "../model/exchange.ts";

/** Characters of a body; what scim-check holds of it is a few times as much until it is judged. */
const LARGE = 1_000_000;
/** So many small answers in a row, and requests need not take turns any more. */
const SMALL_AGAIN = 16;

/** Does one piece of work after the other. */
export type InTurn = (work: () => Promise<void>) => Promise<void>;

/**
 * Sends as ever, until an answer of megabytes comes. From then on one request travels at a time, and the next one
 * leaves when the answer before it has been judged, so that what plays have to hold does not grow with how many of
 * them go on.
 */
export function inTurnsWhenLarge(send: Send, inTurn: InTurn): Send {
  let smallInARow = SMALL_AGAIN;
  const ask: Send = async (request, signal) => {
    const exchange = await send(request, signal);
    const { outcome } = exchange;
    const isLarge = outcome.kind === "answer" && outcome.body.length > LARGE;
    smallInARow = isLarge ? 0 : smallInARow + 1;
    return exchange;
  };
  return (request, signal) => {
    if (smallInARow >= SMALL_AGAIN) return ask(request, signal);
    return new Promise((resolve, reject) => {
      void inTurn(async () => {
        await ask(request, signal).then(resolve, reject);
        // Whoever waits for the answer judges it before this comes.
        await new Promise<void>((judged) => setImmediate(judged));
      });
    });
  };
}
