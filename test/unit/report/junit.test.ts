import { DOMParser, type Element } from "@xmldom/xmldom";
import { parse as junit2json } from "junit2json";
import { describe, expect, it } from "vitest";
import type { RunReport } from "../../../src/model/report.ts";
import { junit } from "../../../src/report/junit.ts";
import { behaviour, fails, sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

/**
 * What `junit-10.xsd` of Jenkins' xUnit plugin permits, element by element: the attributes (a `!` marks the
 * required ones) and the children. None of the sequences of the schema prescribes an order beyond that.
 */
const SCHEMA: Readonly<Record<string, { attributes: string; children: string; text?: boolean }>> = {
  testsuites: { attributes: "name time tests failures errors", children: "testsuite" },
  testsuite: {
    attributes:
      "name! tests! failures! errors! group time skipped timestamp hostname id package file log url",
    children: "testsuite properties testcase system-out system-err",
  },
  properties: { attributes: "", children: "property" },
  property: { attributes: "name! value!", children: "" },
  testcase: {
    attributes: "name! time classname group",
    children: "skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err",
  },
  failure: { attributes: "type message", children: "", text: true },
  error: { attributes: "type message", children: "", text: true },
  skipped: { attributes: "type message", children: "", text: true },
  "system-out": { attributes: "", children: "", text: true },
};

const SUREFIRE_TIME = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

function rootOf(report: RunReport): Element {
  const problems: string[] = [];
  const parser = new DOMParser({ onError: (level, message) => problems.push(`${level}: ${message}`) });
  const root = parser.parseFromString(junit.render(report, {}), "text/xml").documentElement;
  expect(problems).toEqual([]);
  if (root === null) throw new Error("no root element");
  return root;
}

const childrenOf = (element: Element) =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);

const all = (root: Element, name: string) => Array.from(root.getElementsByTagName(name));

function expectValid(element: Element): void {
  const rule = SCHEMA[element.tagName];
  expect(rule, `element ${element.tagName}`).toBeDefined();
  const permitted = (rule?.attributes ?? "").split(" ");
  for (const { name } of Array.from(element.attributes)) {
    expect(permitted.map((one) => one.replace("!", ""))).toContain(name);
  }
  for (const name of permitted.filter((one) => one.endsWith("!"))) {
    expect(element.hasAttribute(name.slice(0, -1)), `${element.tagName} ${name}`).toBe(true);
  }
  const time = element.getAttribute("time");
  if (time !== null) expect(time).toMatch(SUREFIRE_TIME);
  if (rule?.text !== true) {
    const own = Array.from(element.childNodes).filter((node) => node.nodeType === 3);
    for (const node of own) expect(node.nodeValue?.trim()).toBe("");
  }
  for (const child of childrenOf(element)) {
    expect((rule?.children ?? "").split(" ")).toContain(child.tagName);
    expectValid(child);
  }
}

function caseOf(root: Element, id: string): Element {
  const found = all(root, "testcase").find((one) => one.getAttribute("name")?.startsWith(`${id} `));
  if (found === undefined) throw new Error(`no test case for ${id}`);
  return found;
}

const resultOf = (root: Element, id: string) => childrenOf(caseOf(root, id))[0]?.tagName ?? "pass";

