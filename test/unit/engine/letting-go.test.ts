import { describe, expect, it } from "vitest";
import { checks } from "../../../src/checks/index.ts";
import { drive } from "../../../src/engine/drive.ts";
import { MadeLog } from "../../../src/engine/made.ts";
import { Names } from "../../../src/engine/names.ts";
import { play } from "../../../src/engine/player.ts";
import { seededRandom } from "../../../src/model/clock.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { speak } from "../../../src/okta/headers.ts";
import { answered, behaviour, PEOPLE, RUN_ID, scenario, virtualClock } from "../conformance/bench.ts";

const CATALOGUE = [behaviour("B-01", { one: "must", other: "must" })];

/** Reads a person three times; the second read is compared with the first. */
const READS = `
steps:
  - id: first
    send: GET /Users/1
    expect: { B-01.one: { status: 200 } }
  - id: second
    send: GET /Users/1
    expect: { B-01.other: { check: same-resource, with: { as: first, only: [userName] } } }
  - id: third
    send: GET /Users/1
`;

interface Event {
  readonly kind: "asked" | "let go";
  readonly path: string;
  readonly isBroken?: boolean;
}

/** Plays the reads against answers of so many characters, and tells what happened in which order. */
async function playReads(characters: number, userNames: readonly [string, string, string]) {
  const events: Event[] = [];
  let asked = 0;
  const send = async (request: Request): Promise<Exchange> => {
    const userName = userNames[asked] ?? "";
    asked += 1;
    events.push({ kind: "asked", path: String(asked) });
    return answered(request, 200, { id: "1", userName, padding: "x".repeat(characters), asked });
  };
  const askedOf = ({ outcome }: Exchange) =>
    outcome.kind === "answer" ? (/"asked":(\d)/.exec(outcome.body)?.[1] ?? "") : "";
  const clock = virtualClock();
  const names = new Names(RUN_ID, { lease: () => {}, close: () => {} }, PEOPLE, seededRandom(1));
  const result = await drive(
    play(scenario("reads", READS, CATALOGUE), {
      names: names.forPlay(),
      given: new Map(),
      actions: new Map(),
      checks: new Map(checks.map((check) => [check.name, check])),
      speak,
      made: new MadeLog({ isOurs: () => false, wasRepeated: () => false }),
      settleMs: 0,
      oktaWaits: false,
      random: () => 0.5,
      startedAt: clock.now(),
      excerpt: (exchange, isBroken) => {
        events.push({ kind: "let go", path: askedOf(exchange), isBroken });
        return answered(exchange.request, 200, "an excerpt");
      },
    }),
    { send, clock, signal: new AbortController().signal },
  );
  return { events: events.map(({ kind, path }) => `${kind} ${path}`), broken: events, result };
}

describe("a large answer", () => {
  it("is let go as soon as it is judged and no later step looks at it, and not before", async () => {
    const { events, result } = await playReads(600_000, ["a", "a", "a"]);
    expect(events).toEqual(["asked 1", "asked 2", "let go 1", "let go 2", "asked 3", "let go 3"]);
    expect(result.judged.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
    const bodies = result.steps.flatMap(({ exchanges }) => exchanges.map(({ outcome }) => outcome));
    expect(bodies.map((outcome) => outcome.kind === "answer" && outcome.body)).toEqual(
      Array.from({ length: 3 }, () => "an excerpt"),
    );
  });

  it("is known to have broken a claim when it is let go, so that more of it is kept", async () => {
    const { broken, result } = await playReads(600_000, ["a", "b", "b"]);
    expect(result.judged.map(({ verdict }) => verdict.kind)).toEqual(["pass", "fail"]);
    expect(broken.filter(({ kind }) => kind === "let go").map(({ isBroken }) => isBroken)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("is kept whole where it is small", async () => {
    const { events } = await playReads(1_000, ["a", "a", "a"]);
    expect(events).toEqual(["asked 1", "asked 2", "asked 3"]);
  });
});
