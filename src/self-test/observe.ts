import type { RunInput } from "../conformance/input.ts";
import type { RunPlan } from "../conformance/plan.ts";
import { prepareRun } from "../conformance/prepare.ts";
import { runConformance } from "../conformance/run.ts";
import type { RunSettings } from "../conformance/settings.ts";
import { type Clock, type Random, seededRandom } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";
import type { RunReport } from "../model/report.ts";
import type { Observation, Trial } from "../model/self-test.ts";
import { type Ask, type RestartedRandom, restartedRandom, retrace, setClock } from "./retrace.ts";
import { claimsOf, claimsTogether } from "./seen-claims.ts";
import { Stenographer, type Transcript } from "./transcript.ts";
import { settingsOf } from "./trial-settings.ts";
import { virtualClock } from "./virtual-clock.ts";

/** The server of one trial, started for it alone. */
export interface TrialServer {
  readonly send: Send;
  /** In memory only: asks at once, so that the caller keeps the time. */
  readonly ask?: Ask;
  /** The operations through which alone it can answer otherwise than the sound one; any, if absent. */
  readonly touches?: readonly string[];
  /** Its limit of members per group, where it has one. */
  readonly maxGroupMembers?: number;
  /** Users and groups it has at the moment. */
  readonly resources: () => number;
  close(): Promise<void>;
}

/** How a server is made that is to be compared with another one. */
export interface ComparedServer {
  /** Its ids follow from the chance that is handed in, and from nothing else. */
  readonly idsOfChance?: boolean;
  /** Told the names of whatever the server does; only the sound one's are of use. */
  readonly onOperation?: (name: string) => void;
}

/** Everything that trials take from outside. */
export interface TrialInput
  extends Pick<
    RunInput,
    "scenarios" | "catalogue" | "checks" | "actions" | "people" | "userBody" | "speak" | "toolVersion"
  > {
  readonly startServer: (
    trial: Trial,
    clock: Clock,
    random: Random,
    compared?: ComparedServer,
  ) => Promise<TrialServer>;
  /** Real time, for trials on a socket, and for how long trials take. */
  readonly realClock: Clock;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** How many scenarios are played at once; 8 when absent. What is seen must not depend on it. */
  readonly concurrency?: number;
}

// A fixed day, so that a trial is the same whenever it is played.
const VIRTUAL_START = Date.UTC(2026, 0, 5, 9);

/**
 * Observes trials. What one server answers like the sound one need not be played a second time: unless `isWhole`, the
 * sound server is played once and taken down, every other one is asked the same, and only the scenarios in which its
 * answers differ are played against it, in a run like any other.
 */
export class Observer {
  readonly #input: TrialInput;
  readonly #isWhole: boolean;
  readonly #transcripts = new Map<number, Promise<Transcript>>();
  readonly #plans = new Map<string, Planned>();

  constructor(input: TrialInput, { isWhole }: { readonly isWhole: boolean }) {
    this.#input = input;
    this.#isWhole = isWhole;
  }

  /** Never throws: what breaks off is a finding about us. */
  async observe(trial: Trial): Promise<Observation> {
    const { realClock } = this.#input;
    const startedAt = realClock.now();
    const tookMs = () => realClock.now() - startedAt;
    try {
      const isCompared = !this.#isWhole && trial.layer === "app" && COMPARED.has(trial.kind);
      const compared = isCompared ? await this.#compared(trial) : undefined;
      // Some defects show only among neighbours: nobody survives who was not asked in a whole run.
      const isCaught = compared !== undefined && trial.target.every((target) => failedIn(compared, target));
      const observation = isCaught ? compared : await this.#whole(trial);
      return { ...observation, wallMs: tookMs() };
    } catch (problem) {
      const crashed = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
      return { claims: [], requests: 0, wallMs: tookMs(), leftovers: 0, remaining: 0, crashed };
    }
  }

