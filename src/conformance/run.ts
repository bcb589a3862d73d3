import pLimit from "p-limit";
import { type Driver, drive, Interrupted } from "../engine/drive.ts";
import { MadeLog } from "../engine/made.ts";
import { Names } from "../engine/names.ts";
import { OwedLog } from "../engine/owed.ts";
import { play } from "../engine/player.ts";
import type { Request, Send } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import type { Ledger } from "../model/ledger.ts";
import type { RunReport, Stopped } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import { type Cost, crowdSize } from "./cost.ts";
import { type Crowd, gatherCrowd } from "./crowd.ts";
import { type Deadline, deadlineAfter } from "./deadline.ts";
import { allowance, Excerpts } from "./excerpts.ts";
import { givenValues, valuesOf } from "./given-values.ts";
import type { RunInput } from "./input.ts";
import { LargeAnswers, type Turn } from "./large-answers.ts";
import { ForeignMask } from "./mask.ts";
import { meter } from "./meter.ts";
import { pace } from "./pace.ts";
import { waitOutThrottling } from "./patience.ts";
import type { RunPlan } from "./plan.ts";
import { CREDENTIAL_TEST, diagnose, emptyTenantNeeded } from "./preflight.ts";
import { prepareRun } from "./prepare.ts";
import { keptOf, type Played, reportOf } from "./report-of.ts";
import { pacesOf } from "./settings.ts";
import { Tidying } from "./tidying.ts";

/** Plays every chosen scenario once and reports what was seen. Throws only for bad input and bugs of ours. */
export async function runConformance(input: RunInput): Promise<RunReport> {
  const { plan, cost } = prepareRun(input);
  const run = new Run(input, plan, cost);
  return run.report();
}

interface Preflight {
  readonly usersBefore?: number;
  readonly stopped?: Stopped;
}

class Run {
  readonly #input: RunInput;
  readonly #plan: RunPlan;
  readonly #cost: Cost;
  readonly #runId: string;
  readonly #names: Names;
  readonly #ledger: Ledger;
  readonly #deadline: Deadline;
  readonly #driver: Driver;
  readonly #largeAnswers: LargeAnswers;
  readonly #tidying: Tidying;
  /** Requests that were sent again after a 429, which may have been carried out the first time. */
  readonly #repeated = new WeakSet<Request>();
  readonly #meter: ReturnType<typeof meter>;
  readonly #given: Map<string, Json>;
  readonly #keptAtLength = allowance();
  readonly #played: Played[] = [];
  #crowd: Crowd = { members: [] };
  /** The deadline passed before everything was played. */
  #cutShort = false;

