import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/wiring/system-clock.ts";

const DAY_MS = 86_400_000;

afterEach(() => {
  vi.useRealTimers();
});

describe("the system's clock", () => {
  it("sleeps as long as it is told, also for longer than one timer of Node.js waits", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let isOver = false;
    const sleep = systemClock()
      .sleep(60 * DAY_MS)
      .then(() => {
        isOver = true;
      });
    await vi.advanceTimersByTimeAsync(60 * DAY_MS - 1);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleep;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends a long sleep at once when it is aborted, and leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const controller = new AbortController();
    const sleep = systemClock().sleep(60 * DAY_MS, controller.signal);
    await vi.advanceTimersByTimeAsync(30 * DAY_MS);
    controller.abort();
    await sleep;
    expect(vi.getTimerCount()).toBe(0);
  });
});
