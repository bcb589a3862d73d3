import { setMaxListeners } from "node:events";
import { CREDENTIAL_REMEDY, SILENCE_REMEDY } from "../engine/silence-remedy.ts";
import type { Clock } from "../model/clock.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import { UNREACHABLE } from "../model/load-stop.ts";
import type { Stopped } from "../model/report.ts";
import { arrivalsOf } from "./arrivals.ts";
import { BreachWatch } from "./breach-watch.ts";
import type { DocumentedAnswers } from "./documented-answers.ts";
import { HealthWatch, type Machine } from "./health.ts";
import { type LiveLoad, type LoadProgress, recentOf } from "./live.ts";
import type { Observer, Plays, Populated } from "./plays.ts";
import { Register } from "./register.ts";
import { inFlightOf, partOf, type Schedule, type ShardPart, scheduleOf } from "./schedule.ts";
import { operationResult, playsResult, uncompiledNotes } from "./shard-counts.ts";
import type { ShardResult } from "./shard-result.ts";
import { type OperationTally, type PlayTally, Tally } from "./tally.ts";
import type { WireFailure } from "./wire/wire.ts";

/** Everything one shard of a load takes from outside. */
export interface ShardInput
  extends Pick<ShardResult, "fingerprint" | "plan" | "url" | "toolVersion" | "transport" | "timeScale"> {
  /** From 1. */
  readonly shard: { readonly index: number; readonly of: number; readonly runId: string };
  /**
   * Asked once everything is prepared: milliseconds of the clock at which the first play is meant to start, agreed on by
   * all shards. At once when absent.
   */
  readonly startAt?: () => number | Promise<number>;
  /** Makes what plays, compiled and ready; nothing is sent before `open`. */
  readonly documented?: DocumentedAnswers | undefined;
  readonly createPlays: (observer: Observer) => Plays | Promise<Plays>;
  /** The scale of all times. */
  readonly clock: Clock;
  /** Milliseconds since the epoch at 0 of that scale. */
  readonly epoch: number;
  readonly machine: Machine;
  /** Waits until a moment more exactly than a timer does, at the cost of a core. */
  readonly tick?: (untilMs: number) => Promise<void>;
  /** Ends the load: what is under way is given up soon. */
  readonly signal: AbortSignal;
  readonly abortOnBreach: boolean;
  /** Why nothing is to be played, as the first answer told. */
  readonly refused?: Stopped | undefined;
  /** How long the last plays may take when the schedule is over. */
  readonly graceMs: number;
  readonly onProgress?: (progress: LoadProgress) => void;
}

const SECOND_MS = 1_000;
const GRACE_WHEN_INTERRUPTED_MS = 1_000;
/** Between the end of the preparations and the first play, where no time was agreed on. */
const RUN_UP_MS = 50;

/** Plays one shard of a load, from opening its connections to the last answer. Never throws for what a server does. */
export async function playShard(input: ShardInput): Promise<ShardResult> {
  const stage = new ShardStage(input);
  try {
    const stopped = await stage.prepare();
    if (stopped === undefined) await stage.play();
    return stage.result(stopped);
  } finally {
    await stage.close();
  }
}

class ShardStage {
  readonly #input: ShardInput;
  readonly #register = new Register();
  readonly #tally: Tally;
  readonly #health: HealthWatch;
  #plays: Plays | undefined;
  #schedule: Schedule | undefined;
  #startAt = 0;
  #measuredFrom = 0;
  #endedAt = 0;
  #startedLateMs = 0;
  #mostOpen = 0;
  #endedEarly: string | undefined;