  constructor(input: RunInput, plan: RunPlan, cost: Cost) {
    const { settings, clock, random } = input;
    this.#input = input;
    this.#plan = plan;
    this.#cost = cost;
    this.#runId = input.runId;
    this.#largeAnswers = new LargeAnswers(input.memory);
    this.#ledger = input.openLedger(this.#runId);
    this.#names = new Names(this.#runId, this.#ledger, input.people, random);
    this.#meter = meter(input.send, settings.maxRequests);
    const paced = pace(clock, pacesOf(settings));
    const patient = (send: Send) =>
      waitOutThrottling(paced(send), { clock, onRepeat: (request) => this.#repeated.add(request) });
    this.#deadline = deadlineAfter(settings.deadlineMs, clock);
    const { plays, cleansUp } = this.#deadline;
    const playSignal = AbortSignal.any([input.signal, plays]);
    const send = patient(this.#meter.send);
    this.#driver = { send, clock, signal: playSignal };
    const cleaner = {
      send: patient(this.#meter.sendAlways),
      clock,
      signal: input.cleanUpSignal === undefined ? cleansUp : AbortSignal.any([input.cleanUpSignal, cleansUp]),
    };
    const isOurs = (name: string) => this.#names.isOurs(name);
    this.#tidying = new Tidying(input, isOurs, { cleaner, deadline: this.#deadline });
    this.#given = givenValues(settings);
  }

  async report(): Promise<RunReport> {
    const startedAt = this.#input.clock.now();
    const { usersBefore, stopped } = await this.#withinDeadline();
    const unrecorded = this.#ledger.close(this.#tidying.leftovers);
    const unrecordedNotes = unrecorded === undefined ? [] : [unrecorded];
    return reportOf({
      input: { ...this.#input, notes: [...this.#input.notes, ...this.#tidying.notes, ...unrecordedNotes] },
      plan: this.#plan,
      runId: this.#runId,
      startedAt,
      played: this.#played,
      leftovers: this.#tidying.leftovers,
      requests: this.#meter.count(),
      ceilingReached: this.#meter.stopped(),
      deadlineReached: this.#cutShort,
      excerpts: this.#excerpts(this.#foreignMask()),
      ...(usersBefore === undefined ? {} : { usersBefore }),
      ...(stopped === undefined ? {} : { stopped }),
    });
  }

  async #withinDeadline(): Promise<Preflight> {
    try {
      const preflight = await this.#preflight();
      if (preflight.stopped === undefined) await this.#playAll(preflight.usersBefore);
      return preflight;
    } finally {
      this.#deadline.stop();
    }
  }

  async #preflight(): Promise<Preflight> {
    const { speak } = this.#input;
    const { send, signal } = this.#driver;
    const turn = this.#largeAnswers.turnOfAPlay();
    const exchange = await turn.through(send)(
      { ...CREDENTIAL_TEST, headers: speak("okta", false), credential: "given" },
      signal,
    );
    turn.over();
    if (signal.aborted) return {};
    const preflight = diagnose(exchange);
    if (preflight.kind === "stopped") return { stopped: preflight.stopped };
    return preflight.usersBefore === undefined ? {} : { usersBefore: preflight.usersBefore };
  }

  /** Empty directories first, then the crowd, then everything side by side, and last what has to be alone. */
  async #playAll(usersBefore: number | undefined): Promise<void> {
    const { onProgress } = this.#input;
    const { signal } = this.#driver;
    onProgress?.({
      kind: "before-writing",
      cost: this.#cost,
      ...(usersBefore === undefined ? {} : { usersBefore }),
    });
    const isFirst = (scenario: Scenario) => scenario.needs.includes("empty-tenant");
    for (const scenario of this.#plan.play.filter(isFirst)) {
      if (usersBefore === 0 || signal.aborted) await this.#playOne(scenario);
      else this.#leave(scenario, emptyTenantNeeded(usersBefore));
    }
    const crowdMade = this.#madeLog();
    try {
      await this.#gatherCrowd(crowdMade);
      const others = this.#plan.play.filter((scenario) => !isFirst(scenario));
      await this.#playSideBySide(others.filter(({ exclusive }) => !exclusive));
      for (const scenario of others.filter(({ exclusive }) => exclusive)) await this.#playOne(scenario);
    } finally {
      // Thousands of people are not worth removing one by one from a server that ends with the run.
      if (this.#input.endsWithRun !== true) {
        const turn = this.#largeAnswers.turnOfAPlay();
        await this.#tidying.remove(crowdMade, turn).finally(turn.over);
      }
    }
  }

  /** A bug of ours in one play begins no other, and is told once those under way have cleaned up after them. */
  async #playSideBySide(scenarios: readonly Scenario[]): Promise<void> {
    const limit = pLimit({ concurrency: this.#input.settings.concurrency, rejectOnClear: true });
    const bugs: unknown[] = [];
    await Promise.allSettled(
      scenarios.map((scenario) =>
        limit(async () => {
          try {
            await this.#playOne(scenario);
          } catch (bug) {
            bugs.push(bug);
            limit.clearQueue();
          }
        }),
      ),
    );
    if (bugs.length > 0) throw bugs[0];
  }

  #madeLog(): MadeLog {
    return new MadeLog({
      isOurs: (name) => this.#names.isOurs(name),
      wasRepeated: (request) => this.#repeated.has(request),
      onId: (collection, id) => this.#ledger.made?.(collection, id),
    });
  }

  async #gatherCrowd(made: MadeLog): Promise<void> {
    const { speak, userBody, settings, onProgress } = this.#input;
    if (this.#cost.crowd === 0 || this.#driver.signal.aborted) return;
    onProgress?.({ kind: "crowd", size: this.#cost.crowd });
    const turn = this.#largeAnswers.turnOfAPlay();
    const context = { names: this.#names, made, speak, userBody, atOnce: settings.concurrency };
    try {
      this.#crowd = await drive(gatherCrowd(this.#cost.crowd, context), this.#driverIn(turn));
    } catch (problem) {
      // Every scenario after it says for itself that the run was interrupted.
      if (!(problem instanceof Interrupted)) throw problem;
    } finally {
      turn.over();
    }
  }

  #driverIn(turn: Turn): Driver {
    return { ...this.#driver, send: turn.through(this.#driver.send) };
  }

  #leave(scenario: Scenario, why: string, blocked = false): void {
    this.#played.push({ scenario, why, blocked, durationMs: 0 });
  }

  /** It was chosen and would have been asked: what it would have shown stays open. */
  #leaveForLackOfTime(scenario: Scenario): void {
    this.#cutShort = true;
    this.#leave(scenario, "the deadline passed before", true);
  }

  async #playOne(scenario: Scenario): Promise<void> {
    const { clock, onProgress } = this.#input;
    const size = crowdSize(scenario, this.#given);
    if (this.#input.signal.aborted) return this.#leave(scenario, "the run was interrupted before");
    if (this.#driver.signal.aborted) return this.#leaveForLackOfTime(scenario);
    if (size > this.#crowd.members.length) {
      const why = this.#crowd.shortBecause ?? `its crowd of ${size} is not there`;
      return this.#leave(scenario, why, true);
    }
    onProgress?.({
      kind: "playing",
      scenario: scenario.id,
      done: this.#played.length,
      all: this.#plan.play.length,
    });
    const made = this.#madeLog();
    const owed = new OwedLog(this.#ledger, scenario.id);
    const mask = this.#foreignMask();
    const excerpts = this.#excerpts(mask);
    const turn = this.#largeAnswers.turnOfAPlay();
    const startedAt = clock.now();
    try {
      const playing = play(scenario, { ...this.#context(scenario, size, made, excerpts), owed });
      const result = await drive(playing, this.#driverIn(turn));
      const kept = keptOf(result, mask, excerpts);
      this.#played.push({ scenario, result: kept, durationMs: clock.now() - startedAt });
    } catch (problem) {
      if (!(problem instanceof Interrupted)) throw problem;
      const outOfTime = !this.#input.signal.aborted;
      this.#cutShort ||= outOfTime;
      this.#played.push({
        scenario,
        why: outOfTime ? "the deadline passed while it was played" : "interrupted",
        interrupted: true,
        blocked: outOfTime,
        durationMs: clock.now() - startedAt,
      });
    } finally {
      onProgress?.({ kind: "played", scenario: scenario.id });
      await this.#tidying
        .undo(owed, turn)
        .then(() => this.#tidying.remove(made, turn))
        .finally(turn.over);
    }
  }

  #foreignMask(): ForeignMask {
    return new ForeignMask((name) => this.#names.isOurs(name));
  }

  #excerpts(mask: ForeignMask): Excerpts {
    return new Excerpts(mask, this.#input.settings.showForeignData, this.#keptAtLength);
  }

  #context(scenario: Scenario, size: number, made: MadeLog, excerpts: Excerpts): Parameters<typeof play>[1] {
    const { checks, actions, speak, settings, random, clock } = this.#input;
    const given = new Map([...this.#given, ...Object.entries(valuesOf(scenario, clock.now()))]);
    if (size > 0) {
      const all = this.#crowd.members.map((member) => ({ ...member }));
      given.set("crowd", all.slice(0, size));
      // Those whom only other scenarios take are ours as well, and in every list.
      given.set("crowd.all", all);
    }
    return {
      names: this.#names.forPlay(),
      given,
      actions: new Map(actions.map((action) => [action.name, action])),
      checks: new Map(checks.map((check) => [check.name, check])),
      speak,
      made,
      settleMs: settings.settleMs,
      oktaWaits: settings.oktaWaits,
      random: () => random.next(),
      startedAt: clock.now(),
      excerpt: (exchange, isBroken) => excerpts.of(exchange, isBroken),
    };
  }
}
