import type { Clock } from "../model/clock.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import { type Arrivals, arrivalsOf } from "./arrivals.ts";
import { chanceOf, WeightedChoice } from "./chance.ts";
import type { Plays } from "./plays.ts";

/** Which part of a load this process plays: play `k` of the whole is ours when `k` mod `of` is `index`. */
export interface ShardPart {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** A shard's part of so many: the first shards take one more where they do not divide evenly. */
export function partOf(all: number, { index, of }: ShardPart): number {
  return Math.floor(all / of) + (index < all % of ? 1 : 0);
}

/** Plays that one shard may have under way at the same time: together they have as many as the plan says. */
export function inFlightOf({ maxInFlight, closed }: LoadPlan, part: ShardPart): number {
  const all = closed === undefined ? maxInFlight : Math.min(maxInFlight, closed.users);
  return Math.max(1, partOf(all, part));
}

/** What a schedule tells of, besides what the plays tell themselves. */
export interface ScheduleObserver {
  offered(scenario: number, intendedAt: number): void;
  started(scenario: number, intendedAt: number, at: number): void;
  dropped(scenario: number, intendedAt: number, at: number): void;
  /** How late the schedule itself came to a play: this machine's fault, not the server's. */
  late(ms: number, at: number): void;
}

export interface ScheduleOptions {
  readonly plan: LoadPlan;
  readonly shard: ShardPart;
  readonly plays: Pick<Plays, "start" | "inFlight" | "waiting">;
  readonly observer: ScheduleObserver;
  readonly clock: Clock;
  readonly startAt: number;
  readonly signal: AbortSignal;
  /** Waits for the next tick; a millisecond of the clock unless something more exact is handed in. */
  readonly tick?: (untilMs: number) => Promise<void>;
}

/** Starts plays until the plan says that nothing more starts. */
export interface Schedule {
  /** Resolves when the last play was started or dropped, or the signal was given. */
  run(): Promise<void>;
  /** A play has ended: its place may be taken. */
  ended(play: number, at: number): void;
}

/** Purposes of chance, so that one draw does not decide another. */
const CHOICE = 1;
const SAMPLE = 2;

/** The first plays are judged in full, and then one in so many. */
const FIRST_SAMPLED = 20;
const SAMPLE_EVERY = 100;

/** Which scenario each play is, and whether it is judged in full: a function of its number in the whole load. */
export class Casting {
  readonly #choice: WeightedChoice;
  readonly #seed: number;

  constructor({ mix, seed }: Pick<LoadPlan, "mix" | "seed">) {
    this.#choice = new WeightedChoice(mix.map(({ weight }) => weight));
    this.#seed = seed;
  }

  scenarioOf(k: number): number {
    return this.#choice.pick(chanceOf(this.#seed, CHOICE, k));
  }

  isSampled(k: number): boolean {
    return k < FIRST_SAMPLED || chanceOf(this.#seed, SAMPLE, k) < 1 / SAMPLE_EVERY;
  }
}

export function scheduleOf(options: ScheduleOptions): Schedule {
  return options.plan.closed === undefined ? new OpenSchedule(options) : new ClosedSchedule(options);
}

/** Plays that may wait for a place. What comes beyond is dropped, and counted. */
export const MOST_WAITING = 65_536;
const LONGEST_TICK_MS = 50;
const TICK_MS = 1;

/** Open model: a play starts at its time, however long the others take. */
class OpenSchedule implements Schedule {
  readonly #options: ScheduleOptions;
  readonly #casting: Casting;
  readonly #arrivals: Arrivals;
  /** Plays whose time has come, as the numbers they have in the whole load. */
  readonly #waiting = new Float64Array(MOST_WAITING);
  #head = 0;
  #count = 0;
  /** The next of our plays, as its number in the whole load. */
  #next: number;
  readonly #most: number;
  #isOver = false;
  #allStarted: () => void = () => {};

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#casting = new Casting(options.plan);
    this.#arrivals = arrivalsOf(options.plan.stages);
    this.#next = options.shard.index;
    this.#most = inFlightOf(options.plan, options.shard);
  }

