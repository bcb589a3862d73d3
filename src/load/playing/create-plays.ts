import { setMaxListeners } from "node:events";
import { fillBody } from "../../engine/fill.ts";
import { Names } from "../../engine/names.ts";
import type { Check } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import type { Action } from "../../model/play.ts";
import type { Scenario } from "../../model/scenario.ts";
import { type CompileContext, compileScenario } from "../compile/compile-scenario.ts";
import { type CompiledScenario, takesMembers } from "../compile/compiled.ts";
import { quickClaims, statusTable } from "../compile/quick-claims.ts";
import type { DocumentedAnswers } from "../documented-answers.ts";
import type {
  ConnectionCounts,
  OpenedConnections,
  Operation,
  PlayEnd,
  PlayedScenario,
  Plays,
  PlaysSetup,
  Populated,
  PopulationSize,
} from "../plays.ts";
import { CompiledPlay } from "./compiled-play.ts";
import { EffectTeller } from "./effect-teller.ts";
import { type FullOperations, FullPlay } from "./full-play.ts";
import { JudgingBudget } from "./judging-budget.ts";
import { Operations, operationOf } from "./operations.ts";
import { Populating } from "./populating.ts";
import { Population } from "./population.ts";
import { POPULATION_OPERATIONS } from "./population-steps.ts";
import type { RunningPlay, Surroundings } from "./surroundings.ts";
import { Takings } from "./takings.ts";
import { untilShown } from "./until-shown.ts";

/** One entry in the ledger covers more names than any load needs: a disk that is waited for would be a late play. */
const NAMES_AT_A_TIME = 10_000_000;

/** Makes the plays of a load ready: scenarios compiled, nothing sent. */
export function createPlays(setup: PlaysSetup): Plays {
  return new PlaysOfRun(setup);
}

class PlaysOfRun implements Plays, Surroundings {
  readonly setup: PlaysSetup;
  readonly names: Names;
  readonly population: Population;
  readonly effects: EffectTeller;
  readonly takings: Takings;
  readonly actions: ReadonlyMap<string, Action>;
  readonly checks: ReadonlyMap<string, Check>;
  readonly scenarios: readonly PlayedScenario[];
  inFlight = 0;
  waiting = 0;
  isDraining = false;
  readonly #operations = new Operations();
  readonly #context: CompileContext;
  readonly #compiled: readonly (CompiledScenario | undefined)[];
  readonly #full: readonly FullOperations[];
  readonly #free: CompiledPlay[] = [];
  readonly #endOfWaits = new AbortController();
  readonly #cutOff = new AbortController();
  readonly #judging = new JudgingBudget();
  #populating: Populating | undefined;
  #allEnded: (() => void) | undefined;

