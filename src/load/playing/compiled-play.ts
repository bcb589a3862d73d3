import { judge } from "../../checks/judge.ts";
import { fillBody, MissingValue, type Scope } from "../../engine/fill.ts";
import { pauses } from "../../engine/settle.ts";
import { idOf, isUsable, nameOf } from "../../engine/told-resource.ts";
import { verdictOf } from "../../engine/verdict-of.ts";
import type { Check, Evidence } from "../../model/evidence.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { valueAt } from "../../model/path.ts";
import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import { beginText, wasAscii } from "../compile/pieces.ts";
import { NotYielded, type PlayState } from "../compile/play-state.ts";
import { type Scanned, UNCLEAR } from "../compile/root-scan.ts";
import type { Certainty, PlayEnd } from "../plays.ts";
import type { Asker, Sendable, WireAnswer, WireFailure } from "../wire/wire.ts";
import { refusalOf } from "./refusal.ts";
import { sentEffects } from "./sent-effects.ts";
import type { RunningPlay, Surroundings } from "./surroundings.ts";

/** The first answers of a step are parsed as well as scanned, then one in so many. */
const FIRST_PARSED = 100;
const PARSED_IN = 127;
/** Characters of bodies that are kept to be sent again, for one step: 16 MB. */
const MOST_KEPT = 16 * 1024 * 1024;

/**
 * One play of a compiled scenario. It is its own request and waits for its own answer, and is used again for another play
 * when it has ended: nothing is made for a play that outlives it.
 */
export class CompiledPlay implements PlayState, Sendable, Asker, RunningPlay {
  readonly numbers: number[] = [];
  readonly values: (Json | undefined)[] = [];
  readonly answers: (Json | undefined)[] = [];
  crowdFrom = 0;
  standing = 0;
  play = 0;
  scenario = 0;
  intendedAt = 0;
  sentAt = 0;
  /** Of the latest answer. */
  status = 0;
  head = "";
  body: string | Buffer | undefined;
  isAscii = true;
  isHead = false;
  isIdempotent = false;
  readonly freshConnection = false;
  readonly timeoutMs = 0;
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
  #looks: Generator<number, void, number> | undefined;
  #filled: Json | undefined;
  #isStarting = false;

  constructor(shared: Surroundings, compiled: CompiledScenario) {
    this.#shared = shared;
    this.#compiled = compiled;
  }

  /** @param crowdFrom, standing which people and which group of the population it takes; they follow from `play` unless given */
  begin(
    compiled: CompiledScenario,
    play: number,
    intendedAt: number,
    crowdFrom: number = this.#shared.population.partFrom(play, compiled.crowdSize),
    standing: number = play,
  ): void {
    const { names } = this.#shared;
    this.#compiled = compiled;
    this.play = play;
    this.scenario = compiled.index;
    this.intendedAt = intendedAt;
    const labels = compiled.labels.length;
    for (let index = 0; index < labels; index += 1) this.numbers[index] = names.take();
    for (let index = 0; index < compiled.valueNames.length; index += 1) this.values[index] = undefined;
    for (let index = 0; index < compiled.steps.length; index += 1) this.answers[index] = undefined;
    this.crowdFrom = crowdFrom;
    this.standing = standing;
    this.status = 0;
    this.#at = -1;
    this.#blocked = 0;
    this.#why = undefined;
    this.#wroteAt = 0;
    this.#isStarting = true;
    this.#next(intendedAt);
    this.#isStarting = false;
  }

  request(): Request {
    const step = this.#step();
    const { speaker, headers, method, credential } = step.step;
    const spoken = this.#shared.setup.speak(speaker, this.body !== undefined);
    const isReplaced = (name: string) =>
      headers.some(([other]) => other.toLowerCase() === name.toLowerCase());
    const scope = this.#scope();
    return {
      method,
      path: step.path.fill(this),
      headers: [
        ...spoken.filter(([name]) => !isReplaced(name)),
        ...headers
          .map(([name, template]) => [name, String(fillBody({ kind: "text", template }, scope))] as const)
          .filter(([, value]) => value !== ""),
      ],
      credential,
      ...(this.body === undefined ? {} : { body: this.body.toString() }),
    };
  }

