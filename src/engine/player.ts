import type { Check } from "../model/evidence.ts";
import type { Json } from "../model/json.ts";
import type { Judged, Playable, PlayedStep, PlayResult } from "../model/play.ts";
import type { Scenario, Step } from "../model/scenario.ts";
import { MissingValue } from "./fill.ts";
import { type Gathered, Gathering, type GatheringContext, isLarge } from "./gathering.ts";
import { Judging } from "./judging.ts";
import { Learned } from "./learned.ts";
import { lastLooks } from "./looked-back-at.ts";
import { mayShowMore } from "./may-show-more.ts";
import type { OwedLog } from "./owed.ts";
import { Owing } from "./owing.ts";
import { pauses } from "./settle.ts";

/** Everything a play takes from outside. */
export interface PlayContext extends GatheringContext {
  /** Values known before the first step: inputs, the crowd, limits. */
  readonly given: ReadonlyMap<string, Json>;
  readonly checks: ReadonlyMap<string, Check>;
  /** What has to be undone; nothing is, if absent. */
  readonly owed?: OwedLog;
  readonly settleMs: number;
  /** Told the id of each step before anything of it is sent. */
  readonly onStep?: (step: string) => void;
}

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

class Stage {
  readonly steps: PlayedStep[] = [];
  readonly judged: Judged[] = [];
  readonly #context: PlayContext;
  readonly #learned: Learned;
  readonly #gathering: Gathering;
  readonly #judging: Judging;
  readonly #owing: Owing | undefined;
  /** When the latest write was answered; absent before the first. */
  #wroteAt: number | undefined;

  constructor(context: PlayContext, scenario: Scenario) {
    this.#context = context;
    this.#learned = new Learned(context, scenario.writes);
    const { scope } = this.#learned;
    this.#gathering = new Gathering(context, scope);
    this.#judging = new Judging(this.#learned, context.checks);
    const { owed } = context;
    this.#owing = owed === undefined ? undefined : new Owing(owed, scenario, scope, context.speak);
  }

  *perform(step: Step): Playable<void> {
    this.#context.onStep?.(step.id);
    this.#learned.begin(step);
    try {
      if (step.after !== undefined && this.#isBlocked(step.after)) {
        throw new MissingValue(`the answer of step ${step.after}`);
      }
      this.#owing?.before(step);
      const gathered = yield* this.#gatherUntilSettled(step);
      const { doubt: _doubt, lostInCrowd: _lost, ...evidence } = gathered;
      this.steps.push({ ...evidence, status: "played" });
      this.#learned.keep(step, evidence);
      this.#owing?.after(step, gathered.exchanges.at(-1));
      this.judged.push(...this.#judging.judge(step, gathered));
    } catch (problem) {
      if (!(problem instanceof MissingValue)) throw problem;
      this.#block(step, problem);
    }
  }

  /** Large answers that were judged, and that no later step looks at, would fill the memory until the play ends. */
  letGo(isOver: (step: string) => boolean): void {
    const { excerpt } = this.#context;
    if (excerpt === undefined) return;
    this.#judging.forgetLook();
    const { earlier } = this.#learned;
    for (const [index, step] of this.steps.entries()) {
      if (!isOver(step.step) || !step.exchanges.some(isLarge)) continue;
      const isBroken = this.judged.some((one) => one.step === step.step && one.verdict.kind === "fail");
      const exchanges = step.exchanges.map((one) => (isLarge(one) ? excerpt(one, isBroken) : one));
      this.steps[index] = { ...step, exchanges };
      const evidence = earlier.get(step.step);
      if (evidence !== undefined) earlier.set(step.step, { ...evidence, exchanges });
    }
  }

  #isBlocked(step: string): boolean {
    return this.steps.some((one) => one.step === step && one.status === "blocked");
  }

  /** A read after a write is repeated until it shows the write, or until the settle time is over. */
  *#gatherUntilSettled(step: Step): Playable<Gathered> {
    const gathering = this.#gathering;
    const writes = this.#isWrite(step);
    // A slow answer shows the server as it was when it was asked: what counts is when a look began.
    let lookedAt = gathering.now;
    let gathered = yield* gathering.gather(step, this.steps);
    if (writes) {
      this.#wroteAt = gathering.now;
      this.#judging.doubtAfter(gathered);
    }
    const since = this.#wroteAt;
    if (writes || !step.settles || since === undefined) return gathered;
    // Waiting mends a write that shows late; it does not mend a server that says nothing.
    const mayChange = () => isAnswered(gathered) && this.#mayShowMore(step, gathered);
    const looks = pauses({ withinMs: this.#context.settleMs });
    while (mayChange()) {
      const pause = looks.next(lookedAt - since);
      if (pause.done === true) break;
      yield* gathering.wait(pause.value);
      lookedAt = gathering.now;
      const next = yield* gathering.gather(step, this.steps);
      gathered = { ...next, settledAfterMs: gathering.now - since };
    }
    // A read that never showed the write did not settle; it is judged as it was last seen.
    if (gathered.settledAfterMs !== undefined && this.#mayShowMore(step, gathered)) {
      const { settledAfterMs: _never, ...unsettled } = gathered;
      this.#judging.lookedAlike(step, gathered, unsettled);
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
    return mayShowMore(step, gathered, this.#judging.verdictsOf(step, gathered));
  }

  /** A step whose value was never yielded; what it would have shown is said to be blocked, by whom. */
  #block(step: Step, missing: MissingValue): void {
    const verdict = this.#learned.blockedBy(missing);
    const nothing = { step: step.id, exchanges: [], facts: {} };
    this.steps.push({ ...nothing, status: "blocked", why: verdict.why });
    this.#learned.earlier.set(step.id, nothing);
    for (const claim of new Set(step.expect.map((expectation) => expectation.claim)))
      this.judged.push({ claim, step: step.id, verdict });
  }
}

const isAnswered = ({ exchanges }: Gathered) => exchanges.at(-1)?.outcome.kind === "answer";
