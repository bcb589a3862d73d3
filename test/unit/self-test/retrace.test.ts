import { describe, expect, it } from "vitest";
import type { RunReport } from "../../../src/model/report.ts";
import { type Ask, restartedRandom, retrace, setClock } from "../../../src/self-test/retrace.ts";
import type { Line, Passage, Transcript } from "../../../src/self-test/transcript.ts";

const line = (path: string, at = 0): Line => ({
  request: { method: "GET", path, headers: [] },
  at,
  answer: { status: 200, headers: [["ETag", "1"]], body: `of ${path}` },
  waitMs: 1,
});
const passage = (
  of: Passage["of"],
  asked: readonly Line[],
  reached: readonly string[] = ["list"],
): Passage => ({
  ...{ of, asked, tidied: [line("/tidied")] },
  reached: new Set(reached),
});

const transcript: Transcript = {
  report: {} as RunReport,
  passages: [
    passage("preflight", [line("/preflight")]),
    passage("crowd", [line("/crowd")]),
    passage({ scenario: "one" }, [line("/one", 10), line("/both", 20)]),
    passage({ scenario: "two" }, [line("/both", 30)], ["create", "create User"]),
    passage({ scenario: "many" }, [line("/many", 40)]),
  ],
};

const sound: Ask = ({ path }) => ({ response: line(path).answer, waitMs: 1 });
const answering =
  (path: string, change: Partial<Line["answer"]>, waitMs = 1): Ask =>
  (request) => {
    const { response } = sound(request);
    return request.path === path ? { response: { ...response, ...change }, waitMs } : { response, waitMs: 1 };
  };

function retraced(
  ask: Ask,
  more: { readonly touches?: readonly string[]; readonly clock?: ReturnType<typeof setClock> } = {},
) {
  const { clock = setClock(), ...others } = more;
  const server = { ask, clock, random: restartedRandom(1), ...others };
  const { otherwise } = retrace(transcript, () => true, new Set(["many"]), server);
  return otherwise === "all" ? otherwise : [...otherwise];
}

describe("retracing what the sound server was asked", () => {
  it("finds nothing otherwise on a server that answers alike", () => {
    expect(retraced(sound)).toEqual([]);
  });

  it.each<[string, Ask]>([
    ["another status", answering("/both", { status: 201 })],
    ["another body", answering("/both", { body: "of /both " })],
    ["another header", answering("/both", { headers: [["ETag", "2"]] })],
    [
      "one header more",
      answering("/both", {
        headers: [
          ["ETag", "1"],
          ["Via", "2"],
        ],
      }),
    ],
    ["the same answer, later", answering("/both", {}, 2)],
  ])("finds every scenario with %s", (_what, ask) => {
    expect(retraced(ask)).toEqual(["one", "two"]);
  });

  it("takes no notice of how a server answers the clean-up, which no verdict rests on", () => {
    expect(retraced(answering("/tidied", { status: 500 }))).toEqual([]);
  });

  it("gives up where no run would begin alike", () => {
    expect(retraced(answering("/preflight", { status: 401 }))).toBe("all");
  });

  it("finds every scenario that takes people from a crowd that was made otherwise", () => {
    const ask = answering("/crowd", { body: "others" });
    expect(retraced(ask)).toEqual(["many"]);
    // Also one that does nothing else than the sound server would.
    expect(retraced(ask, { touches: ["create Group"] })).toEqual(["many"]);
  });

  it("asks nothing for scenarios that reach nothing the server does otherwise", () => {
    const ask = answering("/both", { status: 201 });
    expect(retraced(ask, { touches: ["create User"] })).toEqual(["two"]);
    expect(retraced(ask, { touches: ["create"] })).toEqual(["two"]);
    expect(retraced(ask, { touches: ["create Group"] })).toEqual([]);
    expect(retraced(ask, { touches: ["list", "create"] })).toEqual(["one", "two"]);
  });

  it("asks at the times at which the sound server was asked", () => {
    const clock = setClock();
    const times = new Map<string, number>();
    retraced(
      (request) => {
        times.set(request.path, clock.now());
        return sound(request);
      },
      { clock },
    );
    expect(times.get("/many")).toBe(40);
    expect(times.get("/one")).toBe(10);
  });
});

describe("chance that begins anew with each part", () => {
  it("is the same for a part whatever came before it, and another for another part", () => {
    const one = restartedRandom(7);
    const other = restartedRandom(7);
    other.next();
    for (const random of [one, other]) random.restart(3);
    const first = one.next();
    expect(other.next()).toBe(first);
    other.restart(4);
    expect(other.next()).not.toBe(first);
  });
});
