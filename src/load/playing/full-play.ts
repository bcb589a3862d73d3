import { drive, Interrupted } from "../../engine/drive.ts";
import { lastJson } from "../../engine/last-json.ts";
import { MadeLog } from "../../engine/made.ts";
import { play } from "../../engine/player.ts";
import { idOf } from "../../engine/told-resource.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { HOME_GROUP, STANDING_GROUP } from "../../model/load-plan.ts";
import type { PlayResult } from "../../model/play.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { Collection } from "../../model/scim.ts";
import { certaintyOf, refusesNothing, takesAway } from "../effects.ts";
import { Asked } from "./asked.ts";
import { mayBeLate } from "./late-looks.ts";
import { refusalOf } from "./refusal.ts";
import { effectsOf, type SentEffect, subjectsOf } from "./sent-effects.ts";
import type { RunningPlay, Surroundings } from "./surroundings.ts";
import type { Takings } from "./takings.ts";

/** The operations of one scenario, by step and by what an action sends. */
export interface FullOperations {
  readonly scenario: Scenario;
  readonly crowdSize: number;
  /** See `CompiledScenario`. */
  readonly takesMembers: boolean;
  /** The operation of a request that a step sends. */
  of(step: string, request: Request): number;
  /** Whether an answer with that status is what the step is about; see `statusTable`. */
  expects(step: string, status: number): boolean;
  /** Whether it is a read that may show late what was written. */
  settles(step: string): boolean;
  /** Whether a claim says which status is right. */
  saysStatus(step: string): boolean;
  /** The operation of a probe: the credential test that tells a dead server from a faulty one. */
  readonly probe: number;
}

/** A read whose outcome is not told yet. */
interface Early {
  readonly step: string;
  readonly path: string;
  readonly tell: (asExpected: boolean) => void;
}