  constructor(setup: PlaysSetup) {
    this.setup = setup;
    const { runId, ledger, people, random, firstNumber, given, speak, wire, mix } = setup;
    this.names = new Names(runId, ledger, people, random, { first: firstNumber, lease: NAMES_AT_A_TIME });
    this.names.leaseAhead();
    this.population = new Population(this.names);
    // As many plays listen as are under way; that is no leak.
    setMaxListeners(0, this.#endOfWaits.signal, this.#cutOff.signal);
    this.effects = new EffectTeller(setup.observer, this.population, ledger);
    this.takings = new Takings(setup.observer, this.population, setup.documented);
    this.actions = new Map(setup.actions.map((action) => [action.name, action]));
    this.checks = new Map(setup.checks.map((check) => [check.name, check]));
    const { documented } = setup;
    this.#context = { names: this.names, population: this.population, given, speak, wire, documented };
    const probe = this.#operations.addUnmeasured("credential-test");
    // Known from the beginning, so that whoever counts can make room for all of them at once.
    for (const name of POPULATION_OPERATIONS) this.#operations.addUnmeasured(name);
    const made = mix.map((scenario, index) => this.#ready(scenario, index, probe));
    this.#compiled = made.map(({ compiled }) => compiled);
    this.#full = made.map(({ full }) => full);
    this.scenarios = made.map(({ played }) => played);
  }

  get operations(): readonly Operation[] {
    return this.#operations.list;
  }

  get connections(): ConnectionCounts {
    const { open, opened, idleClosed, connectsFailed } = this.setup.wire;
    return { open, opened, idleClosed, failed: connectsFailed };
  }

  get endOfWaits(): AbortSignal {
    return this.#endOfWaits.signal;
  }

  get cutOff(): AbortSignal {
    return this.#cutOff.signal;
  }

  async open(count: number): Promise<OpenedConnections> {
    const why = await this.setup.wire.openAhead(count);
    const { open } = this.setup.wire;
    return why === undefined ? { open } : { open, shortBecause: why };
  }

  async populate(size: PopulationSize, onProgress?: (made: number, all: number) => void): Promise<Populated> {
    this.#populating = new Populating(size, this, this.#operations, this.#context, onProgress);
    const populated = await this.#populating.done;
    this.setup.ledger.settle?.();
    this.#populating = undefined;
    if (populated.shortBecause === undefined && !this.isDraining) await untilShown(this);
    return populated;
  }

  start(play: number, scenario: number, intendedAt: number, sampled: boolean): void {
    this.inFlight += 1;
    const compiled = this.#compiled[scenario];
    if (
      compiled !== undefined &&
      !(sampled && this.#judging.mayJudge(compiled.crowdSize, this.setup.now()))
    ) {
      this.startCompiled(compiled, play, intendedAt);
      return;
    }
    const full = this.#full[scenario];
    if (full === undefined) throw new RangeError(`no scenario ${scenario} in the mix`);
    new FullPlay(this, full, play, scenario, intendedAt).run();
  }

  /** Starts a play that already has its place. */
  startCompiled(
    compiled: CompiledScenario,
    play: number,
    intendedAt: number,
    crowdFrom?: number,
    standing?: number,
  ): void {
    const one = this.#free.pop() ?? new CompiledPlay(this, compiled);
    one.begin(compiled, play, intendedAt, crowdFrom, standing);
  }

  pause(): void {
    this.inFlight -= 1;
    this.waiting += 1;
  }

  resume(): void {
    this.waiting -= 1;
    this.inFlight += 1;
  }

  ended(play: RunningPlay, end: PlayEnd, why: string | undefined, at: number): void {
    this.inFlight -= 1;
    const { play: number, scenario, intendedAt } = play;
    if (scenario === -1) this.#populating?.ended(play as CompiledPlay, end, why);
    if (play instanceof CompiledPlay) this.#free.push(play);
    if (scenario !== -1) this.setup.observer.ended(number, scenario, intendedAt, at, end, why);
    if (this.inFlight + this.waiting === 0) this.#allEnded?.();
  }

  async drain(graceMs: number): Promise<void> {
    this.isDraining = true;
    this.#endOfWaits.abort();
    if (this.inFlight + this.waiting === 0) return;
    const ended = new Promise<void>((resolve) => {
      this.#allEnded = resolve;
    });
    const graceOver = new AbortController();
    const { clock, wire } = this.setup;
    void clock.sleep(graceMs, graceOver.signal).then(() => {
      if (graceOver.signal.aborted) return;
      this.#cutOff.abort();
      void wire.close();
    });
    await ended;
    graceOver.abort();
  }

  async close(): Promise<void> {
    this.#endOfWaits.abort();
    await this.setup.wire.close();
  }

  #ready(
    scenario: Scenario,
    index: number,
    probe: number,
  ): {
    readonly compiled: CompiledScenario | undefined;
    readonly full: FullOperations;
    readonly played: PlayedScenario;
  } {
    const operations = this.#operations.addScenario(scenario, index);
    const crowdSize = crowdOf(scenario, this.setup.given);
    const compilation = compileScenario(scenario, index, crowdSize, operations, this.#context);
    const full: FullOperations = {
      scenario,
      crowdSize,
      takesMembers: takesMembers(scenario),
      probe,
      ...expectedStatuses(scenario, this.setup.documented),
      of: (id, request) => {
        const at = scenario.steps.findIndex((step) => step.id === id);
        const step = scenario.steps[at];
        return step === undefined ? probe : operationOf(step, operations[at] ?? probe, request);
      },
    };
    return compilation.ok
      ? { compiled: compilation.compiled, full, played: { id: scenario.id, operations } }
      : {
          compiled: undefined,
          full,
          played: { id: scenario.id, operations, notCompiledBecause: compilation.because },
        };
  }
}

/** Which status each step of a scenario is content with, as its compiled form is. */
function expectedStatuses(
  { steps }: Scenario,
  documented: DocumentedAnswers | undefined,
): Pick<FullOperations, "expects" | "settles" | "saysStatus"> {
  const tables = new Map(
    steps.flatMap((step) =>
      step.kind === "send" || step.mayBeRefused === true
        ? [[step.id, statusTable(quickClaims(step.expect), step, documented)] as const]
        : [],
    ),
  );
  return {
    // A redirect is never followed: what was asked for was not done.
    expects: (step, status) => {
      const table = tables.get(step);
      return table === undefined ? status < 300 : table[status] === 1;
    },
    settles: (step) => steps.find(({ id }) => id === step)?.settles === true,
    saysStatus: (step) => tables.get(step) !== undefined,
  };
}

/** How many people of the population a scenario takes; 0 where a value it needs is not given. */
function crowdOf({ crowd }: Scenario, given: ReadonlyMap<string, Json>): number {
  if (crowd === undefined) return 0;
  const size = fillBody(crowd, {
    valueOf: (name) => given.get(name) ?? 0,
    unique: () => "",
    answerOf: () => undefined,
  });
  return typeof size === "number" ? size : 0;
}