  async #whole(trial: Trial): Promise<Untimed> {
    const { report, remaining } = await this.#played(trial, {});
    return observationOf(report, { claims: claimsOf(report), requests: report.run.requests, remaining });
  }

  /** Undefined where the server differs from the sound one from the start, so that everything has to be played. */
  async #compared(trial: Trial): Promise<Untimed | undefined> {
    const clock = setClock();
    const random = restartedRandom(this.#input.seed);
    const { ask, touches, maxGroupMembers, close } = await this.#input.startServer(trial, clock, random, {
      idsOfChance: true,
    });
    try {
      if (ask === undefined || maxGroupMembers !== undefined) return undefined;
      const settings = settingsOf(trial, this.#input.seed, undefined);
      const transcript = await this.#transcript(settings.largeGroup);
      const { plan, wanted, needsCrowd } = this.#planned(settings);
      const retraced = retrace(transcript, (scenario) => wanted.has(scenario), needsCrowd, {
        ...{ ask, clock, random },
        ...(touches === undefined ? {} : { touches }),
      });
      const { otherwise } = retraced;
      if (otherwise === "all") return undefined;
      const onlyScenarios = [...otherwise];
      const played = onlyScenarios.length === 0 ? undefined : await this.#played(trial, { onlyScenarios });
      const report = played?.report ?? transcript.report;
      return observationOf(report, {
        claims: claimsTogether(
          plan.behaviours,
          { report: transcript.report, isOf: (scenario) => wanted.has(scenario) && !otherwise.has(scenario) },
          played?.report,
        ),
        requests: retraced.requests + (played?.report.run.requests ?? 0),
        remaining: played?.remaining ?? 0,
      });
    } finally {
      await close();
    }
  }

  /** Hundreds of trials have one and the same plan. */
  #planned(settings: Omit<RunSettings, "concurrency">): Planned {
    const key = JSON.stringify(settings);
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const { plan } = prepareRun({
      ...this.#input,
      settings: { ...settings, concurrency: 1 },
      target: TARGET,
    });
    const idsOf = (scenarios: RunPlan["play"]) => new Set(scenarios.map(({ id }) => id));
    const planned = {
      plan,
      wanted: idsOf(plan.play),
      needsCrowd: idsOf(plan.play.filter(({ crowd }) => crowd !== undefined)),
    };
    this.#plans.set(key, planned);
    return planned;
  }

  /** What the sound server answers when everything is asked of it, with a large group of this many members. */
  #transcript(largeGroup: number | undefined): Promise<Transcript> {
    const key = largeGroup ?? 0;
    const known = this.#transcripts.get(key) ?? this.#takeDown(largeGroup);
    this.#transcripts.set(key, known);
    return known;
  }

  async #takeDown(largeGroup: number | undefined): Promise<Transcript> {
    const random = restartedRandom(this.#input.seed);
    const stenographer = new Stenographer((part) => random.restart(part));
    const { report } = await this.#played(SOUND, { stenographer, random, largeGroup });
    return stenographer.transcript(report);
  }

  async #played(
    trial: Trial,
    {
      onlyScenarios,
      largeGroup,
      stenographer,
      random = seededRandom(this.#input.seed),
    }: {
      readonly onlyScenarios?: readonly string[];
      readonly largeGroup?: number | undefined;
      readonly stenographer?: Stenographer;
      /** The server's; our own comes from the seed. */
      readonly random?: Random | RestartedRandom;
    },
  ): Promise<{ readonly report: RunReport; readonly remaining: number }> {
    const { startServer, realClock, seed, concurrency = 8, ...rest } = this.#input;
    const clock = trial.layer === "wire" ? realClock : virtualClock(VIRTUAL_START);
    const server = await startServer(trial, clock, random, {
      ...(stenographer === undefined
        ? {}
        : { idsOfChance: true, onOperation: (name: string) => stenographer.operation(name) }),
    });
    const settings = settingsOf(trial, seed, server.maxGroupMembers);
    try {
      const report = await runConformance({
        ...rest,
        send: stenographer?.watching(server.send) ?? server.send,
        clock,
        random: stenographer === undefined ? random : seededRandom(seed),
        runId: "se1fte",
        openLedger: () => ({ lease() {}, close() {} }),
        settings: {
          ...settings,
          ...(onlyScenarios === undefined ? {} : { onlyScenarios }),
          ...(largeGroup === undefined ? {} : { largeGroup }),
          concurrency: stenographer === undefined ? concurrency : 1,
        },
        target: { ...TARGET, url: trial.name },
        notes: [],
        ...(trial.kind === "sound" && stenographer === undefined ? {} : leavingTheCrowd(stenographer)),
      });
      return { report, remaining: server.resources() };
    } finally {
      await server.close();
    }
  }
}

interface Planned {
  readonly plan: RunPlan;
  readonly wanted: ReadonlySet<string>;
  readonly needsCrowd: ReadonlySet<string>;
}

const failedIn = ({ claims }: Untimed, target: string) =>
  claims.some(({ claim, verdict }) => claim === target && verdict === "fail");

type Untimed = Omit<Observation, "wallMs">;

const TARGET = { url: "a trial", kind: "embedded" } as const;

/** The sound servers are played whole, and sets of quirks too: as a run goes, with everything side by side. */
const COMPARED: ReadonlySet<Trial["kind"]> = new Set(["defect", "quirk"]);

const SOUND: Trial = {
  ...{ kind: "sound", name: "sound", title: "What others are compared with", layer: "app" },
  ...{ variations: [], target: [], also: [] },
};

/** The crowd is removed last of all; a server that is thrown away afterwards need not be tidied for that long. */
function leavingTheCrowd(
  stenographer: Stenographer | undefined,
): Pick<RunInput, "cleanUpSignal" | "onProgress"> {
  const leaving = new AbortController();
  return {
    cleanUpSignal: leaving.signal,
    onProgress: (progress) => {
      if (progress.kind === "cleaning-up") leaving.abort();
      if (progress.kind === "crowd") stenographer?.begin("crowd");
      if (progress.kind === "playing") stenographer?.begin({ scenario: progress.scenario });
      if (progress.kind === "played") stenographer?.tidy();
    },
  };
}

function observationOf(
  report: RunReport,
  seen: Pick<Observation, "claims" | "requests" | "remaining">,
): Untimed {
  return {
    ...seen,
    leftovers: report.leftovers.length,
    ...(report.stopped === undefined ? {} : { stopped: report.stopped.why }),
  };
}
