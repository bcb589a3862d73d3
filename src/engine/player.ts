import type { JudgeContext } from "../checks/judge.ts";
import { judge } from "../checks/judge.ts";
import type { Check, Evidence, Judgement, StepEvidence } from "../model/evidence.ts";
import type { Exchange, Request } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { valueAt } from "../model/path.ts";
import type {
  Action,
  ActionContext,
  Demand,
  Judged,
  Playable,
  PlayedStep,
  PlayResult,
  Reply,
} from "../model/play.ts";
import type { Expectation, PerformStep, Scenario, SendStep, Step } from "../model/scenario.ts";
import { combineAll, type Verdict } from "../model/verdict.ts";
import { askingFor, withAsked } from "./also-ask.ts";
import { Asking } from "./asking.ts";
import { fillBody, MissingValue, type Scope } from "./fill.ts";
import { lastJson } from "./last-json.ts";
import { lastLooks } from "./looked-back-at.ts";
import type { MadeLog } from "./made.ts";
import { mayShowMore } from "./may-show-more.ts";
import type { PlayNames } from "./names.ts";
import { isUndone, type OwedLog, wasRefused } from "./owed.ts";
import { buildRequest, requestOf, type Speak } from "./request.ts";
import { pauses } from "./settle.ts";
import { isUsable } from "./told-resource.ts";
import { observationOf, verdictOf } from "./verdict-of.ts";

/** Everything a play takes from outside. */
export interface PlayContext {
  readonly names: PlayNames;
  /** Values known before the first step: inputs, the crowd, limits. */
  readonly given: ReadonlyMap<string, Json>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly checks: ReadonlyMap<string, Check>;
  readonly speak: Speak;
  readonly made: MadeLog;
  /** What has to be undone; nothing is, if absent. */
  readonly owed?: OwedLog;
  readonly settleMs: number;
  readonly oktaWaits: boolean;
  readonly random: () => number;
  readonly startedAt: number;
  /** Told the id of each step before anything of it is sent. */
  readonly onStep?: (step: string) => void;
  /** What is kept of an exchange with a large answer once nothing of the play looks at it any more. All, if absent. */
  readonly excerpt?: (exchange: Exchange, isBroken: boolean) => Exchange;
}

/** Characters of an answer's body beyond which it is let go as soon as nothing looks at it any more. */
const LARGE_ANSWER = 500_000;

/** Plays one scenario once: yields what it wants sent, receives what came of it, judges step by step. */
export function* play(scenario: Scenario, context: PlayContext): Playable<PlayResult> {
  const stage = new Stage(context, scenario);
  const looks = lastLooks(scenario);
  for (const [index, step] of scenario.steps.entries()) {
    yield* stage.perform(step);
    stage.letGo((earlier) => (looks.get(earlier) ?? index) <= index);
  }
  return {
    scenario: scenario.id,
    oktaApp: scenario.oktaApp,
    steps: stage.steps,
    judged: stage.judged,
    made: context.made.entries,
  };
}

const LOST_IN_CROWD = "a request that travelled with others got no answer";

/** What one try at a step gathered. */
interface Gathered extends StepEvidence {
  /** Why a disagreement cannot be laid at the server's door. */
  readonly doubt?: string;
  /** A request that travelled with others got no answer, and was not repeated. */
  readonly lostInCrowd?: boolean;
}

/** The reply to what an action wanted, and what to make of it. */
interface Met extends Pick<Gathered, "doubt" | "lostInCrowd"> {
  readonly reply: Reply;
}