  answered(answer: WireAnswer): void {
    const now = this.#shared.setup.now();
    const step = this.#step();
    const { status } = answer;
    this.status = status;
    const allowed = step.statuses === undefined ? status < 400 : step.statuses[status] === 1;
    const asExpected = allowed && (status !== 429 || step.statuses !== undefined);
    this.#told(step, now, status, asExpected, answer.bytesIn, undefined);
    if (this.#refusals > 0) this.#tellResumed(step, now, status !== 429);
    if (status === 429 && !asExpected) {
      this.#effects(step, "refused", "", now);
      this.#refused(step, answer, now);
      return;
    }
    this.#refusals = 0;
    this.#take(step, answer, now);
  }

  failed({ reason, detail }: WireFailure): void {
    const now = this.#shared.setup.now();
    const step = this.#step();
    // What never left was not sent: there is nothing to be counted, and no effect.
    if (this.sentAt === 0 && reason === "aborted") {
      this.#end("deferred", detail);
      return;
    }
    if (this.sentAt === 0) this.sentAt = now;
    this.#told(step, now, 0, false, 0, reason);
    const neverArrived = reason === "refused" || reason === "unresolved";
    if (reason === "idle-closed" && !this.#isSentTwice) {
      this.#isSentTwice = true;
      this.#dueAt = now;
      this.#bytesOut = this.#shared.setup.wire.send(this, this);
      return;
    }
    if (!neverArrived) this.#effects(step, "unsure", "", now);
    if (this.#refusals > 0) this.#tellResumed(step, now, false);
    this.#why = `${step.step.id}: ${detail}`;
    if (reason === "aborted") this.#end("deferred", detail);
    else this.#end("broken-off", this.#why);
  }

  #step(): CompiledStep {
    return this.#compiled.steps[this.#at] as CompiledStep;
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
    this.#looks = undefined;
    for (;;) {
      this.#at += 1;
      const step = steps[this.#at];
      if (step === undefined) {
        if (this.#blocked === 0) this.#end("completed", undefined);
        else this.#end("broken-off", this.#why);
        return;
      }
      if (this.#prepare(step)) break;
      this.#blocked |= 1 << Math.min(this.#at, 30);
    }
    this.#send(dueAt);
  }

  #send(dueAt: number): void {
    this.#dueAt = dueAt;
    this.#bytesOut = this.#shared.setup.wire.send(this, this);
  }

  /** Puts the request together. False when it needs a value that was not yielded. */
  #prepare(step: CompiledStep): boolean {
    if (step.after !== -1 && (this.#blocked & (1 << Math.min(step.after, 30))) !== 0) {
      this.#why ??= `${step.step.id}: an earlier step could not be sent`;
      return false;
    }
    try {
      this.#fill(step);
      return true;
    } catch (problem) {
      if (!(problem instanceof NotYielded) && !(problem instanceof MissingValue)) throw problem;
      this.#why ??= `${step.step.id}: ${problem.message}`;
      return false;
    }
  }

  #fill(step: CompiledStep): void {
    this.isHead = step.isHead;
    this.isIdempotent = step.isIdempotent;
    const plan = step.body;
    switch (plan.kind) {
      case "none":
        this.body = undefined;
        break;
      case "pieces":
        beginText();
        this.body = plan.pieces.fill(this);
        this.isAscii = plan.isAsciiByPart ? wasAscii() : Buffer.byteLength(this.body) === this.body.length;
        break;
      case "kept":
        this.body = this.#keptBody(plan.pieces.fill.bind(plan.pieces), plan.bytes);
        break;
      case "filled":
        this.#filled = fillBody(plan.template, this.#scope());
        this.body = JSON.stringify(this.#filled);
        this.isAscii = Buffer.byteLength(this.body) === this.body.length;
        break;
    }
    this.head = step.head.fill(this);
  }

  #keptBody(fill: (state: PlayState) => string, kept: Map<number, Buffer>): Buffer {
    const key = this.#shared.population.userAt(this.crowdFrom);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const bytes = Buffer.from(fill(this));
    if (kept.size * bytes.length > MOST_KEPT) kept.clear();
    kept.set(key, bytes);
    return bytes;
  }

  #take(step: CompiledStep, answer: WireAnswer, now: number): void {
    const { status } = answer;
    const succeeded = status >= 200 && status < 300;
    const holdsSoFar = step.statuses === undefined || step.statuses[status] === 1;
    const told = status < 300 ? this.#read(step, answer) : UNREAD;
    const holds = holdsSoFar && this.#testsHold(step, told);
    if (this.#looksAgain(step, told, holds)) return;
    if (!holds) this.#judge(step, answer);
    const certainty = succeeded ? (this.#isSentTwice ? "unsure" : "acknowledged") : "refused";
    this.#effects(step, certainty, this.#capture(step, told), now);
    if (step.isWrite) this.#wroteAt = now;
    this.#next(now);
  }

  /** The values a step needs of an answer: scanned in its bytes, or parsed. */
  #read(step: CompiledStep, answer: WireAnswer): Told {
    const { scan, account } = step;
    if (scan === undefined && !step.keepsAnswer && step.captures.length === 0) return UNREAD;
    account.answers += 1;
    const isSample = account.answers <= FIRST_PARSED || (account.answers & PARSED_IN) === 0;
    const needsParse = step.keepsAnswer || step.captures.some(({ key }) => key === -1);
    if (scan !== undefined && !needsParse && !account.parsesAlways) {
      const isRead = scan.read(answer.body, answer.bodyStart, answer.bodyEnd);
      const isClear = isRead && scan.found.every((value) => value !== UNCLEAR && value !== undefined);
      if (isClear && !isSample) return { scanned: scan.found, whole: undefined };
      const whole = parsed(answer);
      if (isRead) this.#compare(step, scan.keys, scan.found, whole);
      return { scanned: undefined, whole };
    }
    return { scanned: undefined, whole: parsed(answer) };
  }

  #compare(
    step: CompiledStep,
    keys: readonly string[],
    found: readonly Scanned[],
    whole: Json | undefined,
  ): void {
    for (let index = 0; index < keys.length; index += 1) {
      const scanned = found[index];
      if (scanned === UNCLEAR || scanned === valueAt(whole, keys[index] as string)) continue;
      step.account.parsesAlways = true;
      const why = `${keys[index]} was read as ${JSON.stringify(scanned)} and parsed as ${JSON.stringify(valueAt(whole, keys[index] as string))}`;
      this.#shared.setup.observer.scanGaveWay(step.operation, why);
      return;
    }
  }

  #testsHold(step: CompiledStep, told: Told): boolean {
    for (const test of step.tests) {
      const expected = test.literal === undefined ? this.#expected(test.expected) : test.literal;
      if (expected === NOT_TOLD || toldAt(told, test.key, step) !== expected) return false;
    }
    return true;
  }

