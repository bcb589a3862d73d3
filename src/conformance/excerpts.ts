import { plural } from "../model/count.ts";
import type { Exchange, Headers } from "../model/exchange.ts";
import { shortened } from "./beginning.ts";
import type { ForeignMask } from "./mask.ts";

/** Characters of a body that a report keeps: enough to judge a failure by, little where nothing was wrong. */
const KEPT_WHERE_FINE = 4_000;
const KEPT_WHERE_BROKEN = 200_000;
/** Characters beyond the few that all long excerpts of a run keep together; what comes later is cut like what is fine. */
const KEPT_AT_LENGTH = 20_000_000;
/** Exchanges of one step that a report keeps; a burst or a walk has more. */
const EXCHANGES_KEPT = 40;

/** How much a run may still keep at length, over all its plays. */
export interface Allowance {
  characters: number;
}

export const allowance = (): Allowance => ({ characters: KEPT_AT_LENGTH });

/** Makes what a report keeps of the exchanges of one play: other people's values masked, and cut short. */
export class Excerpts {
  readonly #mask: ForeignMask;
  readonly #showForeignData: boolean;
  readonly #allowance: Allowance;
  /** Those that were made, so that none is cut twice and told to be shorter than it was. */
  readonly #made = new WeakSet<Exchange>();

  /** @param mask the play's own: what a finding quotes stood in an answer of the same play */
  constructor(mask: ForeignMask, showForeignData: boolean, left: Allowance) {
    this.#mask = mask;
    this.#showForeignData = showForeignData;
    this.#allowance = left;
  }

  of(exchange: Exchange, isBroken: boolean): Exchange {
    if (this.#made.has(exchange)) return exchange;
    const limit = isBroken && this.#allowance.characters > 0 ? KEPT_WHERE_BROKEN : KEPT_WHERE_FINE;
    const shown = this.#answerShown(exchange, limit);
    const { request, outcome } = shown;
    const kept: Exchange = {
      ...shown,
      request: request.body === undefined ? request : { ...request, body: shortened(request.body, limit) },
      outcome: outcome.kind === "silence" ? outcome : { ...outcome, headers: first(outcome.headers, limit) },
    };
    this.#allowance.characters -= Math.max(0, lengthOf(kept) - 2 * KEPT_WHERE_FINE);
    this.#made.add(kept);
    return kept;
  }

  /**
   * The first and last exchanges of a long step, and those that a difference names, by their places in the step; what
   * is left out in between is told by the step's facts.
   */
  ofStep(
    exchanges: readonly Exchange[],
    isBroken: boolean,
    named: ReadonlySet<number> = new Set(),
  ): ReadonlyMap<number, Exchange> {
    const last = exchanges.length - 10;
    const kept = new Map<number, Exchange>();
    for (const [index, exchange] of exchanges.entries()) {
      // Every exchange is masked, also those that are not kept: a finding may quote them.
      const excerpt = this.of(exchange, isBroken);
      const isEnd = exchanges.length <= EXCHANGES_KEPT || index < EXCHANGES_KEPT - 10 || index >= last;
      if (isEnd || named.has(index)) kept.set(index, excerpt);
    }
    return kept;
  }

  #answerShown(exchange: Exchange, limit: number): Exchange {
    if (!this.#showForeignData) return this.#mask.exchange(exchange, limit);
    const { outcome } = exchange;
    if (outcome.kind === "silence") return exchange;
    return { ...exchange, outcome: { ...outcome, body: shortened(outcome.body, limit) } };
  }
}

const lengthOf = ({ request, outcome }: Exchange) =>
  (request.body?.length ?? 0) + (outcome.kind === "answer" ? outcome.body.length : 0);

/** Header fields are few and short, but for those of a server that has gone mad. */
function first(headers: Headers, limit: number): Headers {
  let length = 0;
  const kept = headers.filter(([name, value]) => {
    length += name.length + value.length;
    return length <= limit;
  });
  return kept.length === headers.length
    ? headers
    : [...kept, ["…", `(${plural(headers.length - kept.length, "more field")})`]];
}
