import { describe, expect, it } from "vitest";
import { parseThreshold } from "../../../src/config/threshold.ts";
import { Latencies } from "../../../src/load/latencies.ts";
import { type Decided, decideThreshold } from "../../../src/load/thresholds.ts";
import type { Reconciliation } from "../../../src/model/load-reconciliation.ts";

const place = { file: "test" };
const limited = { limited: true, why: ["it was busy"] };
const healthy = { limited: false, why: [] };

function times(...ms: number[]): Latencies {
  const all = new Latencies();
  for (const one of ms) all.record(one);
  return all;
}

const whole = {
  operations: [
    {
      name: "okta/users/create/create",
      scenario: "okta/users/create",
      claims: [],
      requests: 100,
      warmUps: 0,
      errors: 2,
      throttled: 10,
      bytesSent: 0,
      bytesReceived: 0,
      byStatus: {},
      errorsByStatus: {},
      silences: {},
      response: times(...Array.from({ length: 100 }, (_, index) => index + 1)),
      service: times(1),
      lag: times(0),
    },
  ],
  plays: [
    {
      scenario: "okta/users/create",
      intended: 100,
      started: 98,
      startedInTime: 96,
      finished: 96,
      failed: 0,
      dropped: 4,
      deferred: 0,
      response: times(500),
    },
  ],
  claims: [{ operation: 0, claim: "A", judged: 100, broken: 3 }],
  throttle: {
    retryAfter: { whole: 0, notWhole: 0, absent: 0 },
    leastMs: -1,
    mostMs: -1,
    promises: { kept: 0, shared: 0, broken: 0, notJudged: 0 },
    letThroughAtTry: [],
    givenUp: 0,
  },
};

function decided(
  text: string,
  more: { generator?: typeof limited; reconciled?: Reconciliation; on?: Decided["whole"] } = {},
) {
  const parsed = parseThreshold(text);
  if (!parsed.ok) throw new Error(parsed.what);
  const { generator = healthy, reconciled } = more;
  const on = { whole: more.on ?? whole, generator, ...(reconciled === undefined ? {} : { reconciled }) };
  return decideThreshold({ ...parsed.threshold, place }, on).verdict;
}

function told(text: string, on: Decided["whole"]): string {
  const parsed = parseThreshold(text);
  if (!parsed.ok) throw new Error(parsed.what);
  return decideThreshold({ ...parsed.threshold, place }, { whole: on, generator: healthy }).why;
}

