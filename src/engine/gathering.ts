import type { StepEvidence } from "../model/evidence.ts";
import type { Exchange, Request } from "../model/exchange.ts";
import type { Action, ActionContext, Demand, Playable, Reply } from "../model/play.ts";
import type { PerformStep, SendStep, Step } from "../model/scenario.ts";
import { askingFor, withAsked } from "./also-ask.ts";
import { Asking } from "./asking.ts";
import { fillArgument, type Scope } from "./fill.ts";
import { Holding } from "./holding.ts";
import type { MadeLog } from "./made.ts";
import type { PlayNames } from "./names.ts";
import { buildRequest, requestOf, type Speak } from "./request.ts";

/** What one try at a step gathered. */
export interface Gathered extends StepEvidence {
  /** Why a disagreement cannot be laid at the server's door. */
  readonly doubt?: string;
  /** A request that travelled with others got no answer, and was not repeated. */
  readonly lostInCrowd?: boolean;
}

/** The reply to what an action wanted, and what to make of it. */
interface Met extends Pick<Gathered, "doubt" | "lostInCrowd"> {
  readonly reply: Reply;
}

/** What gathering takes from outside. */
export interface GatheringContext {
  readonly names: PlayNames;
  readonly actions: ReadonlyMap<string, Action>;
  readonly speak: Speak;
  readonly made: MadeLog;
  readonly oktaWaits: boolean;
  readonly random: () => number;
  readonly startedAt: number;
  /** What is kept of an exchange with a large answer once nothing of the play looks at it any more. All, if absent. */
  readonly excerpt?: (exchange: Exchange, isBroken: boolean) => Exchange;
}

/** Characters of an answer's body beyond which it is let go as soon as nothing looks at it any more. */
const LARGE_ANSWER = 50_000;

export const isLarge = ({ outcome }: Exchange) =>
  outcome.kind === "answer" && outcome.body.length > LARGE_ANSWER;

/** Asks what a step wants asked, and keeps the time of a play. Judges nothing. */
export class Gathering {
  /** Milliseconds since the epoch, as of the latest reply. */
  now: number;
  readonly #context: GatheringContext;
  readonly #scope: Scope;
  readonly #holding = new Holding();
  readonly #asking: Asking;

  constructor(context: GatheringContext, scope: Scope) {
    this.#context = context;
    this.#scope = scope;
    this.now = context.startedAt;
    this.#asking = new Asking(context.made, this.#holding, () => ({
      method: "GET",
      path: "/Users?startIndex=1&count=2",
      headers: context.speak("okta", false),
    }));
  }

  /**
   * Throws `MissingValue` where a slot of the step cannot be filled.
   * @param earlier the steps before it, with what is held of their answers
   */
  *gather(step: Step, earlier: readonly StepEvidence[]): Playable<Gathered> {
    this.#holding.begin(earlier);
    return step.kind === "send" ? yield* this.#send(step) : yield* this.#perform(step);
  }

  *wait(ms: number): Playable<void> {
    this.now = (yield { kind: "wait", ms }).now;
  }

  *#send(step: SendStep): Playable<Gathered> {
    const request = requestOf(step, this.#scope, this.#context.speak);
    const asked = yield* this.#asking.one(request);
    this.now = asked.now;
    return {
      step: step.id,
      exchanges: yield* this.#askedAlso(step, request, asked.exchanges),
      facts: {},
      ...(asked.doubt === undefined ? {} : { doubt: asked.doubt }),
    };
  }

  *#askedAlso(
    { alsoAsk }: SendStep,
    request: Request,
    exchanges: readonly Exchange[],
  ): Playable<readonly Exchange[]> {
    const again = alsoAsk === undefined ? undefined : askingFor(alsoAsk, request, exchanges);
    if (alsoAsk === undefined || again === undefined) return exchanges;
    const second = yield* this.#asking.one(again);
    this.now = second.now;
    return withAsked(alsoAsk, exchanges, second.exchanges);
  }

  *#perform(step: PerformStep): Playable<Gathered> {
    const action = this.#context.actions.get(step.action);
    if (action === undefined) throw new Error(`no action named ${step.action}`);
    const given = Object.fromEntries(
      step.with.map(([name, value]) => [name, fillArgument(name, value, this.#scope)] as const),
    );
    const performance = action.perform(given, this.#actionContext());
    let doubt: string | undefined;
    let lostInCrowd = false;
    let next = performance.next();
    while (next.done !== true) {
      const { reply, ...told } = yield* this.#meet(next.value);
      doubt ??= told.doubt;
      lostInCrowd ||= told.lostInCrowd === true;
      this.now = reply.now;
      next = performance.next(reply);
    }
    return { step: step.id, ...next.value, lostInCrowd, ...(doubt === undefined ? {} : { doubt }) };
  }

  /** What an action wants is asked for like any step's request: with an eye on silences. */
  *#meet(demand: Demand): Playable<Met> {
    if (demand.kind === "wait") return { reply: yield demand };
    if (demand.kind === "send-at-once") {
      const { exchanges, now, ...told } = yield* this.#asking.atOnce(demand.requests);
      const lostInCrowd = exchanges.some(({ outcome }) => outcome.kind === "silence");
      return { reply: { exchanges, now }, lostInCrowd, ...told };
    }
    const { exchanges, now, ...told } = yield* this.#asking.one(demand.request);
    return { reply: { exchanges: exchanges.slice(-1), now }, ...told };
  }

  #actionContext(): ActionContext {
    const { speak, names, oktaWaits, random } = this.#context;
    return {
      request: (method, path, body) => buildRequest(speak, method, path, body),
      now: this.now,
      brief: (exchange) => this.#brief(exchange),
      unique: (kind, label) => names.unique(kind, label),
      oktaWaits,
      random,
    };
  }

  /** What an action keeps of an exchange whose answer it has read. A refusal stays whole: checks ask why it was one. */
  #brief(exchange: Exchange): Exchange {
    const { excerpt } = this.#context;
    const isRefusal = exchange.outcome.kind === "answer" && exchange.outcome.status >= 300;
    if (excerpt === undefined || isRefusal || !isLarge(exchange)) return exchange;
    const brief = excerpt(exchange, false);
    this.#holding.shortened(exchange, brief);
    return brief;
  }
}
