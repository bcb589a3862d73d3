import { describe, expect, it } from "vitest";
import { diagnosesOf } from "../../../src/conformance/diagnoses.ts";
import { markDocumented } from "../../../src/conformance/documented.ts";
import type { BehaviourReport } from "../../../src/model/report.ts";
import type { Trouble } from "../../../src/model/target.ts";
import type { Verdict } from "../../../src/model/verdict.ts";

const failing = (where: string): Verdict => ({
  kind: "fail",
  findings: [{ claim: "OKTA-CREATE-05.names-unchanged", where, expected: "a name", actual: "absent" }],
});

const behaviour = (id: string, standard: "okta" | "target", verdict: Verdict): BehaviourReport => ({
  id,
  standard,
  harm: 1,
  statement: "",
  flow: "create",
  citations: [],
  consequence: "",
  remedy: "",
  goodAnswer: "",
  level: "must",
  okta: "both",
  apps: ["aiw"],
  verdict,
  byApp: { aiw: verdict.kind },
  judged: true,
  claims: [{ id: `${id}.names-unchanged`, level: "must", text: "", verdict, byApp: { aiw: verdict.kind } }],
  places: [{ scenario: "okta/users/create", step: "create", claim: `${id}.names-unchanged`, verdict }],
});

const deviation = {
  claim: "OKTA-CREATE-05.names-unchanged",
  at: "body name",
  fact: "TFE-62",
  text: "TFE-62: names are thrown away",
};
const marksOf = (behaviours: readonly BehaviourReport[]) =>
  behaviours.map(({ verdict }) =>
    verdict.kind === "fail" ? (verdict.documented ?? "blamed") : verdict.kind,
  );

describe("a failure that the product documents", () => {
  it("stays a failure and is marked", () => {
    const marked = markDocumented(
      [behaviour("OKTA-CREATE-05", "okta", failing("body name.givenName"))],
      [deviation],
    );
    expect(marksOf(marked)).toEqual(["TFE-62: names are thrown away"]);
  });

  it("is blamed where something else than documented is amiss", () => {
    const marked = markDocumented([behaviour("OKTA-CREATE-05", "okta", failing("status"))], [deviation]);
    expect(marksOf(marked)).toEqual(["blamed"]);
  });

  it("is blamed where this very run saw that the fact does not hold", () => {
    const fact = behaviour("TFE-62", "target", failing("body name.givenName"));
    const marked = markDocumented(
      [behaviour("OKTA-CREATE-05", "okta", failing("body name.givenName")), fact],
      [deviation],
    );
    expect(marksOf(marked)).toEqual(["blamed", "blamed"]);
  });
});

describe("what cannot be told for a documented reason", () => {
  const open: Verdict = { kind: "unknown", why: "the PUT was refused" };
  const claim = "OKTA-CREATE-05.names-unchanged";
  const openFor = (id: string): BehaviourReport => {
    const whole = behaviour(id, "okta", open);
    return { ...whole, claims: whole.claims.map((one) => ({ ...one, openFor: ["aiw"] })) };
  };

  it("stays open, says why, and weighs nothing", () => {
    const [marked] = markDocumented(
      [openFor("OKTA-CREATE-05")],
      [{ claim, fact: "X-1", text: "X-1: no PUT" }],
    );
    const why = "the PUT was refused, as is documented: X-1: no PUT";
    expect(marked?.claims[0]).toMatchObject({ verdict: { kind: "unknown", why, neutral: true } });
    expect(marked?.claims[0]).not.toHaveProperty("openFor");
    expect(marked?.verdict).toMatchObject({ kind: "unknown", neutral: true });
  });

  it("keeps its weight where another claim is named", () => {
    const [marked] = markDocumented(
      [openFor("OKTA-CREATE-06")],
      [{ claim, fact: "X-1", text: "X-1: no PUT" }],
    );
    expect(marked?.verdict).toEqual(open);
    expect(marked?.claims[0]?.openFor).toEqual(["aiw"]);
  });
});

describe("a documented trouble", () => {
  const trouble = (when: Trouble["when"]): Trouble => ({
    symptom: "Something is wrong.",
    cause: "This.",
    remedy: "That.",
    citation: { document: "Page", standard: "target", section: "", url: "https://example.com" },
    when,
  });
  const report = {
    behaviours: [behaviour("OKTA-CREATE-05", "okta", failing("status"))],
    scenarios: [],
    leftovers: [],
  };

  it("is told when the run stopped for it", () => {
    const stopped = { cause: "unauthorised", why: "answered 401", remedy: "" };
    expect(diagnosesOf({ ...report, stopped }, [trouble({ stopped: "unauthorised" })])).toMatchObject([
      { symptom: "Something is wrong.", seen: "answered 401" },
    ]);
    expect(diagnosesOf(report, [trouble({ stopped: "unauthorised" })])).toEqual([]);
  });

  it("is told for what is broken, and not for what is broken as documented", () => {
    expect(diagnosesOf(report, [trouble({ behaviour: "OKTA-CREATE-*" })])).toHaveLength(1);
    const documented = markDocumented(report.behaviours, [{ ...deviation, at: "status" }]);
    expect(
      diagnosesOf({ ...report, behaviours: documented }, [trouble({ behaviour: "OKTA-CREATE-*" })]),
    ).toEqual([]);
  });
});
