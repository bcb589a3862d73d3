import { describe, expect, it } from "vitest";
import { compareReports } from "../../../src/conformance/compare.ts";
import { applyKnown, unknownNames } from "../../../src/conformance/known.ts";
import { outcomeOf } from "../../../src/conformance/outcome.ts";
import type { Behaviour, OktaApp } from "../../../src/model/behaviour.ts";
import type { KnownDeviation } from "../../../src/model/known-deviation.ts";
import type { BehaviourReport, RunReport } from "../../../src/model/report.ts";
import type { Verdict } from "../../../src/model/verdict.ts";

type Kind = Verdict["kind"];
type Seen = Readonly<Partial<Record<OktaApp, Kind>>>;

const VERDICTS: Readonly<Record<Kind, Verdict>> = {
  pass: { kind: "pass" },
  fail: { kind: "fail", findings: [] },
  unknown: { kind: "unknown", why: "no answer" },
  skip: { kind: "skip", because: "not-chosen", why: "not chosen" },
};
const STRENGTH: readonly Kind[] = ["fail", "unknown", "pass", "skip"];
const strongest = (kinds: readonly Kind[]) => STRENGTH.find((kind) => kinds.includes(kind)) ?? "skip";

/** A behaviour whose claims `a`, `b`, … were seen like this under each kind of app. */
function behaviour(id: string, ...claims: readonly Seen[]): BehaviourReport {
  const apps = Object.keys(claims[0] ?? {}) as OktaApp[];
  const under = (app: OktaApp) => strongest(claims.map((seen) => seen[app] ?? "skip"));
  return {
    id,
    standard: "okta",
    harm: 1,
    statement: `what ${id} asks`,
    flow: "create",
    citations: [],
    consequence: "",
    remedy: "",
    goodAnswer: "",
    level: "must",
    okta: "both",
    apps,
    verdict: VERDICTS[strongest(apps.map(under))],
    byApp: Object.fromEntries(apps.map((app) => [app, under(app)])),
    judged: true,
    claims: claims.map((seen, index) => ({
      id: `${id}.${"abc"[index]}`,
      level: "must",
      text: "",
      verdict: VERDICTS[strongest(Object.values(seen))],
      byApp: seen,
      openFor: apps.filter((app) => seen[app] === "unknown"),
    })),
    places: [],
  };
}

const both = (kind: Kind): Seen => ({ aiw: kind, oin: kind });
const KEPT = behaviour("OTHER", both("pass"));

const deviation = (more: Partial<KnownDeviation> = {}): KnownDeviation => ({
  behaviour: "B-1",
  why: "the vendor mends it in March",
  place: { file: "deviations.yaml", line: 3, column: 5 },
  ...more,
});

/** What becomes of the list, and of the exit code, on one day. */
function gate(
  behaviours: readonly BehaviourReport[],
  known: readonly KnownDeviation[],
  {
    catalogue = behaviours,
    stopped = false,
    interrupted = false,
    apps = ["aiw", "oin"] as readonly OktaApp[],
  } = {},
) {
  const applied = applyKnown(behaviours, known, catalogue as unknown as readonly Behaviour[], "2026-06-15");
  const outcome = outcomeOf({
    behaviours: applied.behaviours,
    apps,
    strict: false,
    interrupted,
    known: applied.known,
    ...(stopped ? { stopped: { cause: "refused", why: "nobody is there", remedy: "" } } : {}),
  });
  return { states: applied.known.map(({ state }) => state), ...outcome, behaviours: applied.behaviours };
}

