import { plural } from "../../model/count.ts";
import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import { type Certainty, certaintyOf, refusesNothing } from "../effects.ts";
import type { PlayEnd } from "../plays.ts";
import type { Asker, WireAnswer, WireFailure } from "../wire/wire.ts";
import { complaintIn } from "./complaint.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { LateLooks, mayBeLate } from "./late-looks.ts";
import { PlayRequest } from "./play-request.ts";
import { refusalOf } from "./refusal.ts";
import { beginTakings, endTakings, tellEffects, tellFilledEffects } from "./step-effects.ts";
import type { RunningPlay, Surroundings } from "./surroundings.ts";

/**
 * One play of a compiled scenario: sends a step, waits for its answer, goes on to the next. It is used again for another
 * play when it has ended, so that nothing is made for a play that outlives it.
 */
export class CompiledPlay implements Asker, RunningPlay {
  readonly request: PlayRequest;
  play = 0;
  scenario = 0;
  intendedAt = 0;
  sentAt = 0;
  /** Of the latest answer. */
  status = 0;
  /** What the server says of a refusal, while the population is built; empty where it says nothing. */
  complaint = "";
  readonly #shared: Surroundings;
  #compiled: CompiledScenario;
  #at = 0;
  #dueAt = 0;
  #bytesOut = 0;
  #refusals = 0;
  #refusedAt = 0;
  #askedMs = 0;
  #isSentTwice = false;
  #blocked = 0;
  #why: string | undefined;
  #wroteAt = 0;
  readonly #looks = new LateLooks();
  #isStarting = false;

  constructor(shared: Surroundings, compiled: CompiledScenario) {
    this.#shared = shared;
    this.#compiled = compiled;
    this.request = new PlayRequest(shared, compiled);
  }

  /** @param crowdFrom, standing which people and which group of the population it takes; they follow from `play` unless given */
  begin(
    compiled: CompiledScenario,
    play: number,
    intendedAt: number,
    crowdFrom: number = this.#shared.population.partFrom(play, compiled.crowdSize, compiled.takesMembers),
    standing: number = play,
  ): void {
    this.#compiled = compiled;
    this.play = play;
    this.scenario = compiled.index;
    this.intendedAt = intendedAt;
    this.request.begin(compiled, crowdFrom, standing);
    this.status = 0;
    this.#at = -1;
    this.#blocked = 0;
    this.#why = undefined;
    this.#wroteAt = 0;
    this.#isStarting = true;
    this.#next(intendedAt);
    this.#isStarting = false;
  }