class Stage {
  readonly steps: PlayedStep[] = [];
  readonly judged: Judged[] = [];
  readonly #context: PlayContext;
  readonly #writes: boolean;
  /** The step that undoes another, by that other. */
  readonly #undoing: ReadonlyMap<string, SendStep>;
  readonly #asking: Asking;
  readonly #values: Map<string, Json>;
  readonly #earlier = new Map<string, StepEvidence>();
  readonly #yieldedBy = new Map<string, string>();
  readonly #scope: Scope;
  readonly #judgeContext: JudgeContext;
  /** What was made of the latest look at a step, so that the last one is not judged a second time. */
  #judgedLook: { readonly gathered: Gathered; readonly verdicts: readonly Verdict[] } | undefined;
  /** When the latest write was answered; absent before the first. */
  #wroteAt: number | undefined;
  /** A write that may not have been made, or made twice, casts its doubt on whatever is read afterwards. */
  #doubt: string | undefined;
  #now: number;

  constructor(context: PlayContext, { writes, steps }: Scenario) {
    this.#context = context;
    this.#writes = writes;
    this.#undoing = new Map(
      steps.flatMap((step) =>
        step.kind === "send" && step.undoes !== undefined ? [[step.undoes, step] as const] : [],
      ),
    );
    this.#now = context.startedAt;
    this.#asking = new Asking(context.made, () => ({
      method: "GET",
      path: "/Users?startIndex=1&count=2",
      headers: context.speak("okta", false),
    }));
    this.#values = new Map(context.given);
    this.#scope = {
      valueOf: (name) => this.#values.get(name),
      unique: (kind, label) => context.names.unique(kind, label),
      answerOf: (step) => lastJson(this.#earlier.get(step)?.exchanges ?? []),
    };
    this.#judgeContext = {
      fill: (template) => fillBody(template, this.#scope),
      checks: context.checks,
    };
  }

  *perform(step: Step): Playable<void> {
    this.#context.onStep?.(step.id);
    for (const [name] of step.remember) this.#yieldedBy.set(name, step.id);
    try {
      if (step.after !== undefined && this.#isBlocked(step.after)) {
        throw new MissingValue(`the answer of step ${step.after}`);
      }
      this.#owe(step);
      const gathered = yield* this.#gatherUntilSettled(step);
      this.#keep(step, gathered);
      this.#settleOwed(step, gathered.exchanges.at(-1));
      this.#judgeStep(step, gathered);
    } catch (problem) {
      if (!(problem instanceof MissingValue)) throw problem;
      this.#block(step, problem);
    }
  }

  /** What undoes a step is on record before the step is sent, as far as it is known by then. */
  #owe({ id }: Step): void {
    const undoing = this.#undoing.get(id);
    if (undoing === undefined || this.#context.owed === undefined) return;
    try {
      this.#context.owed.owe(id, requestOf(undoing, this.#scope, this.#context.speak));
    } catch (problem) {
      // It needs what the answer will tell.
      if (!(problem instanceof MissingValue)) throw problem;
    }
  }

  #settleOwed(step: Step, exchange: Exchange | undefined): void {
    const { owed } = this.#context;
    if (step.undoes !== undefined && isUndone(exchange)) owed?.paid(step.undoes);
    if (!this.#undoing.has(step.id)) return;
    if (wasRefused(exchange)) owed?.paid(step.id);
    else this.#owe(step);
  }

  /** Large answers that were judged, and that no later step looks at, would fill the memory until the play ends. */
  letGo(isOver: (step: string) => boolean): void {
    const { excerpt } = this.#context;
    if (excerpt === undefined) return;
    this.#judgedLook = undefined;
    for (const [index, step] of this.steps.entries()) {
      if (!isOver(step.step) || !step.exchanges.some(isLarge)) continue;
      const isBroken = this.judged.some((one) => one.step === step.step && one.verdict.kind === "fail");
      const exchanges = step.exchanges.map((one) => (isLarge(one) ? excerpt(one, isBroken) : one));
      this.steps[index] = { ...step, exchanges };
      const evidence = this.#earlier.get(step.step);
      if (evidence !== undefined) this.#earlier.set(step.step, { ...evidence, exchanges });
    }
  }

  #isBlocked(step: string): boolean {
    return this.steps.some((one) => one.step === step && one.status === "blocked");
  }

  /** A read after a write is repeated until it shows the write, or until the settle time is over. */
  *#gatherUntilSettled(step: Step): Playable<Gathered> {
    const writes = this.#isWrite(step);
    // A slow answer shows the server as it was when it was asked: what counts is when a look began.
    let lookedAt = this.#now;
    let gathered = yield* this.#gather(step);
    if (writes) {
      this.#wroteAt = this.#now;
      this.#doubt ??= gathered.doubt ?? (gathered.lostInCrowd === true ? LOST_IN_CROWD : undefined);
    }
    const since = this.#wroteAt;
    if (writes || !step.settles || since === undefined) return gathered;
    // Waiting mends a write that shows late; it does not mend a server that says nothing.
    const mayChange = () => isAnswered(gathered) && this.#mayShowMore(step, gathered);
    const looks = pauses({ withinMs: this.#context.settleMs });
    while (mayChange()) {
      const pause = looks.next(lookedAt - since);
      if (pause.done === true) break;
      this.#now = (yield { kind: "wait", ms: pause.value }).now;
      lookedAt = this.#now;
      const next = yield* this.#gather(step);
      gathered = { ...next, settledAfterMs: this.#now - since };
    }
    // A read that never showed the write did not settle; it is judged as it was last seen.
    if (gathered.settledAfterMs !== undefined && this.#mayShowMore(step, gathered)) {
      const { settledAfterMs: _never, ...unsettled } = gathered;
      this.#judgedLook = { gathered: unsettled, verdicts: this.#verdictsOf(step, gathered) };
      return unsettled;
    }
    return gathered;
  }

  #isWrite(step: Step): boolean {
    return step.kind === "send"
      ? step.method !== "GET" && step.method !== "HEAD" && !step.settles
      : this.#context.actions.get(step.action)?.reads !== true;
  }

  #mayShowMore(step: Step, gathered: Gathered): boolean {
    return mayShowMore(step, gathered, this.#verdictsOf(step, gathered));
  }

  /** What a look shows is judged once, however often that is asked. */
  #verdictsOf(step: Step, gathered: Gathered): readonly Verdict[] {
    if (this.#judgedLook?.gathered !== gathered) {
      const verdicts = step.expect.map((expectation) => this.#verdict(expectation, gathered));
      this.#judgedLook = { gathered, verdicts };
    }
    return this.#judgedLook.verdicts;
  }

  *#gather(step: Step): Playable<Gathered> {
    return step.kind === "send" ? yield* this.#sendStep(step) : yield* this.#performStep(step);
  }

  *#sendStep(step: SendStep): Playable<Gathered> {
    const request = requestOf(step, this.#scope, this.#context.speak);
    const asked = yield* this.#asking.one(request);
    this.#now = asked.now;
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
    this.#now = second.now;
    return withAsked(alsoAsk, exchanges, second.exchanges);
  }

  *#performStep(step: PerformStep): Playable<Gathered> {
    const action = this.#context.actions.get(step.action);
    if (action === undefined) throw new Error(`no action named ${step.action}`);
    const given = Object.fromEntries(
      step.with.map(([name, value]) => [name, fillBody(value, this.#scope)] as const),
    );
    const performance = action.perform(given, this.#actionContext());
    let doubt: string | undefined;
    let lostInCrowd = false;
    let next = performance.next();
    while (next.done !== true) {
      const { reply, ...told } = yield* this.#meet(next.value);
      doubt ??= told.doubt;
      lostInCrowd ||= told.lostInCrowd === true;
      this.#now = reply.now;
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
      now: this.#now,
      unique: (kind, label) => names.unique(kind, label),
      oktaWaits,
      random,
    };
  }

  #keep(step: Step, gathered: Gathered): void {
    const { doubt: _doubt, lostInCrowd: _lost, ...evidence } = gathered;
    this.#earlier.set(step.id, evidence);
    this.steps.push({ ...evidence, status: "played" });
    const body = lastJson(gathered.exchanges);
    for (const [name, path] of step.remember) {
      if (this.#isStrange(body, path)) continue;
      const value = valueAt(gathered.facts, path) ?? valueAt(body, path);
      // An empty text names nothing: `/Users/` with nothing behind it would be the whole collection.
      if (value === undefined || value === null || (typeof value === "string" && !isUsable(value))) continue;
      this.#values.set(name, value);
    }
  }

  /**
   * Whether a value belongs to somebody else's resource. A server that ignores a filter, or answers a create with
   * another person, must not bring a play to write to that person.
   */
  #isStrange(body: Json | undefined, path: string): boolean {
    if (!this.#writes) return false;
    const element = /^Resources\[\d+\]/.exec(path)?.[0];
    return !this.#context.made.mayBeOurs(element === undefined ? body : valueAt(body, element));
  }

  #judgeStep(step: Step, gathered: Gathered): void {
    // What the step remembered is known by now, and may be what an expectation was blocked for at the look.
    const atLook = this.#judgedLook?.gathered === gathered ? this.#judgedLook.verdicts : [];
    const byClaim = new Map<string, Verdict[]>();
    for (const [index, expectation] of step.expect.entries()) {
      const seen = atLook[index];
      const verdict =
        seen === undefined || seen.kind === "skip" ? this.#verdict(expectation, gathered) : seen;
      byClaim.set(expectation.claim, [...(byClaim.get(expectation.claim) ?? []), verdict]);
    }
    for (const [claim, verdicts] of byClaim) {
      this.judged.push({ claim, step: step.id, verdict: combineAll(verdicts) });
    }
  }

  /** An expectation may need a value that its request did not; then it alone is blocked. */
  #verdict(expectation: Expectation, gathered: Gathered): Verdict {
    try {
      const judgement = this.#judgement(expectation, gathered);
      const verdict = verdictOf(judgement, expectation.claim, gathered.doubt ?? this.#doubt);
      return expectation.isOpen === true ? observationOf(verdict) : verdict;
    } catch (problem) {
      if (!(problem instanceof MissingValue)) throw problem;
      return this.#blockedBy(problem);
    }
  }

  #judgement(expectation: Expectation, gathered: Gathered): Judgement {
    const evidence: Evidence = { ...gathered, earlier: this.#earlier, values: this.#values };
    const judgement = judge(expectation.matcher, evidence, this.#judgeContext);
    if (judgement.kind !== "broken" || gathered.lostInCrowd !== true) return judgement;
    const check = this.#context.checks.get(expectation.matcher.check?.name ?? "");
    return check?.judgesSilence === true ? judgement : { kind: "unknown", why: LOST_IN_CROWD };
  }

  /** A step whose value was never yielded; what it would have shown is said to be blocked, by whom. */
  #block(step: Step, missing: MissingValue): void {
    const verdict = this.#blockedBy(missing);
    this.steps.push({ step: step.id, exchanges: [], facts: {}, status: "blocked", why: verdict.why });
    this.#earlier.set(step.id, { step: step.id, exchanges: [], facts: {} });
    for (const claim of new Set(step.expect.map((expectation) => expectation.claim)))
      this.judged.push({ claim, step: step.id, verdict });
  }

  #blockedBy({ slot }: MissingValue): Extract<Verdict, { kind: "skip" }> {
    const name = slot.split(/[.[]/)[0] ?? slot;
    const by = this.#yieldedBy.get(name) ?? /^the answer of step (.+)$/.exec(slot)?.[1];
    const source = by === undefined ? "" : ` by step ${by}`;
    const why = `it needs ${slot.startsWith("the ") ? slot : `\${${slot}}`}, which was not yielded${source}`;
    return { kind: "skip", because: "blocked", why, ...(by === undefined ? {} : { by }) };
  }
}

const isLarge = ({ outcome }: Exchange) => outcome.kind === "answer" && outcome.body.length > LARGE_ANSWER;

const isAnswered = ({ exchanges }: Gathered) => exchanges.at(-1)?.outcome.kind === "answer";
