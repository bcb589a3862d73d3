import { describe, expect, it } from "vitest";
import { drive, Interrupted } from "../../../src/engine/drive.ts";
import { pauses } from "../../../src/engine/settle.ts";
import type { Request } from "../../../src/model/exchange.ts";
import type { Playable } from "../../../src/model/play.ts";
import { answered, virtualClock } from "../conformance/bench.ts";

const ask = (path: string): Request => ({ method: "GET", path, headers: [] });

function driverOf(signal = new AbortController().signal) {
  const clock = virtualClock();
  const sent: string[] = [];
  const send = async (request: Request) => {
    sent.push(request.path);
    return answered(request, 200, request.path);
  };
  return { clock, sent, driver: { clock, signal, send } };
}

describe("driving a play", () => {
  it("hands back what came, in the order of the requests, and the time", async () => {
    const { driver, clock } = driverOf();
    const start = clock.now();
    function* playing(): Playable<unknown> {
      const one = yield { kind: "send", request: ask("/1") };
      const waited = yield { kind: "wait", ms: 300 };
      const many = yield { kind: "send-at-once", requests: [ask("/2"), ask("/3")] };
      return [one, waited, many].map(({ exchanges, now }) => [
        exchanges.map(({ request }) => request.path),
        now - start,
      ]);
    }
    expect(await drive(playing(), driver)).toEqual([
      [["/1"], 0],
      [[], 300],
      [["/2", "/3"], 300],
    ]);
  });

  it("sends nothing once it is interrupted", async () => {
    const { driver, sent } = driverOf(AbortSignal.abort());
    function* playing(): Playable<void> {
      yield { kind: "send", request: ask("/1") };
    }
    await expect(drive(playing(), driver)).rejects.toBeInstanceOf(Interrupted);
    expect(sent).toEqual([]);
  });

  it("lets the play take note of an answer that came as it was interrupted, and then goes no further", async () => {
    const stop = new AbortController();
    const { driver, sent } = driverOf(stop.signal);
    const noted: string[] = [];
    function* playing(): Playable<void> {
      const { exchanges } = yield { kind: "send", request: ask("/1") };
      noted.push(...exchanges.map(({ request }) => request.path));
      yield { kind: "send", request: ask("/2") };
    }
    const send: typeof driver.send = (request) => {
      stop.abort();
      return driver.send(request);
    };
    await expect(drive(playing(), { ...driver, send })).rejects.toBeInstanceOf(Interrupted);
    expect(noted).toEqual(["/1"]);
    expect(sent).toEqual(["/1"]);
  });

  it("passes a bug of the play on", async () => {
    // biome-ignore lint/correctness/useYield: it fails before it wants anything
    function* playing(): Playable<void> {
      throw new RangeError("a bug");
    }
    await expect(drive(playing(), driverOf().driver)).rejects.toThrow("a bug");
  });
});

describe("the pauses between looks", () => {
  const walk = (withinMs: number, eachLookTakes = 0) => {
    const looks = pauses({ withinMs });
    const found: number[] = [];
    let elapsed = 0;
    for (let next = looks.next(0); next.done !== true; next = looks.next(elapsed)) {
      found.push(next.value);
      elapsed += next.value + eachLookTakes;
    }
    return found;
  };

  it("grow, are bounded, and end exactly when the settle time does", () => {
    expect(walk(2_000)).toEqual([50, 100, 200, 400, 500, 500, 250]);
  });

  it("are none when there is no settle time", () => {
    expect(walk(0)).toEqual([]);
  });

  it("are fewer when the looks themselves take long", () => {
    expect(walk(2_000, 900)).toEqual([50, 100, 50]);
  });
});
