import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../../src/conformance/outcome.ts";
import type { Level, OktaApp } from "../../../src/model/behaviour.ts";
import type { BehaviourReport } from "../../../src/model/report.ts";
import type { Verdict } from "../../../src/model/verdict.ts";

type Seen = "pass" | "fail" | "unknown" | "neutral" | "blocked" | "skip";

const VERDICTS: Readonly<Record<Seen, Verdict>> = {
  pass: { kind: "pass" },
  fail: { kind: "fail", findings: [] },
  unknown: { kind: "unknown", why: "no answer" },
  neutral: { kind: "unknown", why: "nothing to show", neutral: true },
  blocked: { kind: "skip", because: "blocked", why: "no id" },
  skip: { kind: "skip", because: "not-chosen", why: "switched off" },
};
const STRENGTH: readonly Seen[] = ["fail", "unknown", "pass", "neutral", "blocked", "skip"];

let number = 0;
/** A behaviour of one claim, as each kind of app saw it. */
function seen(level: Level, byApp: Partial<Record<OktaApp, Seen>>): BehaviourReport {
  number += 1;
  const id = `B-${number}`;
  const kinds = Object.values(byApp);
  const verdict = VERDICTS[STRENGTH.find((kind) => kinds.includes(kind)) ?? "skip"];
  const apps = Object.keys(byApp) as OktaApp[];
  const openFor = apps.filter((app) => byApp[app] === "unknown" || byApp[app] === "blocked");
  const kindsByApp = Object.fromEntries(apps.map((app) => [app, VERDICTS[byApp[app] ?? "skip"].kind]));
  const claim = { id: `${id}.claim`, level, text: "", verdict, byApp: kindsByApp, openFor };
  return {
    id,
    standard: "okta",
    harm: 13,
    statement: "",
    flow: "create",
    citations: [],
    consequence: "",
    remedy: "",
    goodAnswer: "",
    level,
    okta: "both",
    apps,
    verdict,
    byApp: kindsByApp,
    judged: true,
    claims: [claim],
    places: [],
    ...(verdict.kind === "fail" ? { brokenLevel: level } : {}),
  };
}
const both = (level: Level, kind: Seen) => seen(level, { aiw: kind, oin: kind });

interface Case {
  readonly behaviours: readonly BehaviourReport[];
  readonly strict?: boolean;
  readonly interrupted?: boolean;
  readonly stopped?: boolean;
  readonly apps?: readonly OktaApp[];
}

const outcome = ({
  behaviours,
  strict = false,
  interrupted = false,
  stopped = false,
  apps = ["aiw", "oin"],
}: Case) =>
  outcomeOf({
    behaviours,
    apps,
    strict,
    interrupted,
    ...(stopped ? { stopped: { cause: "refused", why: "nobody is there.", remedy: "" } } : {}),
  });

describe("the exit code of a run", () => {
  it.each<[string, number, Case]>([
    ["every must kept", 0, { behaviours: [both("must", "pass")] }],
    ["a must broken for both kinds", 1, { behaviours: [both("must", "pass"), both("must", "fail")] }],
    [
      "a must broken for one kind alone",
      0,
      { behaviours: [both("must", "pass"), seen("must", { oin: "fail" })] },
    ],
    [
      "each kind with a broken must of its own",
      1,
      { behaviours: [both("must", "pass"), seen("must", { oin: "fail" }), seen("must", { aiw: "fail" })] },
    ],
    ["a broken must of the only kind asked about", 1, { behaviours: [both("must", "fail")], apps: ["oin"] }],
    [
      "a broken must of the one kind that anything was asked about",
      1,
      { behaviours: [seen("must", { oin: "fail" }), both("must", "skip")] },
    ],
    ["a broken should", 0, { behaviours: [both("must", "pass"), both("should", "fail")] }],
    [
      "a broken should, strictly",
      1,
      { behaviours: [both("must", "pass"), both("should", "fail")], strict: true },
    ],
    [
      "broken advice, strictly",
      0,
      { behaviours: [both("must", "pass"), both("field", "fail")], strict: true },
    ],
    ["an unknown must", 3, { behaviours: [both("must", "pass"), both("must", "unknown")] }],
    ["a neutral unknown", 0, { behaviours: [both("must", "pass"), both("must", "neutral")] }],
    [
      "an unknown that is neutral for one kind and passes for the other",
      0,
      { behaviours: [both("must", "pass"), seen("must", { aiw: "neutral", oin: "pass" })] },
    ],
    ["an unknown should", 0, { behaviours: [both("must", "pass"), both("should", "unknown")] }],
    [
      "an unknown should, strictly",
      3,
      { behaviours: [both("must", "pass"), both("should", "unknown")], strict: true },
    ],
    ["a blocked must", 3, { behaviours: [both("must", "pass"), both("must", "blocked")] }],
    ["a must nobody chose", 0, { behaviours: [both("must", "pass"), both("must", "skip")] }],
    ["no must judged: all skipped", 3, { behaviours: [both("must", "skip")] }],
    ["no must judged: only advice", 3, { behaviours: [both("field", "pass"), both("should", "pass")] }],
    ["nothing judged at all", 3, { behaviours: [] }],
    ["a must broken beside one unknown", 1, { behaviours: [both("must", "fail"), both("must", "unknown")] }],
    [
      "one kind broken, the other not told",
      3,
      { behaviours: [seen("must", { oin: "fail" }), seen("must", { aiw: "unknown" }), both("must", "pass")] },
    ],
    ["stopped before anything was judged", 3, { behaviours: [], stopped: true }],
    ["interrupted, whatever is broken", 130, { behaviours: [both("must", "fail")], interrupted: true }],
    ["interrupted and stopped", 130, { behaviours: [], interrupted: true, stopped: true }],
  ])("with %s is %i", (_, exitCode, given) => {
    const { exitCode: found, why } = outcome(given);
    expect(found).toBe(exitCode);
    expect(why).toMatch(/\.$/);
    expect(why).not.toMatch(/\.\.$/);
  });
});

describe("the fitness of an endpoint", () => {
  it("is told for each kind of app, with the behaviours that decide", () => {
    const broken = seen("must", { oin: "fail" });
    const open = seen("must", { aiw: "blocked", oin: "pass" });
    expect(outcome({ behaviours: [both("must", "pass"), broken, open] }).fitness).toEqual([
      { app: "aiw", fit: "unknown", brokenMusts: [], unknownMusts: [open.id] },
      { app: "oin", fit: "no", brokenMusts: [broken.id], unknownMusts: [] },
    ]);
  });

  it("is not known where no must was judged", () => {
    expect(outcome({ behaviours: [seen("must", { oin: "pass" })] }).fitness.map(({ fit }) => fit)).toEqual([
      "unknown",
      "yes",
    ]);
  });
});

describe("the counts of a run", () => {
  it("add up to the number of behaviours and of claims", () => {
    const behaviours = STRENGTH.map((kind) => both("must", kind));
    const found = outcome({ behaviours });
    expect(found.behaviours).toEqual({ pass: 1, fail: 1, unknown: 2, skip: 2 });
    expect(found.claims).toEqual({ pass: 1, fail: 1, unknown: 2, skip: 2 });
    expect(found.broken).toEqual({ must: 1, should: 0, field: 0, may: 0 });
  });
});
