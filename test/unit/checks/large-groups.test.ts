import { describe, expect, it } from "vitest";
import { groupGrown } from "../../../src/checks/named/group-grown.ts";
import { membersAfterPush } from "../../../src/checks/named/members-after-push.ts";
import { membersExactly } from "../../../src/checks/named/members-exactly.ts";
import { pushRefusal } from "../../../src/checks/named/push-refusal.ts";
import { pushesAccepted } from "../../../src/checks/named/pushes-accepted.ts";
import { pushesInTime } from "../../../src/checks/named/pushes-in-time.ts";
import { refusedPushTraceless } from "../../../src/checks/named/refused-push-traceless.ts";
import { togetherOnce } from "../../../src/checks/named/together-once.ts";
import { wholeOrNoMembers } from "../../../src/checks/named/whole-or-no-members.ts";
import type { Evidence, StepEvidence } from "../../../src/model/evidence.ts";
import type { SilenceReason } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const idsOf = (size: number) => Array.from({ length: size }, (_, index) => `u${index + 1}`);
const membersOf = (ids: readonly string[]): Json => ids.map((value) => ({ value }));
const groupOf = (ids: readonly string[]): Json => ({ id: "g", members: membersOf(ids) });
const errorOf = (detail: string): Json => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  detail,
  status: "413",
});

/** The step of a push: each request as its status and how many people it added. */
function pushOf(
  requests: readonly { readonly status: number; readonly size: number; readonly body?: Json }[],
  slowestMs = 5,
): StepEvidence {
  const taken = requests.filter(({ status }) => status < 300).reduce((sum, { size }) => sum + size, 0);
  return {
    step: "push",
    exchanges: requests.map(({ status, body }) => exchangeOf(status, body)),
    facts: {
      statuses: requests.map(({ status }) => status),
      slowestMs,
      largestBatch: Math.max(0, ...requests.map(({ size }) => size)),
      acceptedMembers: idsOf(taken),
    },
  };
}

const during = (step: StepEvidence): Evidence => ({ ...step, earlier: new Map(), values: new Map() });
const after = (step: StepEvidence, status: number, body?: Json): Evidence => ({
  ...evidenceOf(status, body),
  earlier: new Map([[step.step, step]]),
});

const twoHundred = pushOf([
  { status: 204, size: 100 },
  { status: 200, size: 100 },
]);
const atLimit = pushOf([
  { status: 204, size: 100 },
  { status: 413, size: 100, body: errorOf("At most 150 members.") },
]);

describe("members-exactly", () => {
  const judged = (body: Json, given: Readonly<Record<string, Json>>, status = 200) =>
    membersExactly.judge(evidenceOf(status, body), given);

  it("holds for the same members in any order, whatever else they carry", () => {
    const members = [{ value: "b", display: "x", $ref: "https://x/b", type: "User" }, { value: "a" }];
    expect(judged({ members }, { members: ["a", { value: "b", display: "other" }] }).kind).toBe("holds");
  });

  it("holds for an empty, a null and an absent membership where nobody is expected", () => {
    for (const body of [{ members: [] }, { members: null }, {}]) {
      expect(judged(body, { members: [] }).kind).toBe("holds");
    }
  });

  it("names the first that is no object with a value, and an array as one", () => {
    const nested = [{ value: "a" }, [{ value: "b" }]];
    expect(judged({ members: nested }, { members: ["a", "b"] })).toEqual({
      kind: "broken",
      differences: [
        {
          where: "body members[1]",
          expected: "an object with a value",
          actual: 'an array: [{"value":"b"}]',
        },
      ],
    });
  });

  it("adds plus and takes minus away", () => {
    const given = { members: ["a", "b"], plus: ["c"], minus: ["a"] };
    expect(judged(groupOf(["b", "c"]), given).kind).toBe("holds");
    expect(judged(groupOf(["a", "b", "c"]), given).kind).toBe("broken");
  });

  it("names lost, unexpected and doubled members by their ids", () => {
    const judgement = judged(groupOf(["a", "a", "z"]), { members: ["a", "b"] });
    const actual = judgement.kind === "broken" ? judgement.differences.map((found) => found.actual) : [];
    expect(actual).toEqual(["1 missing: b", "1 unexpected: z", "1 more than once: a"]);
  });

  it("breaks for a membership that was left out, and tells nothing of it when it may be", () => {
    expect(judged({}, { members: ["a"] }).kind).toBe("broken");
    expect(judged({}, { members: ["a"], mayOmit: true }).kind).toBe("unknown");
    expect(judged({ members: [] }, { members: ["a"], mayOmit: true }).kind).toBe("broken");
  });

  it("breaks for members that are no array of objects with a value", () => {
    expect(judged({ members: "a" }, { members: ["a"] }).kind).toBe("broken");
    expect(judged({ members: [{ display: "a" }] }, { members: ["a"] }).kind).toBe("broken");
  });

  it("cannot tell when the group is not shown", () => {
    expect(judged({}, { members: [] }, 404).kind).toBe("unknown");
  });
});

