import type { Exchange } from "../model/exchange.ts";

/** Characters of a body that a report keeps: enough to judge a failure by, little where nothing was wrong. */
const KEPT_WHERE_FINE = 4_000;
const KEPT_WHERE_BROKEN = 200_000;
/** Exchanges of one step that a report keeps; a burst or a walk has more. */
const EXCHANGES_KEPT = 40;

/** Those that were trimmed, so that none is trimmed twice and told to be shorter than it was. */
const trimmed = new WeakSet<Exchange>();

/** An exchange as the report keeps it. */
export function trimExchange(exchange: Exchange, isBroken: boolean): Exchange {
  if (trimmed.has(exchange)) return exchange;
  const limit = isBroken ? KEPT_WHERE_BROKEN : KEPT_WHERE_FINE;
  const { request, outcome } = exchange;
  const kept: Exchange = {
    ...exchange,
    request: request.body === undefined ? request : { ...request, body: shortened(request.body, limit) },
    outcome: outcome.kind === "silence" ? outcome : { ...outcome, body: shortened(outcome.body, limit) },
  };
  trimmed.add(kept);
  return kept;
}

/** The first and last exchanges of a long step; what is left out in between is told by the step's facts. */
export function trimStep(exchanges: readonly Exchange[]): readonly Exchange[] {
  if (exchanges.length <= EXCHANGES_KEPT) return exchanges;
  return [...exchanges.slice(0, EXCHANGES_KEPT - 10), ...exchanges.slice(-10)];
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${copied(text.slice(0, limit))}… (${text.length - limit} more characters)`;
}

/** A slice is a view that holds on to the whole text, so that a report would keep every byte a server ever sent. */
const copied = (text: string) => Buffer.from(text, "utf16le").toString("utf16le");
