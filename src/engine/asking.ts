import { type Exchange, isOwnSilence, type Request } from "../model/exchange.ts";
import type { Playable, Reply } from "../model/play.ts";
import type { Holding } from "./holding.ts";
import type { MadeLog } from "./made.ts";

/** What asking came to. The last exchange is the one to judge. */
export interface Asked {
  readonly exchanges: readonly Exchange[];
  /** Why a disagreement cannot be laid at the server's door, if it cannot. */
  readonly doubt?: string;
  readonly now: number;
}

const STILL_THROTTLED = "the server kept answering 429, however long we waited";

const TOO_MUCH = "No rule forbids that, but scim-check reads no more, so what was answered cannot be told.";

/** Why an exchange cannot be laid at the server's door, whatever it was expected to be. */
function doubtOf({ request, outcome }: Exchange): string | undefined {
  if (outcome.kind === "answer") {
    return outcome.status === 429 && request.showThrottling !== true ? STILL_THROTTLED : undefined;
  }
  // Ours, not the server's: it is more than we read.
  if (outcome.reason === "too-large") return `${outcome.detail} ${TOO_MUCH}`;
  // Ours too: the run was interrupted, a ceiling was reached, or there was no access token.
  return isOwnSilence(outcome) ? outcome.detail : undefined;
}

/** Asks questions on behalf of one play, keeps account of what they make, and makes sure of silences. */
export class Asking {
  readonly #made: MadeLog;
  readonly #holding: Holding;
  readonly #credentialTest: () => Request;

  constructor(made: MadeLog, holding: Holding, credentialTest: () => Request) {
    this.#made = made;
    this.#holding = holding;
    this.#credentialTest = credentialTest;
  }

  /**
   * Sends one request. No answer means little by itself: the request is repeated on a fresh connection, and in
   * between the credential test has to be answered, so that a dead server is not mistaken for a faulty one.
   */
  *one(request: Request): Playable<Asked> {
    const first = yield* this.#send(request);
    const [exchange] = first.exchanges;
    if (exchange === undefined) return first;
    const doubt = doubtOf(exchange);
    if (doubt !== undefined) return { ...first, doubt };
    if (exchange.outcome.kind === "answer") return first;
    const probe = yield* this.#send({ ...this.#credentialTest(), freshConnection: true });
    if (probe.exchanges[0]?.outcome.kind !== "answer") {
      return {
        exchanges: [exchange],
        doubt: `nothing was answered (${exchange.outcome.detail}), and neither was the credential test right after it`,
        now: probe.now,
      };
    }
    const again = yield* this.#send({ ...request, freshConnection: true });
    const exchanges = [exchange, ...again.exchanges];
    const [second] = again.exchanges;
    if (second?.outcome.kind === "silence") {
      const doubted = doubtOf(second);
      return { exchanges, now: again.now, ...(doubted === undefined ? {} : { doubt: doubted }) };
    }
    return {
      exchanges,
      doubt: `the first try got no answer (${exchange.outcome.reason}), so the second may show its effect`,
      now: again.now,
    };
  }

  /** Sends several requests at the same time, once each. */
  *atOnce(requests: readonly Request[]): Playable<Asked> {
    const records = requests.map((request) => this.#made.beforeSending(request));
    const reply = yield { kind: "send-at-once", requests };
    for (const [index, exchange] of reply.exchanges.entries()) records[index]?.(exchange);
    const exchanges = reply.exchanges.map((exchange) => this.#holding.admit(exchange));
    const doubt = exchanges.map(doubtOf).find((found) => found !== undefined);
    return { exchanges, now: reply.now, ...(doubt === undefined ? {} : { doubt }) };
  }

  *#send(request: Request): Playable<Reply> {
    const record = this.#made.beforeSending(request);
    const reply = yield { kind: "send", request };
    for (const exchange of reply.exchanges) record(exchange);
    return { ...reply, exchanges: reply.exchanges.map((exchange) => this.#holding.admit(exchange)) };
  }
}
