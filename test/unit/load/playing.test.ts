import { describe, expect, it } from "vitest";
import type { Exchange, Request, Send } from "../../../src/model/exchange.ts";
import { OKTA_ATTEMPTS, throttledWait } from "../../../src/okta/throttled-wait.ts";
import { answered, behaviour, scenario, silent } from "../conformance/bench.ts";
import { stage } from "./stage.ts";

const CATALOGUE = [behaviour("B-01"), behaviour("B-02"), behaviour("B-03")];
const CREATE = scenario(
  "create",
  `repeatable: true
steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
    expect: { B-01.must: { status: 201 } }
    remember: { user: id }
  - id: read
    send: GET /Users/\${user}
    expect:
      B-02.must: { status: 200, body: { id: "\${user}", active: true } }
      B-03.must: { body: { name.givenName: "\${unique.givenName}" } }
`,
  CATALOGUE,
);
const PUSH = scenario(
  "push",
  `repeatable: true
crowd: 5
inputs: [standing]
steps:
  - id: push
    send: PATCH /Groups/\${standing.id}
    body: { $from: okta/patch-members-add.json, $set: { "Operations[0].value": "\${crowd}" } }
`,
  CATALOGUE,
);

/** Lets the first so many requests that match be answered otherwise. */
function instead(
  matches: (request: Request) => boolean,
  times: number,
  answer: (request: Request) => Exchange,
) {
  let left = times;
  return (send: Send): Send =>
    (request, signal) => {
      if (!matches(request) || left === 0) return send(request, signal);
      left -= 1;
      return Promise.resolve(answer(request));
    };
}

const isCreate = ({ method }: Request) => method === "POST";
const throttled = (retryAfter?: string) => (request: Request) =>
  answered(request, 429, "", retryAfter === undefined ? [] : [["Retry-After", retryAfter]]);