describe("a threshold", () => {
  it.each([
    ["create.response.p99 < 100ms", "met"],
    ["create.response.p99 < 99ms", "breached"],
    ["okta/users/create/create.response.max <= 0.1s", "met"],
    ["response.p50 < 20ms", "breached"],
    ["service.mean < 2ms", "met"],
    ["play.response.p99.9 < 400ms", "breached"],
    ["errors.rate < 1%", "breached"],
    ["create.errors.rate <= 2 %", "met"],
    ["429.rate < 0.2", "met"],
    ["broken.rate == 0%", "breached"],
    ["rate.achieved >= 95%", "met"],
    ["rate.achieved > 97%", "breached"],
    ["dropped == 4", "met"],
    ["create.429 == 10", "met"],
  ])("%s is %s", (text, verdict) => {
    expect(decided(text)).toBe(verdict);
  });

  it.each(["create.response.p99 < 1s", "rate.achieved >= 97%", "rate.achieved < 97%"])(
    "%s is unknown where this machine did not keep up",
    (text) => {
      expect(decided(text, { generator: limited })).toBe("unknown");
    },
  );

  it("shows a value with the digits that it takes to see on which side of the limit it is", () => {
    const [play] = whole.plays;
    const [operation] = whole.operations;
    if (play === undefined || operation === undefined) throw new Error("nothing was played");
    const nearly = { ...play, intended: 100_000, startedInTime: 94_996 };
    const on = {
      ...whole,
      operations: [{ ...operation, requests: 100_000, errors: 999, response: times(999.7) }],
      plays: [nearly],
    };
    expect(told("rate.achieved >= 95%", on)).toBe("94.996 % breaks rate.achieved >= 95%");
    expect(told("errors.rate < 1%", on)).toBe("0.999 % meets errors.rate < 1%");
    expect(told("errors.rate < 2%", on)).toBe("1 % meets errors.rate < 2%");
    expect(told("response.max < 1s", on)).toMatch(/^999\.\d ms meets/);
  });

  it("counts a request that breaks several claims once, and takes those that were judged for all", () => {
    const claims = ["A", "B", "C"].map((claim) => ({ operation: 0, claim, judged: 20, broken: 10 }));
    const on = { ...whole, claims };
    expect(told("create.broken.rate < 60%", on)).toBe("50 % meets create.broken.rate < 60%");
    expect(told("create.broken.rate < 40%", on)).toBe("50 % breaks create.broken.rate < 40%");
    expect(told("broken == 0", on)).toBe("10 breaks broken == 0");
    // Of 200 answers of which every one was looked at, 20 broke it, most of them in the warm-up.
    const [operation] = whole.operations;
    if (operation === undefined) throw new Error("no operation");
    const warm = { ...operation, claims: ["A"], warmUps: 100 };
    const both = {
      ...whole,
      operations: [warm],
      claims: [{ operation: 0, claim: "A", judged: 0, broken: 20 }],
    };
    expect(told("broken.rate < 11%", both)).toBe("10 % meets broken.rate < 11%");
  });

  it("about a rate that was reached is met, however hard it was for this machine", () => {
    expect(decided("rate.achieved >= 95%", { generator: limited })).toBe("met");
  });

  it.each([
    ["errors.rate < 1%", "unknown"],
    ["errors.rate == 0%", "unknown"],
    ["errors == 0", "unknown"],
    ["create.response.p99 < 1ms", "unknown"],
    ["429.rate < 20%", "met"],
    ["rate.achieved >= 95%", "met"],
  ])("%s is %s where requests were never sent for want of an access token", (text, verdict) => {
    const [operation] = whole.operations;
    if (operation === undefined) throw new Error("no operation");
    const unsent = { ...whole, operations: [{ ...operation, silences: { "no-token": 2 } }] };
    expect(decided(text, { on: unsent })).toBe(verdict);
    const worse = { ...operation, errors: 9, silences: { "no-token": 2 } };
    expect(decided("errors.rate < 1%", { on: { ...whole, operations: [worse] } })).toBe("breached");
  });

  it("about what is right decides all the same where this machine did not keep up", () => {
    expect(decided("errors.rate < 1%", { generator: limited })).toBe("breached");
  });

  it.each(["nowhere.response.p99 < 1s", "nowhere.errors.rate < 1%", "retry-after-absent == 0"])(
    "%s over nothing is unknown, never met",
    (text) => {
      expect(decided(text)).toBe("unknown");
    },
  );

  const readBack = (missing: number, compared: { users: number; groups: number; members: number }) => ({
    ...{ kind: "done" as const, findings: [], unsure: 0, requests: 3, durationMs: 9 },
    ...compared,
    counts: {
      ...{ lost: 0, doubled: 0, "half-made": 0, resurrected: 0, "wrong-state": 0 },
      ...{ "missing-members": missing, "extra-members": 0, "applied-after-refusal": 0 },
    },
  });

  it("about members is unknown where some groups show none, unless others lack somebody", () => {
    const partly = (missing: number): Reconciliation => ({
      ...readBack(missing, { users: 9, groups: 2, members: 4 }),
      membersUntold: "the server shows no members of Engineering",
    });
    expect(decided("missing-members == 0", { reconciled: partly(0) })).toBe("unknown");
    expect(decided("missing-members == 0", { reconciled: partly(2) })).toBe("breached");
  });

  it("about the state is unknown where nothing was acknowledged that it could be about", () => {
    const nothing = { reconciled: readBack(0, { users: 0, groups: 0, members: 0 }) };
    for (const text of ["lost == 0", "doubled == 0", "missing-members == 0", "extra-members == 0"])
      expect(decided(text, nothing), text).toBe("unknown");
    // What was refused and is not there was looked for all the same.
    expect(decided("applied-after-refusal == 0", nothing)).toBe("met");
    const people = { reconciled: readBack(0, { users: 3, groups: 0, members: 0 }) };
    expect(decided("lost == 0", people)).toBe("met");
    expect(decided("missing-members == 0", people)).toBe("unknown");
  });

  it("about the state is unknown until it was read back, and where it could not be", () => {
    expect(decided("lost == 0")).toBe("unknown");
    expect(decided("lost == 0", { reconciled: { kind: "unknown", why: "no list" } })).toBe("unknown");
  });
});

describe("a threshold that cannot be read", () => {
  it.each([
    ["create.response.p99", 0, "compares nothing"],
    ["creat.respons.p99 < 1s", 0, "no measure"],
    ["response.p101 < 1s", 0, "no measure"],
    ["response.p99 < 1", 15, "is not what response.p99 is measured in"],
    ["errors.rate < 2", 14, "is not what errors.rate is measured in"],
    ["lost == -1", 8, "is not what lost is measured in"],
    ["create.lost == 0", 0, "no measure"],
  ])("%s is refused at column %i", (text, offset, what) => {
    const parsed = parseThreshold(text);
    expect(parsed).toMatchObject({ ok: false, offset });
    if (!parsed.ok) expect(parsed.what).toContain(what);
  });
});
