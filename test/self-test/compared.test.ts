import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation, Trial } from "../../src/model/self-test.ts";
import { speak } from "../../src/okta/headers.ts";
import { Observer, type TrialServer } from "../../src/self-test/observe.ts";
import { trialsOf } from "../../src/self-test/trials.ts";
import { loadLibrary } from "../../src/wiring/library.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { startTrialServer } from "../../src/wiring/trial-server.ts";
import { variationTables } from "../../src/wiring/variations.ts";

const SEED = 20_260_105;
const tables = await variationTables();
const library = await loadLibrary();
const all = [...tables.sound, ...tables.defects, ...tables.quirks];

interface Observing {
  readonly isWhole?: boolean;
  readonly seed?: number;
  readonly concurrency?: number;
  readonly only?: RegExp;
  readonly change?: (server: TrialServer) => TrialServer;
}

function observing({
  isWhole = false,
  seed = SEED,
  concurrency = 8,
  only = /./,
  change = (server) => server,
}: Observing) {
  const { scenarios, ...rest } = library;
  return new Observer(
    {
      ...rest,
      ...{ speak, toolVersion: "0.0.0", realClock: systemClock(), seed, concurrency },
      scenarios: scenarios.filter(({ id }) => only.test(id)),
      signal: new AbortController().signal,
      startServer: async ({ variations, layer }, clock, random, compared) =>
        change(
          await startTrialServer(
            variations.flatMap((name) => all.find((one) => one.name === name) ?? []),
            layer,
            clock,
            random,
            compared,
          ),
        ),
    },
    { isWhole },
  );
}

const trials = trialsOf(tables, SEED).filter(
  ({ kind, layer }) => layer === "app" && (kind === "defect" || kind === "quirk"),
);
const trialNamed = (name: string): Trial => {
  const trial = trials.find((one) => one.name === name);
  if (trial === undefined) throw new Error(`there is no ${name}`);
  return trial;
};

const failedIn = async (observer: Observer, trial: Trial) => {
  const { claims, crashed } = await observer.observe(trial);
  expect(crashed).toBe(undefined);
  return claims.flatMap(({ claim, verdict }) => (verdict === "fail" ? [claim] : [])).toSorted();
};

/** Without what was seen: it tells names and ids, which hang on how much was played before. */
const verdictsIn = ({ claims }: Observation) => claims.map(({ seen: _seen, ...verdict }) => verdict);

/** Trials that chance chooses; fast-check prints the seed when one of them goes otherwise. */
const someTrials = (size: number) =>
  fc.uniqueArray(fc.constantFrom(...trials), { minLength: size, maxLength: size });

describe("scenarios that are not played because a server answers them like the sound one", () => {
  const compared = observing({});

  it("would have failed nothing else: a few trials are played whole", { timeout: 300_000 }, async () => {
    const whole = observing({ isWhole: true });
    await fc.assert(
      fc.asyncProperty(someTrials(6), async (chosen) => {
        for (const trial of chosen) {
          expect([trial.name, await failedIn(compared, trial)]).toEqual([
            trial.name,
            await failedIn(whole, trial),
          ]);
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });

  it("would have been answered alike also where the server was not even asked", {
    timeout: 300_000,
  }, async () => {
    const asked = observing({
      change: ({ touches: _anywhere, ...server }) => server,
    });
    await fc.assert(
      fc.asyncProperty(someTrials(12), async (chosen) => {
        for (const trial of chosen) {
          const [one, other] = [await compared.observe(trial), await asked.observe(trial)];
          expect([trial.name, verdictsIn(one)]).toEqual([trial.name, verdictsIn(other)]);
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

describe("creates that lock each other out", () => {
  it("are caught under any seed, with any number of scenarios beside them", {
    timeout: 120_000,
  }, async () => {
    const trial = trialNamed("creates-of-neighbours-deadlock");
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(1, 2, 3, 8, 16), async (seed, concurrency) => {
        const observer = observing({
          isWhole: true,
          seed,
          concurrency,
          only: /^rfc\/(concurrency|creating)\//,
        });
        expect(await failedIn(observer, trial)).toContain("RFC7644-3.3-11.different");
      }),
      { numRuns: 12 },
    );
  });
});