  async run(): Promise<void> {
    const { clock, signal, startAt, tick } = this.#options;
    while (!signal.aborted && this.#next < this.#arrivals.plays) {
      const now = clock.now();
      this.#arrive(now);
      this.#startWaiting(now);
      if (this.#next >= this.#arrivals.plays) break;
      const due = startAt + this.#arrivals.timeOf(this.#next);
      const wait = Math.min(LONGEST_TICK_MS, Math.max(TICK_MS, due - clock.now()));
      if (tick === undefined) await clock.sleep(wait, signal);
      else await tick(Math.min(due, clock.now() + LONGEST_TICK_MS));
    }
    await this.#untilStarted();
    this.#isOver = true;
    this.#dropWaiting();
  }

  ended(_play: number, at: number): void {
    if (this.#isOver || this.#count === 0) return;
    this.#startWaiting(at);
    if (this.#count === 0) this.#allStarted();
  }

  #arrive(now: number): void {
    const { shard, startAt, observer } = this.#options;
    while (this.#next < this.#arrivals.plays) {
      const at = startAt + this.#arrivals.timeOf(this.#next);
      if (at > now) return;
      const k = this.#next;
      this.#next += shard.of;
      const scenario = this.#casting.scenarioOf(k);
      observer.offered(scenario, at);
      observer.late(now - at, now);
      if (this.#count === MOST_WAITING) observer.dropped(scenario, at, now);
      else {
        this.#waiting[(this.#head + this.#count) % MOST_WAITING] = k;
        this.#count += 1;
      }
    }
  }

  #startWaiting(now: number): void {
    const { plays } = this.#options;
    while (this.#count > 0 && plays.inFlight < this.#most) this.#start(this.#take(), now);
  }

  #start(k: number, now: number): void {
    const { plays, observer, shard, startAt } = this.#options;
    const scenario = this.#casting.scenarioOf(k);
    const at = startAt + this.#arrivals.timeOf(k);
    observer.started(scenario, at, now);
    plays.start((k - shard.index) / shard.of, scenario, at, this.#casting.isSampled(k));
  }

  #take(): number {
    const k = this.#waiting[this.#head] ?? 0;
    this.#head = (this.#head + 1) % MOST_WAITING;
    this.#count -= 1;
    return k;
  }

  /** What still waits for a place when the schedule is over gets as long as a slow server deserves, not more. */
  async #untilStarted(): Promise<void> {
    const { clock, signal } = this.#options;
    if (this.#count === 0 || signal.aborted) return;
    const started = new Promise<void>((resolve) => {
      this.#allStarted = resolve;
    });
    await Promise.race([started, clock.sleep(LAST_STARTS_MS, signal)]);
  }

  #dropWaiting(): void {
    const { observer, clock, startAt } = this.#options;
    while (this.#count > 0) {
      const k = this.#take();
      const at = startAt + this.#arrivals.timeOf(k);
      observer.dropped(this.#casting.scenarioOf(k), at, clock.now());
    }
  }
}

const LAST_STARTS_MS = 10_000;

/** Closed model: each user starts a play when the last one has ended. */
class ClosedSchedule implements Schedule {
  readonly #options: ScheduleOptions;
  readonly #casting: Casting;
  readonly #until: number;
  readonly #thinkMs: number;
  #users: number;
  #next = 0;
  #isOver = false;

  constructor(options: ScheduleOptions) {
    const { plan, shard, startAt } = options;
    const { users = 0, forMs = 0, thinkMs = 0 } = plan.closed ?? {};
    this.#options = options;
    this.#casting = new Casting(plan);
    this.#until = startAt + forMs;
    this.#thinkMs = thinkMs;
    this.#users = partOf(users, shard);
  }

  async run(): Promise<void> {
    const { clock, signal, startAt } = this.#options;
    // Told once: to ask a signal for every play costs more than all else that is asked here.
    const end = () => {
      this.#isOver = true;
    };
    signal.addEventListener("abort", end, { once: true });
    if (startAt > clock.now()) await clock.sleep(startAt - clock.now(), signal);
    if (signal.aborted) end();
    for (let user = 0; user < this.#users; user++) this.#start(clock.now());
    if (!this.#isOver) await clock.sleep(Math.max(0, this.#until - clock.now()), signal);
    signal.removeEventListener("abort", end);
    end();
  }

  ended(_play: number, at: number): void {
    if (this.#isOver) return;
    if (this.#thinkMs === 0) {
      this.#start(at);
      return;
    }
    const { clock, signal } = this.#options;
    void clock.sleep(this.#thinkMs, signal).then(() => this.#start(clock.now()));
  }

  #start(now: number): void {
    const { plays, observer, shard } = this.#options;
    if (this.#isOver || now >= this.#until) return;
    const play = this.#next++;
    const k = play * shard.of + shard.index;
    const scenario = this.#casting.scenarioOf(k);
    observer.offered(scenario, now);
    observer.started(scenario, now, now);
    plays.start(play, scenario, now, this.#casting.isSampled(k));
  }
}
