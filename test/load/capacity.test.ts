import { beforeAll, describe, expect, it } from "vitest";
import { type Attempt, searchCapacity } from "../../src/load/capacity-search.ts";
import { noRateText } from "../../src/report/load/capacity.ts";
import type { Library } from "../../src/wiring/library.ts";
import { constant, loadVirtually, planOf, testLibrary, virtualServer } from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);

/** Answers one create after another, each in so many milliseconds: what it can do a second is known. */
const oneAtATime = (ms: number) => () => {
  let freeAt = 0;
  return ({ method }: { readonly method: string }, now: number) => {
    if (method !== "POST") return 1;
    freeAt = Math.max(now, freeAt) + ms;
    return freeAt - now;
  };
};

interface Wanted {
  /** Of one server. */
  readonly latency?: () => (request: { readonly method: string }, now: number) => number;
  readonly upTo?: number;
  readonly signal?: AbortSignal;
  readonly onAttempt?: (rate: number) => void;
}

/** Searches in virtual time; every trial meets a fresh server. */
async function search({ latency = () => () => 1, upTo = 1_000, signal, onAttempt }: Wanted) {
  const attempt: Attempt = async (rate) => {
    onAttempt?.(rate);
    const plan = planOf("create", [constant(rate, 15)], { thresholds: ["create.response.p99 < 300ms"] });
    return loadVirtually(plan, library, await virtualServer({ latency: latency() }));
  };
  const { capacity } = await searchCapacity({
    from: 5,
    upTo,
    attempt,
    peoplePerPlay: 1,
    signal: signal ?? new AbortController().signal,
  });
  return capacity;
}

describe("the capacity of a server", () => {
  it("that makes one person every 40 ms is found within a few in a hundred, with what gives way first", async () => {
    const capacity = await search({ latency: oneAtATime(40) });
    expect(capacity.rate).toBeGreaterThan(23.5);
    expect(capacity.rate).toBeLessThan(26);
    expect(capacity.brokeAt).toBeGreaterThan(capacity.rate ?? 0);
    expect(capacity.peoplePerHour).toBe(Math.floor((capacity.rate ?? 0) * 3_600));
    expect(capacity.gaveWay).toContain("create.response.p99");
    expect(capacity.limitedByGenerator).toBe(false);
    expect(capacity.trials.at(-1)).toMatchObject({ phase: "confirm", verdict: "met", rate: capacity.rate });
    expect(capacity.trials.map(({ phase }) => phase).join(" ")).toMatch(/^(step-up )+(bisect )+confirm$/);
  });

  it("that never gives way is as high as was asked, and no higher rate is tried", async () => {
    const rates: number[] = [];
    const capacity = await search({ upTo: 50, onAttempt: (rate) => rates.push(rate) });
    expect(rates).toEqual([5, 10, 20, 40, 50, 50]);
    expect(capacity.rate).toBe(50);
    expect(capacity.brokeAt).toBeUndefined();
    expect(capacity.gaveWay).toBe("nothing gave way up to 50/s");
  });

  it("that cannot keep up with the lowest rate is not named, and nothing is promised an hour", async () => {
    const capacity = await search({ latency: oneAtATime(1_000) });
    expect(capacity.rate).toBeUndefined();
    expect(capacity.peoplePerHour).toBeUndefined();
    expect(capacity.gaveWay).toContain("create.response.p99");
    expect(noRateText(capacity)).toBe("not even the lowest rate held");
  });

  it("is not looked for at rates of which no play falls into a trial, nor said to have given way there", async () => {
    const rates: number[] = [];
    const attempt: Attempt = async (rate) => {
      rates.push(rate);
      const plan = planOf("create", [constant(rate, 2)], {
        ...{ warmUpMs: 400, thresholds: ["create.response.p99 < 300ms"] },
      });
      return loadVirtually(plan, library, await virtualServer({ latency: () => 400 }));
    };
    const signal = new AbortController().signal;
    const { capacity, last } = await searchCapacity({ from: 5, upTo: 50, attempt, peoplePerPlay: 1, signal });
    expect(rates).toEqual([5, 2.5, 1.25, 0.625, 0.3125]);
    expect(capacity.brokeAt).toBe(0.63);
    expect(capacity.gaveWay).toBe("400 ms breaks create.response.p99 < 300ms");
    expect(capacity.trials.at(-1)?.why).toEqual(["create.response.p99 < 300ms: nothing was measured"]);
    expect(last?.outcome.exitCode).toBe(1);
  });

  it("is not known when whoever asked left before the first rate, which is owed a report all the same", async () => {
    const { capacity, last } = await searchCapacity({
      from: 5,
      upTo: 50,
      attempt: async (rate) =>
        loadVirtually(planOf("create", [constant(rate, 15)]), library, await virtualServer(), {
          signal: AbortSignal.abort(),
        }),
      peoplePerPlay: 1,
      signal: AbortSignal.abort(),
    });
    expect(capacity.rate).toBeUndefined();
    expect(capacity.brokeAt).toBeUndefined();
    expect(capacity.gaveWay).toBe("the search was interrupted");
    expect(noRateText(capacity)).toBe("none: no rate was tried to its end");
    expect(capacity.trials).toHaveLength(1);
    expect(last?.outcome.exitCode).toBe(130);
  });

  it("is not known where what held once does not hold again, and not said to be none", async () => {
    const tried: number[] = [];
    // A server that is worn out by being tried.
    const tiring = () => () => (tried.length > 3 ? 1_000 : 1);
    const capacity = await search({ latency: tiring, upTo: 20, onAttempt: (rate) => tried.push(rate) });
    expect(capacity.rate).toBeUndefined();
    expect(noRateText(capacity)).toContain("did not hold when it was tried once more");
  });

  it("is not claimed when whoever asked has left before it was tried once more", async () => {
    const left = new AbortController();
    const capacity = await search({
      latency: oneAtATime(40),
      signal: left.signal,
      onAttempt: (rate) => {
        if (rate > 25) left.abort();
      },
    });
    expect(capacity.rate).toBeUndefined();
    expect(capacity.trials.every(({ phase }) => phase === "step-up")).toBe(true);
  });
});