  constructor(input: ShardInput) {
    this.#input = input;
    this.#health = new HealthWatch(input.machine, input.clock.now());
    this.#tally = new Tally({
      book: this.#register,
      onEnded: (play, at) => this.#schedule?.ended(play, at),
      documented: input.documented,
    });
  }

  /** Opens connections and builds the population. Tells why nothing can be played, if so. */
  async prepare(): Promise<Stopped | undefined> {
    const { plan, onProgress, createPlays, signal } = this.#input;
    const plays = await createPlays(this.#tally);
    this.#plays = plays;
    this.#tally.attach(plays);
    if (this.#input.refused !== undefined) return this.#input.refused;
    // A connection for each play that may be under way; the wire opens more where plays send several at once.
    const wanted = inFlightOf(plan, this.#part);
    onProgress?.({ kind: "opening", connections: wanted });
    const { open, shortBecause } = await plays.open(wanted);
    if (open === 0 && shortBecause !== undefined) return unreachable(shortBecause);
    const share = this.#populationShare();
    if (share.users + share.groups === 0 || signal.aborted) return undefined;
    // Fifty thousand people take a while; whoever interrupts does not want to wait for the last of them.
    const stop = () => void plays.drain(GRACE_WHEN_INTERRUPTED_MS);
    signal.addEventListener("abort", stop, { once: true });
    const built = await plays.populate(share, (made, all) => onProgress?.({ kind: "populating", made, all }));
    signal.removeEventListener("abort", stop);
    if (built.shortBecause !== undefined && !signal.aborted) return unpopulated(built);
    return undefined;
  }

  async play(): Promise<void> {
    const input = this.#input;
    const { clock, plan, signal } = input;
    const plays = this.#plays;
    if (plays === undefined) return;
    this.#startAt = (await input.startAt?.()) ?? clock.now() + RUN_UP_MS;
    this.#startedLateMs = Math.max(0, clock.now() - this.#startAt);
    this.#measuredFrom = this.#startAt + plan.warmUpMs;
    this.#tally.begin(this.#startAt, this.#measuredFrom, this.#startAt + scheduleMs(plan));
    if (this.#startAt > clock.now()) await clock.sleep(this.#startAt - clock.now(), signal);
    const ends = new AbortController();
    // Each user of a closed model who thinks listens for the end.
    setMaxListeners(0, ends.signal);
    const end = () => ends.abort();
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    this.#schedule = scheduleOf({
      plan,
      shard: this.#part,
      plays,
      observer: {
        offered: (scenario, at) => this.#tally.offered(scenario, at),
        started: (scenario, intendedAt, at) => this.#tally.started(scenario, intendedAt, at),
        dropped: (scenario, intendedAt, at) => this.#tally.dropped(scenario, intendedAt, at),
        late: (ms, at) => this.#late(ms, at),
      },
      clock,
      startAt: this.#startAt,
      signal: ends.signal,
      ...(input.tick === undefined ? {} : { tick: input.tick }),
    });
    const watched = new AbortController();
    const watching = this.#watch(plays, watched.signal, (why) => {
      this.#endedEarly = why;
      end();
    });
    await this.#schedule.run();
    input.onProgress?.({ kind: "draining", inFlight: plays.inFlight, waiting: plays.waiting });
    await plays.drain(signal.aborted ? GRACE_WHEN_INTERRUPTED_MS : input.graceMs);
    // The rest of the last stage belongs to the load: without it the rate of the plays would read too high.
    const over = ends.signal.aborted ? 0 : this.#startAt + scheduleMs(plan);
    this.#endedAt = Math.max(clock.now(), over);
    watched.abort();
    await watching;
    signal.removeEventListener("abort", end);
  }

  result(stopped: Stopped | undefined): ShardResult {
    const { fingerprint, plan, url, toolVersion, transport, timeScale, shard, signal, clock } = this.#input;
    const operations = this.#plays?.operations ?? [];
    const scenarios = this.#plays?.scenarios ?? [];
    const startedAt = this.#startAt === 0 ? clock.now() : this.#startAt;
    return {
      fingerprint,
      plan,
      url,
      toolVersion,
      transport,
      timeScale,
      shard: {
        ...shard,
        startedAt: new Date(this.#input.epoch + startedAt).toISOString(),
        startedLateMs: Math.round(this.#startedLateMs),
      },
      measuredMs: Math.max(0, this.#endedAt - this.#measuredFrom),
      interrupted: signal.aborted,
      ...(this.#endedEarly === undefined ? {} : { endedEarly: this.#endedEarly }),
      ...(stopped === undefined ? {} : { stopped }),
      operations: operations.map((operation, index) =>
        operationResult(operation, scenarios[operation.scenario]?.id ?? "", this.#tally.of(index)),
      ),
      plays: scenarios.map(({ id }, index) => playsResult(id, this.#tally.plays[index])),
      timeline: this.#tally.timeline.data(),
      throttle: this.#tally.throttling.counts(),
      claims: this.#tally.claims.counts(),
      health: this.#health.data(),
      connections: { opened: this.#plays?.connections.opened ?? 0, mostOpen: this.#mostOpen },
      register: this.#register,
      leftovers: [],
      notes: [...this.#tally.notes, ...this.#brokenOffNotes(), ...uncompiledNotes(scenarios)],
    };
  }

  async close(): Promise<void> {
    await this.#plays?.close();
  }

  get #part(): ShardPart {
    const { index, of } = this.#input.shard;
    return { index: index - 1, of };
  }

  #populationShare() {
    const { users, groups, members } = this.#input.plan.population;
    const part = (all: number) => partOf(all, this.#part);
    // Every shard has its own people and groups, so that none has to know of the others'.
    return {
      users: part(users),
      groups: groups === 0 ? 0 : Math.max(1, part(groups)),
      members: Math.min(members, part(users)),
    };
  }

  #late(ms: number, at: number): void {
    this.#tally.timeline.peak("lateStartMs", at, ms);
    if (at - ms >= this.#measuredFrom) this.#health.late(ms);
  }

  /** Looks once a second at the machine, at the plays and, if asked to, at the thresholds. */
  async #watch(plays: Plays, signal: AbortSignal, onBreach: (why: string) => void): Promise<void> {
    const { clock, plan, abortOnBreach, onProgress } = this.#input;
    const breaches = abortOnBreach ? new BreachWatch(plan.thresholds) : undefined;
    let isMeasuring = false;
    while (!signal.aborted) {
      await clock.sleep(SECOND_MS, signal);
      const now = clock.now();
      if (!isMeasuring && now >= this.#measuredFrom) {
        isMeasuring = true;
        this.#health.begin(Math.max(this.#measuredFrom, now - SECOND_MS));
      }
      const { timeline } = this.#tally;
      timeline.peak("inFlight", now, plays.inFlight);
      timeline.peak("waiting", now, plays.waiting);
      timeline.peak("connections", now, plays.connections.open);
      this.#mostOpen = Math.max(this.#mostOpen, plays.connections.open);
      this.#health.sample(now, timeline);
      onProgress?.({ kind: "playing", live: this.#live(plays, now) });
      const why = isMeasuring ? breaches?.look(this.result(undefined)) : undefined;
      if (why !== undefined && !signal.aborted) onBreach(why);
    }
  }

  #live(plays: Plays, now: number): LiveLoad {
    const { plan } = this.#input;
    const all = (count: (one: OperationTally) => number) =>
      this.#tally.operations.reduce((sum, one) => sum + count(one), 0);
    const played = (count: (one: PlayTally) => number) =>
      this.#tally.plays.reduce((sum, one) => sum + count(one), 0);
    return {
      elapsedMs: now - this.#startAt,
      totalMs: scheduleMs(plan),
      isWarmUp: now < this.#measuredFrom,
      recent: recentOf(this.#tally, now),
      started: played((one) => one.started),
      finished: played((one) => one.finished),
      dropped: played((one) => one.dropped),
      requests: all((one) => one.requests),
      errors: all((one) => one.errors),
      throttled: all((one) => one.throttled),
      inFlight: plays.inFlight,
      waiting: plays.waiting,
      connections: plays.connections.open,
    };
  }

  #brokenOffNotes(): readonly string[] {
    const [first] = this.#tally.firstWhy;
    return first === undefined ? [] : [`The first play that was broken off: ${first}`];
  }
}

const scheduleMs = ({ closed, stages }: LoadPlan) => closed?.forMs ?? arrivalsOf(stages).durationMs;

function unreachable({ reason, detail, remedy }: WireFailure): Stopped {
  return {
    cause: UNREACHABLE,
    why: detail,
    remedy: remedy ?? SILENCE_REMEDY[reason === "idle-closed" ? "reset" : reason],
  };
}

function unpopulated({ shortBecause = "", shortStatus }: Populated): Stopped {
  return {
    cause: "population",
    why: `the people and groups that the plan starts with could not be made: ${shortBecause}`,
    remedy:
      shortStatus === 401 || shortStatus === 403
        ? CREDENTIAL_REMEDY
        : "Run `scim-check run` against the server first; a load says little about one that cannot create.",
  };
}
