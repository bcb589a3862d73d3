import { describe, expect, it } from "vitest";
import { differencesOf } from "../../../src/checks/named/members-exactly.ts";
import { causesOf } from "../../../src/conformance/causes.ts";
import type { Level } from "../../../src/model/behaviour.ts";
import type { Difference } from "../../../src/model/evidence.ts";
import type { Exchange, Outcome } from "../../../src/model/exchange.ts";
import type { PlayResult } from "../../../src/model/play.ts";
import type { BehaviourReport } from "../../../src/model/report.ts";

const FAIL = { kind: "fail", findings: [] } as const;
const refused = (status: number): Outcome => ({ kind: "answer", status, headers: [], body: "" });

function broken(id: string, step: string, harm = 13, brokenLevel: Level = "must"): BehaviourReport {
  const place = { scenario: "a/scenario", step, claim: `${id}.claim`, verdict: FAIL };
  return { id, harm, brokenLevel, verdict: FAIL, places: [place] } as unknown as BehaviourReport;
}

function brokenBy(id: string, step: string, ...differences: readonly Difference[]): BehaviourReport {
  const verdict = { kind: "fail", findings: differences.map((difference) => ({ claim: id, ...difference })) };
  const place = { scenario: "a/scenario", step, claim: id, verdict };
  return { ...broken(id, step), verdict, places: [place] } as unknown as BehaviourReport;
}

function played(steps: Readonly<Record<string, readonly [method: string, path: string, outcome: Outcome]>>) {
  const exchange = (method: string, path: string, outcome: Outcome): Exchange => ({
    request: { method, path, headers: [] },
    url: path,
    outcome,
    timing: { startedAt: 0 },
  });
  const result = {
    scenario: "a/scenario",
    steps: Object.entries(steps).map(([step, [method, path, outcome]]) => ({
      step,
      exchanges: [exchange(method, path, outcome)],
    })),
  };
  return [result as unknown as PlayResult];
}

