import { DOMParser, type Element } from "@xmldom/xmldom";
import { parse as junit2json } from "junit2json";
import { describe, expect, it } from "vitest";
import type { BehaviourReport, RunReport } from "../../../src/model/report.ts";
import { junit } from "../../../src/report/junit.ts";
import { HOSTILE } from "./hostile.ts";
import { JENKINS_FILE, judgeBySchema, judgeInOurWords } from "./jenkins/schema.ts";
import { behaviour, fails, REMARKS, sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

const asKnown = (one: BehaviourReport): BehaviourReport => ({
  ...one,
  known: [{ why: "the <new> server mends it", until: "2027-01-31", link: "https://a.example/?x=1&y=2" }],
  claims: one.claims.map((claim) => ({ ...claim, knownFor: ["aiw", "oin"] })),
});

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

function caseOf(root: Element, id: string): Element {
  const found = all(root, "testcase").find((one) => one.getAttribute("name")?.startsWith(`${id} `));
  if (found === undefined) throw new Error(`no test case for ${id}`);
  return found;
}

const resultOf = (root: Element, id: string) => childrenOf(caseOf(root, id))[0]?.tagName ?? "pass";

describe("the JUnit format", () => {
  const sound = soundReport();
  const ended = (report: RunReport, exitCode: 1 | 3 | 130): RunReport => ({
    ...report,
    outcome: { ...report.outcome, exitCode, why: "it ended so." },
  });
  const reports: readonly (readonly [string, RunReport])[] = [
    ["a run with something of everything", sampleReport()],
    ["a stopped run", stoppedReport()],
    ["a sound run", sound],
    ["a sound run that is strict", ended(sound, 1)],
    ["an interrupted run", ended({ ...sound, run: { ...sound.run, interrupted: true } }, 130)],
    ["a run of more than an hour", { ...sound, run: { ...sound.run, durationMs: 4_000_123.4567 } }],
    ["a run in no time", { ...sound, run: { ...sound.run, durationMs: 0 } }],
    ["a run without behaviours", { ...sound, behaviours: [] }],
    ["a run with notes and a diagnosis", { ...sound, ...REMARKS }],
    ["known deviations", { ...sampleReport(), behaviours: sampleReport().behaviours.map(asKnown) }],
    ...HOSTILE.map(([name, said]) => [`${name} in what a server said`, sampleReport({ said })] as const),
    ...HOSTILE.map(([name, said]) => [`${name}, stopped`, stoppedReport({ said })] as const),
  ];

  it.each(reports)("is valid by Jenkins' junit-10.xsd for %s", (_, report) => {
    const xml = junit.render(report, {});
    expect(judgeInOurWords(xml)).toEqual([]);
    if (JENKINS_FILE !== undefined) expect(judgeBySchema(JENKINS_FILE)(xml)).toEqual([]);
  });

  it("would not be valid with an attribute, an order of elements or a time that Jenkins does not take", () => {
    const xml = junit.render(sampleReport(), {});
    const broken = [
      xml.replace("<testcase ", '<testcase assertions="1" '),
      xml.replace("<properties>", "<property/><properties>"),
      xml.replace(/<testsuite (.*?)time="[^"]*"/, '<testsuite $1time="1.2345"'),
      xml.replace(/<testsuite (.*?)failures="[^"]*"/, "<testsuite $1"),
      xml.replace("</testsuites>", ""),
    ];
    for (const one of broken) expect(judgeInOurWords(one)).not.toEqual([]);
  });

  it("says in cases of their own what to know about the run, and what the product is documented to do", () => {
    for (const report of [sampleReport(), sound, stoppedReport()]) {
      const root = rootOf({ ...report, ...REMARKS });
      const skipped = all(root, "skipped").map((one) => one.getAttribute("message") ?? "");
      expect(skipped.some((message) => message.includes(REMARKS.notes.join(" ")))).toBe(true);
      expect(skipped.some((message) => message.includes(REMARKS.diagnoses[0].remedy))).toBe(true);
    }
  });

  it("has one test case for each behaviour, and one suite for each flow and kind of app", () => {
    const root = rootOf({ ...sampleReport(), notes: [] });
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
    const read = await junit2json(junit.render({ ...sampleReport(), notes: [] }, {}));
    expect(read).toMatchObject({ tests: 12, failures: 2, errors: 1 });
  });
});