  #expected(template: CompiledStep["tests"][number]["expected"]): Json | typeof NOT_TOLD {
    try {
      return fillBody(template, this.#scope());
    } catch (problem) {
      if (problem instanceof MissingValue) return NOT_TOLD;
      throw problem;
    }
  }

  /** A read after a write may show it late: it is asked again until it does, or until the settle time is over. */
  #looksAgain(step: CompiledStep, told: Told, holds: boolean): boolean {
    const { setup } = this.#shared;
    if (step.isWrite || !step.step.settles || this.#wroteAt === 0) return false;
    const lacks = step.captures.some((capture) => (valueAtCapture(told, capture) ?? null) === null);
    if (holds && !lacks) return false;
    this.#looks ??= pauses({ withinMs: setup.settleMs });
    const pause = this.#looks.next(this.sentAt - this.#wroteAt);
    if (pause.done === true || this.#shared.isDraining) return false;
    void setup.clock.sleep(pause.value, this.#shared.endOfWaits).then(() => this.#send(setup.now()));
    return true;
  }

  /** Keeps what later steps need. Returns the id that a create told. */
  #capture(step: CompiledStep, told: Told): string {
    if (step.keepsAnswer) this.answers[step.index] = told.whole;
    for (const capture of step.captures) {
      if (step.checksName && this.#isStrange(step, told, capture.path)) continue;
      const value = valueAtCapture(told, capture);
      if (value === undefined || value === null || (typeof value === "string" && !isUsable(value))) continue;
      this.values[capture.value] = value;
    }
    if (step.idKey === -1) return "";
    const id = told.scanned === undefined ? idOf(told.whole) : told.scanned[step.idKey];
    return typeof id === "string" ? id : "";
  }

  /** The answer is about somebody else: a server that ignores a filter must not bring a play to write to them. */
  #isStrange(step: CompiledStep, told: Told, path: string): boolean {
    const { names } = this.#shared;
    if (told.scanned !== undefined) {
      const name = told.scanned[step.nameKey];
      return typeof name === "string" && !name.startsWith(names.marker) && !names.isOurs(name);
    }
    const element = /^Resources\[\d+\]/.exec(path)?.[0];
    const name = nameOf(element === undefined ? told.whole : valueAt(told.whole, element));
    return name !== undefined && !names.isOurs(name);
  }

  /** The quick look did not say yes: the judge of conformance has the last word. */
  #judge(step: CompiledStep, answer: WireAnswer): void {
    const { setup } = this.#shared;
    let exchange: Exchange | undefined;
    for (const { claim, matcher } of step.claims) {
      exchange ??= answer.toExchange(this.request());
      const evidence: Evidence = {
        step: step.step.id,
        exchanges: [exchange],
        facts: {},
        earlier: new Map(),
        values: new Map(),
      };
      const context = {
        fill: (template: CompiledStep["tests"][number]["expected"]) => fillBody(template, this.#scope()),
        checks: NO_CHECKS,
      };
      try {
        const doubt = this.#isSentTwice
          ? "it was sent twice, because an idle connection was closed"
          : undefined;
        const verdict = verdictOf(judge(matcher, evidence, context), claim, doubt);
        if (verdict.kind !== "fail") continue;
        if (setup.observer.broken(step.operation, claim, verdict))
          setup.observer.shown(step.operation, claim, exchange);
      } catch (problem) {
        if (!(problem instanceof MissingValue)) throw problem;
      }
    }
  }

  #effects(step: CompiledStep, certainty: Certainty, id: string, now: number): void {
    const { effects } = this.#shared;
    for (const { effect, subject, other } of step.effects) {
      const number = subject(this);
      if (other === "crowd") {
        effects.batch(effect, certainty, number, this.crowdFrom, this.#compiled.crowdSize, this.sentAt, now);
        continue;
      }
      const second = other(this);
      if (number === second && effect.endsWith("-renamed")) continue;
      const told = effect === "user-created" || effect === "group-created" ? id : "";
      effects.one(effect, certainty, number, second, told, this.sentAt, now);
    }
    if (step.body.kind === "filled" && this.#filled !== undefined) this.#filledEffects(step, certainty, now);
  }

  /** What a body made of an answer does: the person or group is the play's own, known by the id in the path. */
  #filledEffects(step: CompiledStep, certainty: Certainty, now: number): void {
    const { names, effects } = this.#shared;
    const path = step.path.fill(this);
    for (const { effect, subject, other } of sentEffects(step.step.method, path, this.#filled)) {
      const number = this.#numberOfId(subject) ?? names.numberIn(subject);
      const second = other === "" ? 0 : (this.#numberOfId(other) ?? names.numberIn(other));
      if (number === undefined || second === undefined) continue;
      if (effect.endsWith("-renamed") && number === second) continue;
      effects.one(effect, certainty, number, second, "", this.sentAt, now);
    }
  }

  #numberOfId(id: string): number | undefined {
    const { numberOfValue } = this.#compiled;
    const index = this.values.indexOf(id);
    if (index === -1) return this.#shared.population.numberOf(id);
    const label = numberOfValue[index];
    return label === undefined ? undefined : this.numbers[label];
  }

  #refused(step: CompiledStep, answer: WireAnswer, now: number): void {
    const { setup } = this.#shared;
    this.#refusals += 1;
    const { waitMs, askedMs } = refusalOf(this.#refusals, answer.retryAfter, setup.oktaTimeScale);
    this.#refusedAt = now;
    this.#askedMs = askedMs;
    setup.observer.throttled(step.operation, this.play, now, this.#refusals, askedMs, waitMs);
    if (waitMs === -1) {
      this.#end("broken-off", `${step.step.id}: refused ${this.#refusals} times`);
      return;
    }
    if (this.#shared.isDraining) {
      this.#end("deferred", undefined);
      return;
    }
    this.#shared.pause();
    void setup.clock.sleep(waitMs, this.#shared.endOfWaits).then(() => {
      this.#shared.resume();
      if (this.#shared.isDraining) this.#end("deferred", undefined);
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

  #end(end: PlayEnd, why: string | undefined): void {
    if (this.#isStarting) queueMicrotask(() => this.#shared.ended(this, end, why));
    else this.#shared.ended(this, end, why);
  }

  /** The play's values as the engine's filler wants them. */
  #scope(): Scope {
    const { labels, valueNames, steps } = this.#compiled;
    const { names, population, setup } = this.#shared;
    return {
      valueOf: (name) => {
        const index = valueNames.indexOf(name);
        if (index !== -1) return this.values[index];
        if (name === "crowd") return population.members(this.crowdFrom, this.#compiled.crowdSize);
        if (name === "standing") return population.group(this.standing);
        return setup.given.get(name);
      },
      unique: (kind, label = "") => names.textOf(kind, label, this.numbers[labels.indexOf(label)] ?? 0),
      answerOf: (id) => this.answers[steps.findIndex(({ step }) => step.id === id)],
    };
  }
}

/** What an answer told: by the scan's keys, or as a whole. */
interface Told {
  readonly scanned: readonly Scanned[] | undefined;
  readonly whole: Json | undefined;
}

const UNREAD: Told = { scanned: undefined, whole: undefined };
const NOT_TOLD = Symbol("not told");
const NO_CHECKS: ReadonlyMap<string, Check> = new Map();

function parsed({ body, bodyStart, bodyEnd }: WireAnswer): Json | undefined {
  try {
    return JSON.parse(body.toString("utf8", bodyStart, bodyEnd)) as Json;
  } catch {
    return undefined;
  }
}

function toldAt({ scanned, whole }: Told, key: number, step: CompiledStep): Json | undefined {
  if (scanned !== undefined) return scanned[key] as Json | undefined;
  return valueAt(whole, step.scan?.keys[key] ?? "");
}

const valueAtCapture = ({ scanned, whole }: Told, { key, path }: CompiledStep["captures"][number]) =>
  scanned === undefined ? valueAt(whole, path) : (scanned[key] as Json | undefined);