describe("the causes behind failures", () => {
  it("make one of everything that the same refusal breaks, whatever id it was about", () => {
    const plays = played({
      one: ["PATCH", "/Groups/17", refused(501)],
      two: ["PATCH", "/Groups/99", refused(501)],
      three: ["PATCH", "/Users/17", refused(501)],
    });
    const causes = causesOf([broken("A", "one"), broken("B", "two"), broken("C", "three")], plays);
    expect(causes.map(({ refusal, behaviours }) => [refusal?.request, refusal?.answer, behaviours])).toEqual([
      ["PATCH /Groups/{id}", "501", ["A", "B"]],
      ["PATCH /Users/{id}", "501", ["C"]],
    ]);
  });

  it("tell the search by POST from a write of one resource", () => {
    const causes = causesOf([broken("A", "one")], played({ one: ["POST", "/Users/.search", refused(400)] }));
    expect(causes[0]?.refusal?.request).toBe("POST /Users/.search");
  });

  it("keep apart what the server refuses for different reasons, in the RFC's words", () => {
    const because = (scimType: string): Outcome => ({
      kind: "answer",
      status: 400,
      headers: [],
      body: JSON.stringify({ scimType }),
    });
    const plays = played({
      one: ["POST", "/Users", because("invalidValue")],
      two: ["POST", "/Users", because("mutability")],
      three: ["POST", "/Users", because("invalidValue")],
      four: ["POST", "/Users", because("Ada is not welcome")],
      five: ["POST", "/Users", refused(400)],
    });
    const steps = ["one", "two", "three", "four", "five"];
    const causes = causesOf(
      steps.map((step) => broken(step, step)),
      plays,
    );
    expect(causes.map(({ refusal, behaviours }) => [refusal?.answer, behaviours])).toEqual([
      ["400 invalidValue", ["one", "three"]],
      ["400", ["four", "five"]],
      ["400 mutability", ["two"]],
    ]);
  });

  it("keep apart what was accepted and answered wrongly", () => {
    const plays = played({
      one: ["GET", "/Users/17", refused(200)],
      two: ["GET", "/Users/17", refused(200)],
    });
    const causes = causesOf([broken("A", "one"), broken("B", "two")], plays);
    expect(causes.map(({ behaviours }) => behaviours)).toEqual([["A"], ["B"]]);
  });

  it("come most harmful to Okta first, and every must before any should", () => {
    const plays = played({});
    const behaviours = [broken("SHOULD", "x", 0, "should"), broken("MILD", "x", 12), broken("WORST", "x", 1)];
    expect(causesOf(behaviours, plays).map((cause) => cause.behaviours[0])).toEqual([
      "WORST",
      "MILD",
      "SHOULD",
    ]);
  });

  it("begin with a refusal of what everything else needs, which says so itself", () => {
    const plays = played({
      create: ["POST", "/Users", refused(400)],
      error: ["GET", "/Users/17", refused(404)],
      read: ["GET", "/Users/18", refused(200)],
    });
    const creates = { ...broken("CREATE", "create"), harmIfRefused: 0 };
    const schemas = { where: "body schemas", expected: "the Error URN", actual: "absent" };
    const errors = { ...brokenBy("ERROR", "error", schemas), harm: 9 };
    const ordered = (...behaviours: readonly BehaviourReport[]) =>
      causesOf(behaviours, plays).map((cause) => cause.behaviours);
    expect(ordered(errors, broken("NAME", "create", 7), creates)).toEqual([["CREATE", "NAME"], ["ERROR"]]);
    // It was carried out, and answered with less than it should be.
    expect(ordered({ ...broken("READ", "read"), harmIfRefused: 0 }, errors)).toEqual([["ERROR"], ["READ"]]);
  });

  it("tell one look-up from another by what it looks for", () => {
    const plays = played({
      one: ["GET", "/Users?filter=userName%20eq%20%22a%22", refused(400)],
      two: ["GET", "/Users?startIndex=1", refused(400)],
    });
    const causes = causesOf([broken("A", "one"), broken("B", "two")], plays);
    expect(causes.map(({ refusal }) => refusal?.request)).toEqual([
      "GET /Users?filter=userName",
      "GET /Users",
    ]);
  });

  it("make one of everything that lacks the same attribute, and leave alone what lacks something else", () => {
    const lacking = (id: string, where: string) =>
      brokenBy(id, "one", { where, expected: "not empty", actual: "absent" });
    const noNames = ["name.givenName", "emails"].map((path) => ({
      where: `body ${path}`,
      expected: "not empty",
      actual: "absent",
    })) as [Difference, Difference];
    const plays = played({ one: ["GET", "/Users/17", refused(200)] });
    const causes = causesOf(
      [
        lacking("A", "body name.givenName"),
        lacking("B", "body Resources[0].name.givenName"),
        lacking("C", "body id"),
        brokenBy("D", "one", noNames[0], noNames[1]),
      ],
      plays,
    );
    expect(causes.map(({ notShown, behaviours }) => [notShown, behaviours])).toEqual([
      ["name.givenName", ["A", "B", "D"]],
      ["id", ["C"]],
    ]);
  });

  it("name what an error lacks, and not the error, where the refusal itself is right", () => {
    const plays = played({
      one: ["GET", "/Users/17", refused(404)],
      two: ["POST", "/Users", refused(409)],
      three: ["GET", "/Users?filter=userName%20eq%20%22a%22", refused(401)],
      four: ["GET", "/Groups", refused(401)],
      five: ["GET", "/Users/18", refused(404)],
    });
    const noStatus = { where: "body status", expected: '"404"', actual: "absent" };
    const noError = { where: "body", expected: "a SCIM error", actual: "the body is empty" };
    const wrongStatus = { where: "status", expected: "200", actual: "404" };
    const causes = causesOf(
      [
        brokenBy("A", "one", noStatus),
        brokenBy("B", "two", noStatus),
        brokenBy("C", "three", noError),
        brokenBy("D", "four", noError),
        brokenBy("E", "five", wrongStatus),
      ],
      plays,
    );
    expect(
      causes.map(({ notShown, refusal, behaviours }) => [notShown, refusal?.answer, behaviours]),
    ).toEqual([
      ["status of an error", undefined, ["A", "B"]],
      ["the SCIM error of a 401", undefined, ["C", "D"]],
      [undefined, "404", ["E"]],
    ]);
  });

  it("name a header that a refusal lacks, and not the refusal, and take what no error has for the refusal's", () => {
    const plays = played({
      one: ["GET", "/Users?startIndex=1", refused(401)],
      two: ["GET", "/Groups", refused(401)],
      three: ["GET", "/NoSuchResource", refused(404)],
      four: ["GET", "/Users?filter=userName%20eq%20%22a%22", refused(400)],
    });
    const noHeader = { where: "header WWW-Authenticate", expected: "the name of a scheme", actual: "absent" };
    const causes = causesOf(
      [
        brokenBy("A", "one", noHeader),
        brokenBy("B", "two", noHeader),
        brokenBy("C", "three", { where: "body", expected: "a JSON body", actual: "the body is empty" }),
        brokenBy("D", "four", { where: "body Resources[0].id", expected: '"1"', actual: "absent" }),
      ],
      plays,
    );
    expect(
      causes.map(({ notShown, refusal, behaviours }) => [notShown, refusal?.answer, behaviours]),
    ).toEqual([
      ["the header WWW-Authenticate of an error", undefined, ["A", "B"]],
      [undefined, undefined, ["C"]],
      [undefined, "400", ["D"]],
    ]);
  });

  it("look at the step that a finding names", () => {
    const plays = played({
      array: ["POST", "/Users", refused(500)],
      last: ["POST", "/Users", refused(400)],
      read: ["GET", "/Users/17", refused(200)],
    });
    const wrong = { where: "status of step array", expected: "no error of the server's own", actual: "500" };
    const causes = causesOf(
      [broken("A", "array"), brokenBy("B", "last", wrong), brokenBy("C", "read", wrong)],
      plays,
    );
    expect(causes.map(({ refusal, behaviours }) => [refusal?.answer, behaviours])).toEqual([
      ["500", ["A", "B", "C"]],
    ]);
  });

  const listing = (userName: string): Outcome => ({
    ...{ kind: "answer", status: 200, headers: [] },
    body: JSON.stringify({ totalResults: 1, Resources: [{ id: "17", userName }] }),
  });

  it("make one of everything that a filter that is not looked at breaks", () => {
    const look = (filter: string, userName: string): [string, string, Outcome] => [
      "GET",
      `/Users?filter=${encodeURIComponent(filter)}&startIndex=1`,
      listing(userName),
    ];
    const plays = played({
      one: look('userName eq "ann@example.com"', "bob@example.com"),
      two: look('userName eq "a \\"quoted\\" name"', "bob@example.com"),
      letters: look('userName eq "ANN"', "ann"),
      other: look('userName sw "ann"', "bob"),
    });
    const wrong = { where: "body totalResults", expected: "1", actual: "7" };
    const causes = causesOf(
      ["one", "two", "letters", "other"].map((step) => brokenBy(step, step, wrong)),
      plays,
    );
    expect(causes.map(({ notHeeded, behaviours }) => [notHeeded, behaviours])).toEqual([
      ["filter=userName of GET /Users", ["one", "two"]],
      [undefined, ["letters"]],
      [undefined, ["other"]],
    ]);
  });

  it("make one of everything that shows what was not asked for, or was excluded", () => {
    const plays = played({
      one: ["GET", "/Users/17?attributes=userName", refused(200)],
      two: ["GET", "/Users?attributes=name&startIndex=1", refused(200)],
      three: ["GET", "/Groups/17?excludedAttributes=members", refused(200)],
    });
    const extra = { where: "body title", expected: "absent: nobody asked for it", actual: "there" };
    const causes = causesOf(
      [
        brokenBy("A", "one", extra),
        brokenBy("B", "two", extra),
        brokenBy("C", "three", { ...extra, expected: "absent" }),
        brokenBy("D", "one", { where: "body userName", expected: "what was asked for", actual: "absent" }),
      ],
      plays,
    );
    expect(causes.map(({ notHeeded, behaviours }) => [notHeeded, behaviours])).toEqual([
      ["attributes", ["A", "B"]],
      ["excludedAttributes", ["C"]],
      [undefined, ["D"]],
    ]);
  });

  it("make one of all reads that show nobody of what the same kind of write sent", () => {
    const plays = played({
      put: ["PUT", "/Groups/17", refused(200)],
      "after-put": ["GET", "/Groups/17", refused(200)],
      "another-put": ["PUT", "/Groups/18", refused(200)],
      "after-another-put": ["GET", "/Groups/18", refused(200)],
      add: ["PATCH", "/Groups/17", refused(204)],
      "after-add": ["GET", "/Groups/17", refused(200)],
      "after-that": ["GET", "/Groups/17", refused(200)],
    });
    const [nobody, onlyMember] = [differencesOf(["4", "5"], [])[0], differencesOf(["4"], [])[0]];
    const someLost = differencesOf(["4", "5"], ["5"])[0];
    if (nobody === undefined || onlyMember === undefined || someLost === undefined)
      throw new Error("nothing differs");
    expect(onlyMember.expected).toBe("1 member");
    const causes = causesOf(
      [
        brokenBy("A", "after-put", nobody),
        brokenBy("B", "after-another-put", onlyMember),
        brokenBy("C", "after-add", nobody),
        brokenBy("D", "after-that", someLost),
      ],
      plays,
    );
    expect(causes.map(({ notShown, behaviours }) => [notShown, behaviours])).toEqual([
      ["what PUT /Groups/{id} sends as members", ["A", "B"]],
      ["what PATCH /Groups/{id} sends as members", ["C"]],
      [undefined, ["D"]],
    ]);
  });

  it("make one of everything that stands in an object named after its schema", () => {
    const user = "urn:ietf:params:scim:schemas:core:2.0:User";
    const group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    const shown = (body: unknown): Outcome => ({ ...refused(200), body: JSON.stringify(body) }) as Outcome;
    const plays = played({
      read: ["GET", "/Users/1", shown({ id: "1", [user]: { userName: "ann" } })],
      list: ["GET", "/Users", shown({ Resources: [{ id: "1", [user]: { active: true } }] })],
      members: ["GET", "/Groups/1", shown({ id: "1", [group]: { members: [] } })],
      flat: ["GET", "/Users/2", shown({ id: "2", userName: "bob" })],
      other: ["GET", "/Users/1", shown({ id: "1", [user]: { userName: "ann" } })],
    });
    const absent = { where: "body userName", expected: "not empty", actual: "absent" };
    const causes = causesOf(
      [
        brokenBy("A", "read", absent),
        brokenBy("B", "list", { ...absent, where: "body Resources[0].active" }),
        brokenBy("C", "members", { where: "body members", expected: "1 members", actual: "1 missing: 7" }),
        brokenBy("D", "flat", absent),
        brokenBy("E", "other", { where: "body id", expected: '"1"', actual: '"7"' }),
      ],
      plays,
    );
    expect(causes.map(({ misplaced, behaviours }) => [misplaced, behaviours])).toEqual([
      [user, ["A", "B", "C"]],
      [undefined, ["D"]],
      [undefined, ["E"]],
    ]);
  });

  it("leave out what the product documents", () => {
    const verdict = { kind: "fail", findings: [], documented: "Names are thrown away." };
    const place = { scenario: "a/scenario", step: "one", claim: "A", verdict };
    const documented = { ...broken("A", "one"), verdict, places: [place] } as unknown as BehaviourReport;
    expect(causesOf([documented], [])).toEqual([]);
  });

  it("are none where nothing failed", () => {
    expect(causesOf([], [])).toEqual([]);
  });
});