describe("Okta's wait after a 429", () => {
  it("is what Retry-After says in whole seconds, else five minutes that double, and ends with the tenth refusal", () => {
    expect(throttledWait(1, "7")).toEqual({ kind: "wait", ms: 7_000, said: true });
    expect(throttledWait(4, "7")).toEqual({ kind: "wait", ms: 7_000, said: true });
    for (const word of [undefined, "1.5", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", ""]) {
      expect(throttledWait(1, word)).toEqual({ kind: "wait", ms: 300_000, said: false });
      expect(throttledWait(3, word)).toEqual({ kind: "wait", ms: 1_200_000, said: false });
    }
    expect(throttledWait(OKTA_ATTEMPTS, "1")).toEqual({ kind: "give-up" });
  });
});

describe.each([
  ["compiled", false],
  ["played in full", true],
])("a play that is %s", (_how, sampled) => {
  it("waits as long as Retry-After says, without a place in flight, and goes on where it was", async () => {
    const seen: [number, number][] = [];
    const on = stage({ mix: [CREATE], way: instead(isCreate, 2, throttled("7")) });
    const began = on.clock.now();
    const sleep = on.clock.sleep.bind(on.clock);
    on.clock.sleep = (ms, signal) => {
      seen.push([on.plays.inFlight, on.plays.waiting]);
      return sleep(ms, signal);
    };
    await on.play({ sampled });
    expect(seen.slice(0, 2)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(on.told.throttled.map(([, , , attempt, asked, wait]) => [attempt, asked, wait])).toEqual([
      [1, 7_000, 7_000],
      [2, 7_000, 7_000],
    ]);
    expect(on.told.resumed.map(([, , , attempt, waited, through]) => [attempt, waited, through])).toEqual([
      [2, 7_000, false],
      [3, 7_000, true],
    ]);
    // The wait is nobody's response time: each try counts from when it was due.
    expect(
      on.told.exchanged
        .slice(0, 3)
        .map(([, , intendedAt, sentAt]) => [intendedAt - began, sentAt - intendedAt]),
    ).toEqual([
      [0, 0],
      [7_000, 0],
      [14_000, 0],
    ]);
    expect(on.told.ended.map(([, , , , end]) => end)).toEqual(["completed"]);
    expect(on.told.effects.map(([effect, certainty]) => [effect, certainty])).toEqual([
      ["user-created", "refused"],
      ["user-created", "refused"],
      ["user-created", "acknowledged"],
    ]);
  });

  it("divides Okta's own waits by the time scale, and gives up after ten refusals", async () => {
    const on = stage({
      mix: [CREATE],
      way: instead(isCreate, 99, throttled()),
      setup: { oktaTimeScale: 1_000 },
    });
    await on.play({ sampled });
    expect(on.told.throttled.map(([, , , , asked, wait]) => [asked, wait])).toEqual([
      ...Array.from({ length: 9 }, (_, index) => [-1, 300 * 2 ** index]),
      [-1, -1],
    ]);
    expect(on.told.ended.map(([, , , , end]) => end)).toEqual(["broken-off"]);
  });

  it("says of a write without an answer that nobody knows, and is broken off", async () => {
    const on = stage({
      mix: [CREATE],
      way: instead(
        () => true,
        9,
        (request) => silent(request, "reset"),
      ),
    });
    await on.play({ sampled });
    expect(on.told.effects.every(([, certainty]) => certainty === "unsure")).toBe(true);
    expect(on.told.effects.length).toBeGreaterThan(0);
    const [, , , , end, why] = on.told.ended[0] ?? [];
    expect([end, why]).toEqual([
      "broken-off",
      expect.stringContaining(sampled ? "it needs" : "create: the wire was cut"),
    ]);
  });

  it("says nothing of a write that never arrived", async () => {
    const on = stage({
      mix: [CREATE],
      way: instead(
        () => true,
        99,
        (request) => silent(request, "refused"),
      ),
    });
    await on.play({ sampled });
    expect(on.told.effects).toEqual([]);
  });

  it("is told what broke, with the exchange that shows it", async () => {
    const wrong = (request: Request) => answered(request, 200, { id: "another", active: true, name: {} });
    const on = stage({
      mix: [CREATE],
      way: instead(({ method }) => method === "GET", 99, wrong),
      setup: { settleMs: 0 },
    });
    await on.play({ sampled });
    const claims = new Set(on.told.broken.map(({ claim }) => claim));
    // What lies deeper than the root is looked at in sampled plays.
    expect(claims).toEqual(new Set(sampled ? ["B-02.must", "B-03.must"] : ["B-02.must"]));
    expect(on.told.shown[0]?.outcome).toMatchObject({ body: expect.stringContaining("another") });
  });

  it("looks again at what a slow index shows late, and blames nobody for it", async () => {
    const late = instead(
      ({ method }) => method === "GET",
      3,
      (request) => answered(request, 404, "{}"),
    );
    const on = stage({ mix: [CREATE], way: late });
    await on.play({ sampled });
    expect(on.told.broken).toEqual([]);
    expect(on.told.exchanged).toHaveLength(5);
    expect(on.told.ended.map(([, , , , end]) => end)).toEqual(["completed"]);
  });

  it("never writes to whom an answer to its create names instead", async () => {
    const stranger = (request: Request) =>
      answered(request, 201, { id: "boss", userName: "boss@example.com" });
    const on = stage({ mix: [CREATE], way: instead(isCreate, 9, stranger) });
    await on.play({ sampled });
    expect(on.sent.map(({ method }) => method)).toEqual(["POST"]);
    expect(on.told.ended.map(([, , , , end]) => end)).toEqual(["broken-off"]);
  });
});

describe("a run that drains", () => {
  it("ends what waits after a 429 at once, as deferred", async () => {
    const on = stage({ mix: [CREATE], way: instead(isCreate, 99, throttled("600")) });
    on.clock.sleep = (_ms, signal) =>
      new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
    const ended = on.play({}, {}, { sampled: true });
    await new Promise((resolve) => setImmediate(resolve));
    expect(on.plays.waiting).toBe(3);
    await on.plays.drain(1_000);
    await ended;
    expect(on.told.ended.map(([, , , , end]) => end)).toEqual(["deferred", "deferred", "deferred"]);
    expect([on.plays.inFlight, on.plays.waiting]).toEqual([0, 0]);
  });
});

describe("the names of a load", () => {
  it("are all put on record before anything is sent: no disk is waited for while it plays", async () => {
    const leases: [number, number][] = [];
    const ledger = {
      lease: (from: number, to: number) => void leases.push([from, to]),
      close: () => undefined,
    };
    const on = stage({ mix: [PUSH], setup: { ledger } });
    const before = [...leases];
    await on.plays.populate({ users: 30, groups: 0, members: 0 });
    expect(before).toEqual([[1, expect.any(Number)]]);
    // More people than a load may make.
    expect(before[0]?.[1]).toBeGreaterThan(4_000_000);
    expect(leases).toEqual(before);
  });
});

describe("the ids that creates of a load told", () => {
  it("are told to the ledger, and are on record when the people and groups of the population are made", async () => {
    const told: string[] = [];
    const ledger = {
      lease: () => {},
      close: () => undefined,
      made: (collection: string, id: string) => void told.push(`${collection} ${id}`),
      settle: () => void told.push("settled"),
    };
    const on = stage({ mix: [PUSH], setup: { ledger } });
    await on.plays.populate({ users: 3, groups: 1, members: 2 });
    const ids = on.told.effects.flatMap(([effect, , , , id]) =>
      effect === "user-created" ? [`Users ${id}`] : effect === "group-created" ? [`Groups ${id}`] : [],
    );
    expect(ids).toHaveLength(4);
    expect(told).toEqual([...ids, "settled"]);
  });
});

describe("a population", () => {
  it("is built before the clock starts, told as effects, and measured nowhere", async () => {
    const on = stage({ mix: [PUSH] });
    const populated = await on.plays.populate({ users: 30, groups: 2, members: 4 });
    expect(populated).toEqual({ users: 30, groups: 2 });
    expect(on.server.counts()).toMatchObject({ users: 30, groups: 2 });
    const count = (effect: string) => on.told.effects.filter(([one]) => one === effect).length;
    expect([count("user-created"), count("group-created"), count("member-added")]).toEqual([30, 2, 8]);
    expect(on.told.exchanged.every(([operation]) => on.plays.operations[operation]?.unmeasured)).toBe(true);
    expect(on.told.ended).toEqual([]);
  });

  it("says why it is smaller than asked for", async () => {
    const on = stage({ mix: [PUSH], way: instead(isCreate, 1, (request) => answered(request, 500, "")) });
    expect(await on.plays.populate({ users: 30, groups: 0, members: 0 })).toMatchObject({
      shortBecause: expect.stringContaining("answered 500"),
    });
  });

  it("says what the server says of it, so that nobody has to look for it elsewhere", async () => {
    const detail = "externalId is required.";
    const refused = (request: Request) => answered(request, 400, JSON.stringify({ status: "400", detail }));
    const on = stage({ mix: [PUSH], way: instead(isCreate, 1, refused) });
    expect(await on.plays.populate({ users: 1, groups: 0, members: 0 })).toMatchObject({
      shortBecause: "POST /Users was answered 400: externalId is required",
    });
  });

  it("is pushed part by part, each part once told however often it is pushed again", async () => {
    const on = stage({ mix: [PUSH] });
    await on.plays.populate({ users: 10, groups: 1, members: 0 });
    const before = on.told.effects.length;
    await on.play({}, {}, {}, {}, {});
    const told = on.told.effects
      .slice(before)
      .map(([effect, , group, member]) => `${effect} ${group} ${member}`);
    expect(told).toHaveLength(10);
    expect(new Set(told).size).toBe(10);
    expect(on.sent.slice(-5).map(({ body }) => body)).toEqual(
      [0, 1, 0, 1, 0].map((part) => on.sent.at(-5 + part)?.body),
    );
  });
});