describe("pushes-accepted", () => {
  const judged = (step: StepEvidence, size = 100) => pushesAccepted.judge(during(step), { size });

  it("holds for 200 and 204", () => {
    expect(judged(twoHundred).kind).toBe("holds");
  });

  it("breaks for the first other answer, and for none", () => {
    expect(judged(pushOf([{ status: 500, size: 100 }])).kind).toBe("broken");
    expect(judged(pushOf([{ status: 413, size: 100, body: errorOf("too large: 100") }])).kind).toBe("broken");
    expect(judged(pushOf([{ status: 0, size: 100 }])).kind).toBe("broken");
  });

  it("says nothing, and weighs nothing, where the group was smaller than the request in question", () => {
    expect(judged(twoHundred, 256)).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("does not blame the request for a limit of the group", () => {
    expect(judged(atLimit)).toMatchObject({ kind: "unknown", neutral: true });
    const vague = pushOf([
      { status: 204, size: 100 },
      { status: 400, size: 100, body: errorOf("no") },
    ]);
    expect(judged(vague).kind).toBe("broken");
  });

  it("cannot tell when nothing was pushed", () => {
    expect(judged(pushOf([])).kind).toBe("unknown");
  });
});

describe("pushes-in-time", () => {
  const silent = (reason: SilenceReason): Evidence => ({
    ...during(pushOf([{ status: 0, size: 100 }])),
    exchanges: [{ ...exchangeOf(200), outcome: { kind: "silence", reason, detail: "nothing" } }],
  });

  it("holds up to 60 seconds and breaks beyond", () => {
    const took = (ms: number) =>
      pushesInTime.judge(during(pushOf([{ status: 204, size: 100 }], ms)), { size: 100 }).kind;
    expect([took(60_000), took(60_001)]).toEqual(["holds", "broken"]);
  });

  it("breaks for a time-out, and cannot tell from another silence or a smaller push", () => {
    expect(pushesInTime.judge(silent("timed-out"), {}).kind).toBe("broken");
    expect(pushesInTime.judge(silent("reset"), {}).kind).toBe("unknown");
    expect(pushesInTime.judge(during(twoHundred), { size: 1000 })).toMatchObject({ neutral: true });
  });
});

describe("members-after-push", () => {
  const judged = (
    step: StepEvidence,
    shown: readonly string[],
    size = 100,
    given: Readonly<Record<string, Json>> = { members: membersOf(idsOf(200)) },
  ) => membersAfterPush.judge(after(step, 200, groupOf(shown)), { push: "push", size, ...given });

  it("holds when everybody is there, and breaks when somebody is not", () => {
    expect(judged(twoHundred, idsOf(200)).kind).toBe("holds");
    expect(judged(twoHundred, idsOf(199)).kind).toBe("broken");
  });

  it("tells nothing of a size that was not pushed", () => {
    expect(judged(twoHundred, idsOf(199), 256)).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("asks only for the accepted members where a limit ended the push", () => {
    expect(judged(atLimit, idsOf(100))).toMatchObject({ kind: "unknown", neutral: true });
    expect(judged(atLimit, idsOf(99)).kind).toBe("broken");
    expect(judged(atLimit, idsOf(150)).kind).toBe("broken");
  });

  it("does not call members unexpected whose add failed and was done all the same, where all are named", () => {
    const failed = pushOf([{ status: 500, size: 256 }]);
    const union = (step: StepEvidence, members: readonly string[], shown: readonly string[]) =>
      judged(step, shown, 100, { members: membersOf(members), asked: membersOf(idsOf(256)) });
    expect(union(failed, [], idsOf(256))).toMatchObject({
      kind: "unknown",
      why: "256 members of requests that failed are there all the same",
      neutral: true,
    });
    expect(union(failed, [], []).kind).toBe("holds");
    expect(union(failed, [], [...idsOf(256), "stranger"]).kind).toBe("broken");
    expect(union(twoHundred, idsOf(200), idsOf(200)).kind).toBe("holds");
    expect(union(twoHundred, idsOf(200), [...idsOf(199), "u250"]).kind).toBe("broken");
  });

  it("tells nothing of a group that was never seen to be filled", () => {
    const emptied = (filled: Json) =>
      membersAfterPush.judge(
        {
          ...evidenceOf(200, groupOf([])),
          earlier: new Map([
            ["push", twoHundred],
            ["read", { step: "read", exchanges: [exchangeOf(200, filled)], facts: {} }],
          ]),
        },
        { push: "push", size: 100, members: [], filled: "read" },
      );
    expect(emptied(groupOf(idsOf(200))).kind).toBe("holds");
    expect(emptied(groupOf([]))).toMatchObject({ kind: "unknown", neutral: true });
    expect(emptied({ id: "g" })).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("cannot tell when the push was blocked", () => {
    expect(membersAfterPush.judge(evidenceOf(200, groupOf([])), { push: "push" }).kind).toBe("unknown");
  });
});

describe("group-grown", () => {
  const before = membersOf(idsOf(120));
  const judged = (addStatus: number, shown: readonly string[], start: Json = before) =>
    groupGrown.judge(
      after({ step: "add", exchanges: [exchangeOf(addStatus)], facts: {} }, 200, groupOf(shown)),
      { add: "add", before: start, newcomer: ["new"] },
    );

  it("holds when the newcomer is there and nobody is gone", () => {
    expect(judged(204, [...idsOf(120), "new"]).kind).toBe("holds");
  });

  it("breaks when the group was cut, or the newcomer is missing", () => {
    expect(judged(200, [...idsOf(99), "new"]).kind).toBe("broken");
    expect(judged(200, idsOf(120)).kind).toBe("broken");
  });

  it("does not blame a server whose limit is reached, as long as it keeps the others", () => {
    expect(judged(413, idsOf(120))).toMatchObject({ kind: "unknown", neutral: true });
    expect(judged(413, idsOf(99)).kind).toBe("broken");
  });

  it("blames the answer, and not the members, where a refused add was done all the same", () => {
    for (const status of [413, 500]) {
      expect(judged(status, [...idsOf(120), "new"])).toMatchObject({
        kind: "broken",
        differences: [{ where: "status of the add" }],
      });
    }
    const cut = judged(500, [...idsOf(99), "new"]);
    expect(cut.kind === "broken" && cut.differences[0]).toMatchObject({ where: "body members" });
  });

  it("breaks for an add that failed, and says nothing of a small group", () => {
    expect(judged(500, idsOf(120)).kind).toBe("broken");
    expect(judged(204, ["u1", "new"], membersOf(["u1"]))).toMatchObject({ kind: "unknown", neutral: true });
  });
});

describe("whole-or-no-members", () => {
  const judged = (body: Json, status = 200) =>
    wholeOrNoMembers.judge(evidenceOf(status, body), { members: ["a", "b"], group: "g" }).kind;

  it("holds for all members and for none", () => {
    for (const members of [membersOf(["b", "a"]), [], null])
      expect(judged({ id: "g", members })).toBe("holds");
    expect(judged({ id: "g" })).toBe("holds");
  });

  it("finds the group by its id in a list that ignored the filter", () => {
    const Resources = [
      { id: "other", members: membersOf(["a"]) },
      { id: "g", members: membersOf(["a", "b"]) },
    ];
    expect(judged({ Resources })).toBe("holds");
  });

  it("breaks for a part, and for a list without the group", () => {
    expect(judged(groupOf(["a"]))).toBe("broken");
    expect(judged({ Resources: [] })).toBe("broken");
  });

  it("cannot tell from another status", () => {
    expect(judged({}, 500)).toBe("unknown");
  });
});

describe("push-refusal", () => {
  const refused = (status: number, body?: Json) =>
    during(
      pushOf([
        { status: 200, size: 100 },
        body === undefined ? { status, size: 1 } : { status, size: 1, body },
      ]),
    );

  it("holds for 400 and 413 with a SCIM error", () => {
    expect(pushRefusal.judge(refused(413, errorOf("no")), {}).kind).toBe("holds");
    expect(pushRefusal.judge(refused(400, errorOf("no")), {}).kind).toBe("holds");
  });

  it("breaks for another status and for another body", () => {
    expect(pushRefusal.judge(refused(500, errorOf("no")), {}).kind).toBe("broken");
    expect(pushRefusal.judge(refused(413, "<html>"), {}).kind).toBe("broken");
    expect(pushRefusal.judge(refused(413), {}).kind).toBe("broken");
  });

  it("takes no refusal for a limit where one member is refused as well", () => {
    const one = (status: number) => ({
      ...refused(500, errorOf("conflict")),
      earlier: new Map([["one", { step: "one", exchanges: [exchangeOf(status)], facts: {} }]]),
    });
    expect(pushRefusal.judge(one(500), { one: "one" })).toMatchObject({ kind: "unknown", neutral: true });
    expect(pushRefusal.judge(one(204), { one: "one" }).kind).toBe("broken");
  });

  it("with naming asks for a number in the detail", () => {
    expect(pushRefusal.judge(refused(413, errorOf("at most 100")), { naming: true }).kind).toBe("holds");
    expect(pushRefusal.judge(refused(413, errorOf("too many")), { naming: true }).kind).toBe("broken");
  });

  it("shows nothing where no push was refused", () => {
    expect(pushRefusal.judge(during(twoHundred), {})).toMatchObject({ kind: "unknown", neutral: true });
  });
});

describe("refused-push-traceless", () => {
  const judged = (step: StepEvidence, shown: readonly string[], pastLimit = false) =>
    refusedPushTraceless.judge(after(step, 200, groupOf(shown)), { push: "push", pastLimit });

  it("holds when the group has exactly what was accepted", () => {
    expect(judged(atLimit, idsOf(100)).kind).toBe("holds");
  });

  it("breaks when a part of the refused request was stored", () => {
    expect(judged(atLimit, idsOf(150)).kind).toBe("broken");
  });

  it("breaks for a silent cut past a limit", () => {
    expect(judged(twoHundred, idsOf(150), true).kind).toBe("broken");
    expect(judged(twoHundred, idsOf(200), true)).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("shows nothing where nothing was refused, and cannot tell after a silence", () => {
    expect(judged(twoHundred, idsOf(150))).toMatchObject({ kind: "unknown", neutral: true });
    expect(judged(pushOf([{ status: 0, size: 100 }]), []).kind).toBe("unknown");
  });
});

describe("together-once", () => {
  const planned = (refused: number | null = null): StepEvidence => ({
    step: "plan",
    exchanges: [],
    facts: {
      groups: [
        { id: "g1", planned: 2, refused: null },
        { id: "g2", planned: 1, refused },
      ],
    },
  });
  const judged = (groups: Json, plan = planned()) =>
    togetherOnce.judge(
      { ...during({ step: "read", exchanges: [], facts: { groups } }), earlier: new Map([["plan", plan]]) },
      { plan: "plan", members: membersOf(["a", "b", "c"]) },
    ).kind;
  const read = (one: Json, two: Json): Json => [
    { id: "g1", status: 200, members: one },
    { id: "g2", status: 200, members: two },
  ];

  it("holds when every group has its share and everybody is in one", () => {
    expect(judged(read(["b", "a"], ["c"]))).toBe("holds");
  });

  it("breaks when somebody is missing, in two groups, or in the wrong one", () => {
    expect(judged(read(["a", "b"], []))).toBe("broken");
    expect(judged(read(["a", "b"], ["b"]))).toBe("broken");
    expect(judged(read(["a"], ["b", "c"]))).toBe("broken");
  });

  it("breaks when a request of the plan was refused", () => {
    expect(judged(read(["a", "b"], ["c"]), planned(413))).toBe("broken");
  });

  it("cannot tell from reads that show no members, or that are missing", () => {
    expect(judged(read(["a", "b"], null))).toBe("unknown");
    expect(judged([])).toBe("unknown");
  });
});