describe("the JUnit format", () => {
  it.each([
    ["a run with something of everything", sampleReport()],
    ["a stopped run", stoppedReport()],
    ["a sound run", soundReport()],
  ])("follows Jenkins' junit-10.xsd for %s", (_, report) => {
    const root = rootOf(report);
    expect(root.tagName).toBe("testsuites");
    expectValid(root);
  });

  it("has one test case for each behaviour, and one suite for each flow and kind of app", () => {
    const root = rootOf(sampleReport());
    expect(all(root, "testcase").length).toBe(sampleReport().behaviours.length);
    const names = all(root, "testsuite").map((suite) => suite.getAttribute("name"));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("Deactivating and reactivating, catalogue app (OIN)");
    const update = all(root, "testsuite").find((suite) => suite.getAttribute("name")?.startsWith("Updating"));
    expect(update?.getAttribute("tests")).toBe("4");
  });

  it("takes a broken must for a failure, an open must for an error, and counts nothing else", () => {
    const root = rootOf(sampleReport());
    expect(resultOf(root, "OKTA-CREATE-04")).toBe("failure");
    expect(resultOf(root, "OKTA-PATCH-02")).toBe("failure");
    expect(resultOf(root, "OKTA-IMPORT-04")).toBe("error");
    const skipped = [
      "OKTA-READ-06",
      "OKTA-ERR-07",
      "OKTA-GROUP-03",
      "OKTA-RATE-01",
      "OKTA-PUT-01",
      "OKTA-LARGE-06",
    ];
    for (const id of [...skipped, "RFC7644-3.7-01"])
      expect([id, resultOf(root, id)]).toEqual([id, "skipped"]);
  });

  it("passes a behaviour that is kept, with its advice as output", () => {
    const passed = caseOf(rootOf(sampleReport()), "OKTA-CRED-01");
    expect(childrenOf(passed).map(({ tagName }) => tagName)).toEqual(["system-out"]);
    expect(passed.textContent).toContain(
      "OKTA-CRED-01.items: body itemsPerPage: expected a number, got absent",
    );
  });

  it("is an error where a should is broken beside a must that stayed open", () => {
    const mixed = behaviour("X-1", { statement: "Two things hold." }, [
      { name: "a", level: "should", text: "One.", verdict: fails("X-1.a", "status", "201", "200") },
      { name: "b", level: "must", text: "Other.", verdict: { kind: "unknown", why: "no answer" } },
    ]);
    expect(resultOf(rootOf({ ...sampleReport(), behaviours: [mixed] }), "X-1")).toBe("error");
  });

  it("counts on every suite and on the whole what is in them", () => {
    const root = rootOf(sampleReport());
    for (const suite of [...all(root, "testsuite"), root]) {
      expect(suite.getAttribute("tests")).toBe(String(all(suite, "testcase").length));
      expect(suite.getAttribute("failures")).toBe(String(all(suite, "failure").length));
      expect(suite.getAttribute("errors")).toBe(String(all(suite, "error").length));
      if (suite !== root) expect(suite.getAttribute("skipped")).toBe(String(all(suite, "skipped").length));
    }
  });

  it("gives times in seconds and counts a step that serves two behaviours once a suite", () => {
    const root = rootOf(sampleReport());
    expect(root.getAttribute("time")).toBe("3.240");
    expect(caseOf(root, "OKTA-PATCH-02").getAttribute("time")).toBe("2.492");
    const [first] = sampleReport().behaviours;
    if (first === undefined) throw new Error("no behaviour");
    const twice = rootOf({ ...sampleReport(), behaviours: [first, { ...first, id: "OKTA-CREATE-05" }] });
    expect(all(twice, "testsuite")[0]?.getAttribute("time")).toBe("0.024");
  });

  it("carries the cited sentence of each behaviour as a property of its suite", () => {
    const properties = all(rootOf(sampleReport()), "property");
    for (const { id, citations } of sampleReport().behaviours) {
      const own = properties.filter((one) => one.getAttribute("name") === `source.${id}`);
      expect(own.map((one) => one.getAttribute("value")).join()).toContain(citations[0]?.url);
    }
  });

  it("tells a failure in the words of the text format", () => {
    const failure = caseOf(rootOf(sampleReport()), "OKTA-PATCH-02").textContent;
    for (const part of [
      "expected",
      "PATCH /Users/17 → 501",
      "if broken",
      "to mend",
      '"Authorization: Bearer $SCIM_TOKEN"',
    ]) {
      expect(failure).toContain(part);
    }
  });

  it("is never green for a run that did not end well", () => {
    const sound = soundReport();
    const strict: RunReport = {
      ...sound,
      outcome: { ...sound.outcome, exitCode: 1, why: "a should is broken." },
    };
    const cut: RunReport = {
      ...sound,
      outcome: { ...sound.outcome, exitCode: 130, why: "it was interrupted." },
    };
    expect(all(rootOf(stoppedReport()), "error").length).toBe(1);
    expect(all(rootOf(strict), "failure")[0]?.textContent).toContain("A should is broken.");
    expect(all(rootOf(cut), "error").length).toBe(1);
    expect(all(rootOf(sound), "testcase").length).toBe(1);
  });

  it("is understood by an independent reader of JUnit files", async () => {
    const read = await junit2json(junit.render(sampleReport(), {}));
    expect(read).toMatchObject({ tests: 12, failures: 2, errors: 1 });
  });
});
