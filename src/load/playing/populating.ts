import { type CompileContext, compileScenario } from "../compile/compile-scenario.ts";
import type { CompiledScenario } from "../compile/compiled.ts";
import type { PlayEnd, Populated, PopulationSize } from "../plays.ts";
import type { CompiledPlay } from "./compiled-play.ts";
import type { Operations } from "./operations.ts";
import { creation, filling } from "./population-steps.ts";
import type { Surroundings } from "./surroundings.ts";

/** Requests under way while the population is built, when no connections were opened ahead. */
const AT_ONCE = 16;
/** Members in one request: Okta's largest batch. */
const BATCH = 1_000;

/** Whoever starts the plays that build the population. */
interface Starter extends Surroundings {
  inFlight: number;
  startCompiled(
    compiled: CompiledScenario,
    play: number,
    intendedAt: number,
    crowdFrom?: number,
    standing?: number,
  ): void;
}

/** One thing to be done, of many alike. */
interface Stage {
  readonly count: number;
  start(index: number): void;
  /** Why what was answered with success is of no use. */
  ended?(play: CompiledPlay): string | undefined;
}

/** Builds the population: people, then groups, then memberships, each as fast as the connections allow. */
export class Populating {
  readonly done: Promise<Populated>;
  readonly #starter: Starter;
  readonly #stages: Stage[];
  readonly #all: number;
  readonly #onProgress: ((made: number, all: number) => void) | undefined;
  #resolve: (populated: Populated) => void = () => {};
  #started = 0;
  #ended = 0;
  #made = 0;
  #underWay = 0;
  #shortBecause: string | undefined;
  #shortStatus: number | undefined;

  constructor(
    size: PopulationSize,
    starter: Starter,
    operations: Operations,
    context: CompileContext,
    onProgress: ((made: number, all: number) => void) | undefined,
  ) {
    this.#starter = starter;
    this.#onProgress = onProgress;
    this.#stages = stagesOf(size, starter, operations, context);
    this.#all = this.#stages.reduce((sum, { count }) => sum + count, 0);
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#go();
  }

  ended(play: CompiledPlay, end: PlayEnd, why: string | undefined): void {
    this.#underWay -= 1;
    this.#ended += 1;
    this.#made += 1;
    const { status } = play;
    if (this.#shortBecause === undefined && !isDone(status) && status > 0) this.#shortStatus = status;
    if (end !== "completed") this.#shortBecause ??= why ?? "the run was ended";
    else this.#shortBecause ??= failureOf(play) ?? this.#stages[0]?.ended?.(play);
    this.#onProgress?.(this.#made, this.#all);
    this.#go();
  }

  #go(): void {
    for (;;) {
      const stage = this.#stages[0];
      const isOver = stage === undefined || this.#shortBecause !== undefined || this.#starter.isDraining;
      if (isOver) {
        if (this.#underWay === 0) this.#finish();
        return;
      }
      if (this.#started < stage.count) {
        if (this.#underWay >= Math.max(AT_ONCE, this.#starter.setup.wire.open)) return;
        this.#underWay += 1;
        this.#starter.inFlight += 1;
        stage.start(this.#started++);
      } else if (this.#ended === stage.count) {
        this.#stages.shift();
        this.#started = 0;
        this.#ended = 0;
      } else return;
    }
  }

  #finish(): void {
    const { users, groups } = this.#starter.population;
    const why = this.#shortBecause;
    this.#resolve({
      users: users.length,
      groups: groups.length,
      ...(why === undefined ? {} : { shortBecause: why }),
      ...(this.#shortStatus === undefined ? {} : { shortStatus: this.#shortStatus }),
    });
  }
}

const isDone = (status: number) => status >= 200 && status < 300;

function failureOf({ status, complaint, request: { head } }: CompiledPlay): string | undefined {
  if (isDone(status)) return undefined;
  const why = complaint === "" ? "" : `: ${complaint.replace(/\.$/, "")}`;
  return `${head.slice(0, head.indexOf(" HTTP"))} was answered ${status}${why}`;
}

function stagesOf(
  { users, groups, members }: PopulationSize,
  starter: Starter,
  operations: Operations,
  context: CompileContext,
): Stage[] {
  const { setup, population } = starter;
  population.membersEach = members;
  const compiled = (scenario: Parameters<typeof compileScenario>[0], crowd: number): CompiledScenario => {
    const operation = operations.addUnmeasured(scenario.id);
    const compilation = compileScenario(scenario, -1, crowd, [operation], context);
    if (!compilation.ok) throw new Error(`the population cannot be built: ${compilation.because}`);
    return compilation.compiled;
  };
  const person = compiled(creation("Users", setup.userBody), 0);
  const group = compiled(creation("Groups", setup.groupBody), 0);
  const start = (scenario: CompiledScenario, index: number, crowdFrom = 0, standing = 0) =>
    starter.startCompiled(scenario, index, setup.now(), crowdFrom, standing);
  const keep =
    (table: typeof population.users) =>
    ({ request: { values, numbers } }: CompiledPlay) => {
      const id = values[0];
      if (id === undefined) return "the answer to a create told no id of what was created";
      table.add(numbers[0] ?? 0, typeof id === "string" ? id : JSON.stringify(id));
      return undefined;
    };
  const stages: Stage[] = [
    { count: users, start: (index) => start(person, index), ended: keep(population.users) },
    { count: groups, start: (index) => start(group, index), ended: keep(population.groups) },
  ];
  if (groups === 0 || members === 0) return stages;
  // One request for each batch and group; a group's batches follow one another.
  const batch =
    setup.oktaApp === "aiw" ? members : Math.min(setup.membersPerRequest ?? BATCH, BATCH, members);
  const bySize = new Map<number, CompiledScenario>();
  for (let from = 0; from < members; from += batch) {
    const size = Math.min(batch, members - from);
    const fill = bySize.get(size) ?? compiled(filling(setup.oktaApp), size);
    bySize.set(size, fill);
    stages.push({ count: groups, start: (index) => start(fill, index, index * members + from, index) });
  }
  return stages;
}
