import { describe, expect, it } from "vitest";
import { virtualClock } from "../../../src/self-test/virtual-clock.ts";

describe("virtual time", () => {
  it("passes while everybody sleeps, and takes no real time", async () => {
    const clock = virtualClock(1_000);
    const startedAt = performance.now();
    await clock.sleep(300_000);
    expect(clock.now()).toBe(301_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it("wakes sleepers in the order of their times, whoever lay down first", async () => {
    const clock = virtualClock(0);
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    await Promise.all([sleeper("late", 500), sleeper("early", 100), sleeper("middle", 300)]);
    expect(woken).toEqual(["early at 100", "middle at 300", "late at 500"]);
  });

  it("does not pass while somebody still has something to do", async () => {
    const clock = virtualClock(0);
    const busy = (async () => {
      for (let step = 0; step < 1_000; step += 1) await Promise.resolve();
      return clock.now();
    })();
    const sleeping = clock.sleep(10);
    expect(await busy).toBe(0);
    await sleeping;
    expect(clock.now()).toBe(10);
  });

  it("lets those who wake at the same time wake in the order in which they lay down", async () => {
    const clock = virtualClock(0);
    const woken: number[] = [];
    await Promise.all([1, 2, 3].map((name) => clock.sleep(5).then(() => woken.push(name))));
    expect(woken).toEqual([1, 2, 3]);
  });

  it("does not let anybody sleep who was told to stop before", async () => {
    const clock = virtualClock(0);
    await clock.sleep(1_000, AbortSignal.abort());
    expect(clock.now()).toBe(0);
  });
});