/** One play through the engine's own generator, over the same connections, judged in full. */
export class FullPlay implements RunningPlay {
  readonly play: number;
  readonly scenario: number;
  readonly intendedAt: number;
  readonly #shared: Surroundings;
  readonly #operations: FullOperations;
  readonly #stop = new AbortController();
  /** Numbers of what this play made, by the id the server gave. */
  readonly #numbers: Readonly<Record<Collection, Map<string, number>>> = {
    Users: new Map(),
    Groups: new Map(),
  };
  /** Steps that were refused, rightly, because there was nothing left to be taken away. */
  readonly #rightlyRefused = new Set<string>();
  /** A read that found nothing: no error when it is asked again, because a write may show late. */
  #early: Early | undefined;
  #hasWritten = false;
  #step = "";
  /** When the next request is due: the intended start, then the end of the one before. */
  #dueAt: number;

  constructor(
    shared: Surroundings,
    operations: FullOperations,
    play: number,
    scenario: number,
    intendedAt: number,
  ) {
    this.#shared = shared;
    this.#operations = operations;
    this.play = play;
    this.scenario = scenario;
    this.intendedAt = intendedAt;
    this.#dueAt = intendedAt;
  }

  run(): void {
    const { setup } = this.#shared;
    const driver = {
      send: (request: Request) => this.#send(request),
      clock: setup.clock,
      signal: this.#stop.signal,
    };
    const leave = () => this.#stop.abort();
    this.#shared.cutOff.addEventListener("abort", leave, { once: true });
    void drive(play(this.#operations.scenario, this.#context()), driver)
      .then(
        (result) => this.#finish(result),
        (problem: unknown) => {
          // A bug of ours is told as one, by whoever catches what nobody handles.
          if (!(problem instanceof Interrupted)) throw problem;
          this.#tellEarly(false);
          this.#shared.ended(this, "deferred", undefined, this.#shared.setup.now());
        },
      )
      .finally(() => this.#shared.cutOff.removeEventListener("abort", leave));
  }

  #context(): Parameters<typeof play>[1] {
    const { setup, names, population } = this.#shared;
    const { crowdSize, takesMembers } = this.#operations;
    const given = new Map<string, Json>(setup.given);
    const crowdFrom = population.partFrom(this.play, crowdSize, takesMembers);
    if (crowdSize > 0) given.set("crowd", population.members(crowdFrom, crowdSize));
    const standing = population.group(this.play);
    if (standing !== undefined) given.set(STANDING_GROUP, standing);
    const home = population.group(population.homeOf(crowdFrom));
    if (takesMembers && home !== undefined) given.set(HOME_GROUP, home);
    return {
      names: names.forPlay(),
      given,
      actions: this.#shared.actions,
      checks: this.#shared.checks,
      speak: setup.speak,
      made: new MadeLog({ isOurs: (name) => names.isOurs(name) }),
      settleMs: setup.settleMs,
      oktaWaits: setup.oktaWaits,
      random: () => setup.random.next(),
      startedAt: setup.clock.now(),
      onStep: (step) => {
        this.#step = step;
      },
    };
  }

  /** Sends a request as often as Okta would: a 429 is waited out, unless it is what the request is about. */
  async #send(request: Request): Promise<Exchange> {
    const { setup } = this.#shared;
    const operation = this.#operationOf(request);
    const effects = effectsOf(request);
    this.#tellEarly(this.#early?.step === this.#step && this.#early.path === request.path);
    for (let refusals = 0; ; ) {
      const takings = this.#beginTakings(effects);
      this.#shared.takings.sends({ request: () => request });
      const asked = new Asked(this.#shared, request);
      const exchange = await asked.exchange;
      const now = asked.endedAt;
      this.#tell(operation, asked, now, this.#foundNothing(takings, operation, asked));
      this.#tellEffects(effects, asked, exchange, now);
      const isRefused = asked.status === 429 && request.showThrottling !== true;
      if (refusals > 0) {
        setup.observer.resumed(
          operation,
          this.play,
          now,
          refusals + 1,
          asked.waitedMs(this.#refusedAt),
          !isRefused,
          this.#askedMs,
        );
      }
      this.#dueAt = now;
      if (!isRefused) return exchange;
      refusals += 1;
      const { waitMs, askedMs } = refusalOf(refusals, asked.retryAfter, setup.oktaTimeScale);
      setup.observer.throttled(operation, this.play, now, refusals, askedMs, waitMs);
      if (waitMs === -1 || this.#shared.isDraining) {
        if (waitMs !== -1) this.#stop.abort();
        return exchange;
      }
      this.#refusedAt = now;
      this.#askedMs = askedMs;
      await this.#wait(waitMs);
      if (this.#shared.isDraining) {
        this.#stop.abort();
        return exchange;
      }
    }
  }

  #refusedAt = 0;
  #askedMs = 0;

  async #wait(ms: number): Promise<void> {
    this.#shared.pause();
    await this.#shared.setup.clock.sleep(ms, this.#shared.endOfWaits);
    this.#shared.resume();
    this.#dueAt = this.#shared.setup.now();
  }

  #operationOf(request: Request): number {
    const isProbe = request.freshConnection === true && request.path === "/Users?startIndex=1&count=2";
    return isProbe ? this.#operations.probe : this.#operations.of(this.#step, request);
  }

  #beginTakings(effects: readonly SentEffect[]): readonly Taking[] {
    const takingAway = effects.filter(({ effect }) => takesAway(effect));
    const taken = takingAway.flatMap(({ effect, subject, other, others }): readonly Taking[] => {
      const number = this.#numberOf(subject, subjectsOf(effect));
      const second = other === "" ? 0 : this.#numberOf(other, others);
      return number === undefined || second === undefined ? [] : [[effect, number, second]];
    });
    for (const one of taken) this.#shared.takings.begin(...one);
    return taken;
  }

  /** Whether it was refused because there was, or may have been, nothing left to be taken away. */
  #foundNothing(taken: readonly Taking[], operation: number, asked: Asked): boolean {
    const { takings, setup } = this.#shared;
    const mayBeGone = taken.filter((one) => takings.end(...one)).length > 0;
    if (!refusesNothing(asked.status)) return false;
    const because = mayBeGone ? "taken" : takings.whyGone(asked);
    if (because === undefined) return false;
    this.#rightlyRefused.add(this.#step);
    setup.observer.foundNothing(operation, because);
    return true;
  }

  #tell(operation: number, asked: Asked, now: number, foundNothing: boolean): void {
    const { status, sent } = asked;
    const asExpected = status > 0 && (foundNothing || this.#operations.expects(this.#step, status));
    const tell = this.#telling(operation, asked, now);
    const isRead = sent.method === "GET" || sent.method === "HEAD";
    this.#hasWritten ||= !isRead;
    const { settles, saysStatus } = this.#operations;
    const mayLookAgain = !asExpected && this.#hasWritten && settles(this.#step);
    const isLate = mayLookAgain && mayBeLate(status, (one) => this.#operations.expects(this.#step, one));
    if (isLate && saysStatus(this.#step)) {
      this.#early = { step: this.#step, path: sent.path, tell };
    } else tell(asExpected || isLate);
  }

  #tellEarly(isAskedAgain: boolean): void {
    this.#early?.tell(isAskedAgain);
    this.#early = undefined;
  }

  #telling(operation: number, asked: Asked, now: number): (asExpected: boolean) => void {
    const { play } = this;
    const dueAt = this.#dueAt;
    const { observer } = this.#shared.setup;
    const { sentAt, status, bytesOut, bytesIn, silence } = asked;
    return (asExpected) =>
      observer.exchanged(operation, play, dueAt, sentAt, now, status, asExpected, bytesOut, bytesIn, silence);
  }

  #tellEffects(
    sent: readonly SentEffect[],
    { status, silence, sentAt }: Asked,
    exchange: Exchange,
    now: number,
  ): void {
    if (silence === "refused" || silence === "unresolved") return;
    const { names, effects } = this.#shared;
    const certainty = silence !== undefined ? "unsure" : certaintyOf(status);
    const id = idOf(lastJson([exchange])) ?? "";
    for (const { effect, subject, other, others } of sent) {
      const collection = subjectsOf(effect);
      const number = this.#numberOf(subject, collection);
      const second = other === "" ? 0 : this.#numberOf(other, others);
      if (number === undefined || second === undefined) continue;
      const isCreate = effect.endsWith("-created");
      if (isCreate && id !== "" && certainty === "acknowledged")
        this.#numbers[collection].set(id, names.numberIn(subject) ?? 0);
      effects.one(effect, certainty, number, second, isCreate ? id : "", sentAt, now);
    }
  }

  /** @param text an id, or a name of ours */
  #numberOf(text: string, collection: Collection): number | undefined {
    const { names, population } = this.#shared;
    const own = this.#numbers[collection].get(text);
    return own ?? names.numberIn(text) ?? population.numberOf(text, collection);
  }

  #finish(result: PlayResult): void {
    this.#tellEarly(false);
    const { observer } = this.#shared.setup;
    const { of } = this.#operations;
    for (const { claim, step, verdict } of result.judged) {
      const played = result.steps.find((one) => one.step === step);
      const exchange = played?.exchanges.at(-1);
      const operation = of(step, exchange?.request ?? NOTHING);
      const isRight = verdict.kind === "fail" && this.#rightlyRefused.has(step);
      observer.judged(operation, claim, isRight ? "unknown" : verdict.kind);
      if (isRight || verdict.kind !== "fail" || !observer.broken(operation, claim, verdict)) continue;
      if (exchange !== undefined) observer.shown(operation, claim, exchange);
    }
    const blocked = result.steps.find(({ status }) => status === "blocked");
    const silent = result.steps.find(({ exchanges }) => exchanges.at(-1)?.outcome.kind === "silence");
    // What it was waiting for when the run ended may have blocked the rest.
    if (this.#stop.signal.aborted) {
      this.#shared.ended(this, "deferred", undefined, this.#shared.setup.now());
      return;
    }
    const why = blocked?.why ?? (silent === undefined ? undefined : `${silent.step}: no answer came`);
    this.#shared.ended(this, why === undefined ? "completed" : "broken-off", why, this.#shared.setup.now());
  }
}

/** What a request takes away: the effect, and by number from whom or what. */
type Taking = Parameters<Takings["begin"]>;

const NOTHING: Request = { method: "GET", path: "/", headers: [] };