  answered(answer: WireAnswer): void {
    const now = answer.at;
    const step = this.#step();
    const { status } = answer;
    this.status = status;
    const foundNothing = this.#foundNothing(step, status);
    // A redirect is never followed: what was asked for was not done.
    const allowed =
      foundNothing || (step.statuses === undefined ? status < 300 : step.statuses[status] === 1);
    const asExpected = allowed && (status !== 429 || step.statuses !== undefined);
    const saysStatus = step.statuses !== undefined;
    const isLate =
      !allowed && this.#followsWrite(step) && mayBeLate(status, (one) => step.statuses?.[one] === 1);
    const looksAgain = isLate && (saysStatus || step.reading.isNeededLater) && this.#maySeeMore(step);
    // Where no claim says which status is right, nobody says that what is not there yet, or any more, is wrong.
    const isNoError = looksAgain || (isLate && !saysStatus);
    this.#told(step, now, status, asExpected || isNoError, answer.bytesIn, undefined);
    if (this.#refusals > 0) this.#tellResumed(step, now, status !== 429);
    if (looksAgain) {
      this.#lookLater();
      return;
    }
    if (status === 429 && !asExpected) {
      this.#effects(step, certaintyOf(status, this.#isSentTwice), "", now);
      this.#refused(step, answer, now);
      return;
    }
    this.#refusals = 0;
    this.#take(step, answer, now, foundNothing);
  }

  failed({ reason, detail }: WireFailure): void {
    const now = this.#shared.setup.now();
    const step = this.#step();
    endTakings(this.#shared, this.#compiled.crowdSize, this.request, step);
    // What never left was not sent: there is nothing to be counted, and no effect.
    if (this.sentAt === 0 && reason === "aborted") {
      this.#end("deferred", detail, now);
      return;
    }
    if (this.sentAt === 0) this.sentAt = now;
    this.#told(step, now, 0, false, 0, reason);
    const neverArrived = reason === "refused" || reason === "unresolved";
    if (reason === "idle-closed" && !this.#isSentTwice) {
      this.#isSentTwice = true;
      this.#send(now);
      return;
    }
    if (!neverArrived) this.#effects(step, "unsure", "", now);
    if (this.#refusals > 0) this.#tellResumed(step, now, false);
    this.#why = `${step.step.id}: ${detail}`;
    if (reason === "aborted") this.#end("deferred", detail, now);
    else this.#end("broken-off", this.#why, now);
  }

  #step(): CompiledStep {
    return this.#compiled.steps[this.#at] as CompiledStep;
  }

  /** Whether it was refused because there was, or may have been, nothing left to be taken away. */
  #foundNothing(step: CompiledStep, status: number): boolean {
    const { takings, setup } = this.#shared;
    const mayBeGone = endTakings(this.#shared, this.#compiled.crowdSize, this.request, step);
    if (!refusesNothing(status)) return false;
    // Sent twice, it may have been refused for what it did the first time.
    const isTaken = mayBeGone || (this.#isSentTwice && step.takings.length > 0);
    const because = isTaken ? "taken" : takings.whyGone(this.request);
    if (because !== undefined) setup.observer.foundNothing(step.operation, because);
    return because !== undefined;
  }

  #told(
    step: CompiledStep,
    now: number,
    status: number,
    asExpected: boolean,
    bytesIn: number,
    silence: WireFailure["reason"] | undefined,
  ): void {
    this.#shared.setup.observer.exchanged(
      step.operation,
      this.play,
      this.#dueAt,
      this.sentAt,
      now,
      status,
      asExpected,
      this.#bytesOut,
      bytesIn,
      silence,
    );
  }

  /** Goes on to the next step that can be sent; one whose values nothing yielded is passed over. */
  #next(dueAt: number): void {
    const { steps } = this.#compiled;
    this.#isSentTwice = false;
    this.#refusals = 0;
    this.#looks.begin();
    for (;;) {
      this.#at += 1;
      const step = steps[this.#at];
      if (step === undefined) {
        if (this.#blocked === 0) this.#end("completed", undefined, dueAt);
        else this.#end("broken-off", this.#why, dueAt);
        return;
      }
      if (this.#prepare(step)) break;
      this.#blocked |= 1 << Math.min(this.#at, 30);
    }
    this.#send(dueAt);
  }

  #send(dueAt: number): void {
    this.#dueAt = dueAt;
    beginTakings(this.#shared, this.#compiled.crowdSize, this.request, this.#step());
    this.#shared.takings.sends(this.request);
    this.#bytesOut = this.#shared.setup.wire.send(this.request, this);
  }

  /** Puts the request together. False when it needs a value that was not yielded. */
  #prepare(step: CompiledStep): boolean {
    const isBlocked = step.after !== -1 && (this.#blocked & (1 << Math.min(step.after, 30))) !== 0;
    const missing = isBlocked ? "an earlier step could not be sent" : this.request.fill(step);
    if (missing === undefined) return true;
    this.#why ??= `${step.step.id}: ${missing}`;
    return false;
  }

  #take(step: CompiledStep, answer: WireAnswer, now: number, foundNothing: boolean): void {
    const { status } = answer;
    const succeeded = status >= 200 && status < 300;
    if (this.scenario === -1)
      this.complaint = succeeded ? "" : complaintIn(answer.toExchange(this.request.request()));
    if (status < 300) this.#read(step, answer);
    else step.reading.skip();
    const isAllowed = step.statuses === undefined || step.statuses[status] === 1;
    const holds = isAllowed && step.reading.holds(this.request);
    const hasShown = step.isWrite || foundNothing || (holds && !step.reading.lacks());
    if (!hasShown && this.#maySeeMore(step)) {
      this.#lookLater();
      return;
    }
    if (!(holds || foundNothing)) {
      const doubt = this.#isSentTwice ? TWICE : undefined;
      judgeAnswer(step, answer, this.request, this.#shared.setup.observer, doubt);
    }
    const certainty = certaintyOf(status, this.#isSentTwice);
    const id = step.reading.capture(this.request, step.index);
    this.#effects(step, certainty, id, now);
    if (step.isWrite) this.#wroteAt = now;
    this.#next(now);
  }

  #read(step: CompiledStep, answer: WireAnswer): void {
    const gaveWay = step.reading.read(answer);
    if (gaveWay !== undefined) this.#shared.setup.observer.scanGaveWay(step.operation, gaveWay);
  }

  #followsWrite(step: CompiledStep): boolean {
    return !step.isWrite && step.step.settles && this.#wroteAt !== 0;
  }

  /** A read after a write may show it late: it is asked again until it does, or until the settle time is over. */
  #maySeeMore(step: CompiledStep): boolean {
    const { settleMs } = this.#shared.setup;
    return this.#followsWrite(step) && this.#looks.isTimeFor(settleMs, this.sentAt - this.#wroteAt);
  }

  #lookLater(): void {
    const { setup, isDraining, endOfWaits } = this.#shared;
    this.#refusals = 0;
    // When nothing waits any more, nobody can say what would have shown.
    if (isDraining) this.#end("deferred", undefined, setup.now());
    else void setup.clock.sleep(this.#looks.pauseMs, endOfWaits).then(() => this.#send(setup.now()));
  }

  #effects(step: CompiledStep, certainty: Certainty, id: string, now: number): void {
    const shared = this.#shared;
    tellEffects(shared, this.#compiled, this.request, step, certainty, id, this.sentAt, now);
    if (step.body.kind === "filled") tellFilledEffects(shared, this.request, certainty, this.sentAt, now);
  }

  #refused(step: CompiledStep, answer: WireAnswer, now: number): void {
    const { setup } = this.#shared;
    this.#refusals += 1;
    const { waitMs, askedMs } = refusalOf(this.#refusals, answer.retryAfter, setup.oktaTimeScale);
    this.#refusedAt = now;
    this.#askedMs = askedMs;
    setup.observer.throttled(step.operation, this.play, now, this.#refusals, askedMs, waitMs);
    if (waitMs === -1) {
      this.#end("broken-off", `${step.step.id}: refused ${plural(this.#refusals, "time")}`, now);
      return;
    }
    if (this.#shared.isDraining) {
      this.#end("deferred", undefined, now);
      return;
    }
    this.#shared.pause();
    void setup.clock.sleep(waitMs, this.#shared.endOfWaits).then(() => {
      this.#shared.resume();
      if (this.#shared.isDraining) this.#end("deferred", undefined, setup.now());
      else this.#send(setup.now());
    });
  }

  #tellResumed(step: CompiledStep, now: number, gotThrough: boolean): void {
    this.#shared.setup.observer.resumed(
      step.operation,
      this.play,
      now,
      this.#refusals + 1,
      this.sentAt - this.#refusedAt,
      gotThrough,
      this.#askedMs,
    );
  }

  #end(end: PlayEnd, why: string | undefined, at: number): void {
    const shared = this.#shared;
    // Nothing was sent, and whoever starts a play is not told of its end before it has started.
    if (this.#isStarting) queueMicrotask(() => shared.ended(this, end, why, shared.setup.now()));
    else shared.ended(this, end, why, at);
  }
}

const TWICE = "it was sent twice, because an idle connection was closed";