describe("a known deviation", () => {
  it.each<[string, BehaviourReport, Partial<KnownDeviation>, string, number]>([
    ["that is broken does not count", behaviour("B-1", both("fail")), {}, "deviates", 0],
    ["that is kept again comes off the list", behaviour("B-1", both("pass")), {}, "mended", 1],
    [
      "that could not be told is left alone, and so is the run",
      behaviour("B-1", both("unknown")),
      {},
      "not-judged",
      3,
    ],
    ["that was not asked is left alone", behaviour("B-1", both("skip")), {}, "not-judged", 0],
    ["on its last day still holds", behaviour("B-1", both("fail")), { until: "2026-06-15" }, "deviates", 0],
    [
      "whose day has passed counts again",
      behaviour("B-1", both("fail")),
      { until: "2026-06-14" },
      "expired",
      1,
    ],
    [
      "whose day has passed unseen has to be looked at",
      behaviour("B-1", both("skip")),
      { until: "2026-06-14" },
      "expired",
      1,
    ],
    [
      "of one claim does not excuse another",
      behaviour("B-1", both("fail"), both("fail")),
      { claim: "B-1.a" },
      "deviates",
      1,
    ],
    [
      "of one claim covers it",
      behaviour("B-1", both("fail"), both("pass")),
      { claim: "B-1.a" },
      "deviates",
      0,
    ],
    [
      "of one claim is told by that claim",
      behaviour("B-1", both("pass"), both("fail")),
      { claim: "B-1.a" },
      "mended",
      1,
    ],
    [
      "of one kind of app does not excuse the other",
      behaviour("B-1", both("fail")),
      { oktaApp: "oin" },
      "deviates",
      0,
    ],
    [
      "of one kind of app is told by that kind",
      behaviour("B-1", { aiw: "fail", oin: "pass" }),
      { oktaApp: "oin" },
      "mended",
      1,
    ],
    [
      "with a pattern covers what it matches",
      behaviour("B-1", both("fail")),
      { behaviour: "B-*" },
      "deviates",
      0,
    ],
  ])("%s", (_, seen, more, state, exitCode) => {
    const result = gate([KEPT, seen], [deviation(more)]);
    expect(result.states).toEqual([state]);
    expect(result.exitCode).toBe(exitCode);
  });

  it("leaves the verdict and the fitness what they are", () => {
    const { behaviours, fitness, why } = gate([KEPT, behaviour("B-1", both("fail"))], [deviation()]);
    expect(behaviours[1]).toMatchObject({
      verdict: { kind: "fail" },
      known: [{ why: "the vendor mends it in March" }],
      claims: [{ knownFor: ["aiw", "oin"] }],
    });
    expect(fitness).toMatchObject([
      { fit: "no", brokenMusts: ["B-1"], knownMusts: ["B-1"] },
      { fit: "no", brokenMusts: ["B-1"], knownMusts: ["B-1"] },
    ]);
    expect(why).toBe("Every must that was judged is kept, but for 1 known deviation.");
  });

  it("does not hide a must that is not on the list", () => {
    const seen = [behaviour("B-1", both("fail")), behaviour("B-2", both("fail"))];
    expect(gate(seen, [deviation()]).exitCode).toBe(1);
  });

  it("is not called mended by a run that leaves a part of it out", () => {
    const kept = behaviour("B-1", both("pass"));
    expect(
      gate([KEPT, kept], [deviation({ behaviour: "B-*" })], { catalogue: [KEPT, kept, behaviour("B-2", {})] })
        .states,
    ).toEqual(["not-judged"]);
    const oneApp = behaviour("B-1", { oin: "pass" });
    expect(gate([oneApp], [deviation()], { apps: ["oin"] }).states).toEqual(["not-judged"]);
    expect(gate([behaviour("B-1", both("pass"), both("skip"))], [deviation()]).states).toEqual([
      "not-judged",
    ]);
  });

  it("gives way to what weighs more for the exit code, and not to what weighs less", () => {
    const stale = [behaviour("B-1", both("pass")), behaviour("B-2", both("unknown"))];
    expect(gate(stale, [deviation()])).toMatchObject({ exitCode: 1, listIsStale: true });
    expect(gate(stale, [deviation()]).why).toBe(
      "B-1 (deviations.yaml:3:5) is listed as a known deviation and is kept now: take it off the list.",
    );
    expect(gate(stale, [deviation()], { interrupted: true }).exitCode).toBe(130);
    expect(gate([], [deviation()], { stopped: true }).exitCode).toBe(3);
  });

  it("has to name what exists", () => {
    const catalogue = [KEPT, behaviour("B-1", both("pass"))] as unknown as readonly Behaviour[];
    const place = deviation().place;
    expect(
      unknownNames(
        [deviation({ behaviour: "B-9*" }), deviation({ claim: "B-1.z" }), deviation({ behaviour: "b-*" })],
        catalogue,
      ),
    ).toEqual([
      { place, what: 'No behaviour has the id "B-9*".', next: expect.any(String) },
      { place, what: '"B-1.z" is no claim of B-1.', next: "Expected one of B-1.a." },
    ]);
  });
});

describe("a comparison with an earlier run", () => {
  const report = (behaviours: readonly BehaviourReport[]) =>
    ({
      run: { id: "abc123", startedAt: "2026-01-01T00:00:00.000Z" },
      target: { url: "https://a.example" },
      behaviours,
    }) as unknown as RunReport;

  it("tells what is broken, mended, new, gone and no longer told, for each kind of app", () => {
    const before = report([
      behaviour("SAME", both("fail")),
      behaviour("BROKEN", both("pass")),
      behaviour("HALF", { aiw: "fail", oin: "unknown" }),
      behaviour("MENDED", both("fail")),
      behaviour("LOST", both("pass")),
      behaviour("GONE", both("pass")),
      behaviour("LEFT-OUT", both("fail")),
      behaviour("NEW", both("skip")),
    ]);
    const now = report([
      behaviour("SAME", both("fail")),
      behaviour("BROKEN", both("fail")),
      behaviour("HALF", both("fail")),
      behaviour("MENDED", both("pass")),
      behaviour("LOST", both("unknown")),
      behaviour("LEFT-OUT", both("skip")),
      behaviour("NEW", both("fail")),
    ]);
    const { since, ...kinds } = compareReports(before, now);
    expect(since).toEqual({ run: "abc123", startedAt: "2026-01-01T00:00:00.000Z", url: "https://a.example" });
    const told = Object.entries(kinds).map(([kind, changes]) => [
      kind,
      changes.map(({ id, apps, before: was, now: is }) => `${id} ${apps.join("+")} ${was}-${is}`),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      broken: ["BROKEN aiw+oin pass-fail", "HALF oin unknown-fail"],
      mended: ["MENDED aiw+oin fail-pass"],
      unsettled: ["LOST aiw+oin pass-unknown"],
      new: ["NEW aiw+oin skip-fail"],
      gone: ["GONE aiw+oin pass-skip", "LEFT-OUT aiw+oin fail-skip"],
    });
  });

  it("of a run with itself finds nothing", () => {
    const same = report([behaviour("A", both("pass")), behaviour("B", both("fail"))]);
    const { since: _since, ...kinds } = compareReports(same, same);
    expect(Object.values(kinds).flat()).toEqual([]);
  });
});
