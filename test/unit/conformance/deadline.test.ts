import { describe, expect, it } from "vitest";
import { deadlineAfter, graceMs } from "../../../src/conformance/deadline.ts";
import type { Clock } from "../../../src/model/clock.ts";
import { behaviour, ONE, silent, trial, verdictOf, type Wire, whyOf } from "./bench.ts";

/** A clock that wakes its sleepers when it is moved on. */
class SteppedClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
      this.#sleepers.push({ at: this.#now + ms, wake: resolve });
    });
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    for (const sleeper of this.#sleepers) if (sleeper.at <= this.#now) sleeper.wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const CREATE =
  "steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json }, expect: { B-01.must: { status: 201 } } }]";
const CREATE_AND_READ = `steps:
  - { id: c, send: POST /Users, body: { $from: okta/user.json } }
  - { id: r, send: GET /Users/y, expect: { B-01.must: { status: 404 } } }`;
const READ = "steps: [{ id: r, send: GET /Users/x, expect: { B-02.must: { status: 404 } } }]";
const TWO = [behaviour("B-01"), behaviour("B-02")];

describe("a deadline", () => {
  it("leaves clean-up a quarter of itself more, at least 5 s and at most a minute", () => {
    expect([1_000, 20_000, 60_000, 240_000, 3_600_000].map(graceMs)).toEqual([
      5_000, 5_000, 15_000, 60_000, 60_000,
    ]);
  });

  it("ends the plays first and clean-up after the grace, and nothing once it is called off", async () => {
    const clock = new SteppedClock();
    const deadline = deadlineAfter(60_000, clock);
    const off = deadlineAfter(60_000, clock);
    off.stop();
    const never = deadlineAfter(undefined, clock);
    const seen = () => [deadline.plays.aborted, deadline.cleansUp.aborted];
    await clock.pass(59_999);
    expect(seen()).toEqual([false, false]);
    await clock.pass(1);
    expect(seen()).toEqual([true, false]);
    await clock.pass(14_999);
    expect(seen()).toEqual([true, false]);
    await clock.pass(1);
    expect(seen()).toEqual([true, true]);
    for (const { plays, cleansUp } of [off, never])
      expect([plays.aborted, cleansUp.aborted]).toEqual([false, false]);
  });
});

describe("a run whose deadline passes", () => {
  /** The deadline passes at the given request; the server has carried that one out. */
  const passingAt = (wanted: (path: string, method: string) => boolean) => {
    const clock = new SteppedClock();
    const wire: Wire = async (request, send) => {
      const exchange = await send();
      if (!wanted(request.path, request.method)) return exchange;
      await clock.pass(60_000);
      return silent(request, "aborted");
    };
    return { clock, wire };
  };

  it("says so, exits with 3, blames nobody, and leaves nothing behind", async () => {
    const { clock, wire } = passingAt((_, method) => method === "POST");
    const { report, server } = await trial({
      scenarios: { a: CREATE_AND_READ, b: READ },
      catalogue: TWO,
      wire,
      settings: { deadlineMs: 60_000, concurrency: 1, settleMs: 0 },
      input: { clock },
    });
    expect(report.outcome).toMatchObject({ exitCode: 3, why: expect.stringMatching(/^The deadline passed/) });
    expect(report.run.interrupted).toBe(false);
    expect(report.scenarios.map(({ status, why }) => [status, why])).toEqual([
      ["interrupted", "the deadline passed while it was played"],
      ["skipped", "the deadline passed before"],
    ]);
    for (const id of ["B-01", "B-02"]) expect(whyOf(verdictOf(report, id))).toContain("deadline");
    expect(report.notes.join()).toContain("The deadline of 60 s passed; this report is partial.");
    expect(server.counts().users).toBe(0);
    expect(report.leftovers).toEqual([]);
  });

  it("still fails for what was broken before", async () => {
    const { clock, wire } = passingAt((path, method) => method === "GET" && path === "/Users/x");
    const { report } = await trial({
      scenarios: { a: CREATE.replace("201", "299"), b: READ },
      catalogue: TWO,
      wire,
      settings: { deadlineMs: 60_000, concurrency: 1, settleMs: 0 },
      input: { clock },
    });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("before the credential test is answered judges nothing", async () => {
    const { clock, wire } = passingAt(() => true);
    const { report } = await trial({
      scenarios: { a: CREATE },
      wire,
      settings: { deadlineMs: 60_000 },
      input: { clock },
    });
    expect(report.outcome.exitCode).toBe(3);
    expect(report.outcome.behaviours.fail + report.outcome.behaviours.pass).toBe(0);
  });

  it("gives up clean-up too once the grace is over, and lists what it leaves", async () => {
    const clock = new SteppedClock();
    const { report } = await trial({
      scenarios: { a: CREATE },
      catalogue: ONE,
      wire: async (request, send) => {
        const exchange = await send();
        if (request.method === "POST") await clock.pass(60_000);
        if (request.method !== "DELETE") return exchange;
        await clock.pass(15_000);
        return silent(request, "aborted");
      },
      settings: { deadlineMs: 60_000, concurrency: 1, settleMs: 0 },
      input: { clock },
    });
    expect(report.leftovers).toMatchObject([{ state: "left", why: "no time was left to remove it" }]);
  });

  it("that does not pass changes nothing", async () => {
    const { report } = await trial({
      scenarios: { a: CREATE, b: READ },
      catalogue: TWO,
      settings: { deadlineMs: 60_000 },
      input: { clock: new SteppedClock() },
    });
    expect(report.outcome.exitCode).toBe(0);
    expect(report.notes).toEqual([]);
  });
});
