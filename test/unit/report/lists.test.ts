import { describe, expect, it } from "vitest";
import type { Behaviour } from "../../../src/model/behaviour.ts";
import { FLOWS } from "../../../src/model/behaviour.ts";
import { LOAD_REPORT_FORMATS, REPORT_FORMATS } from "../../../src/model/report-format.ts";
import type { Scenario } from "../../../src/model/scenario.ts";
import { explainBehaviour } from "../../../src/report/explain.ts";
import { FORMATS, formatNamed } from "../../../src/report/formats.ts";
import { columnsOf, cut, wrap } from "../../../src/report/layout.ts";
import {
  listActions,
  listBehaviours,
  listChecks,
  listFlows,
  listScenarios,
  listTargets,
} from "../../../src/report/list.ts";
import { durationText, plural } from "../../../src/report/wording.ts";
import { sampleReport } from "./sample-report.ts";

const BEHAVIOUR: Behaviour = {
  id: "OKTA-CREATE-04",
  standard: "okta",
  harm: 13,
  statement: "The id is issued by the server, is a non-empty stable string, and never contains bulkId.",
  flow: "create",
  okta: "both",
  versions: ["2.0", "1.1"],
  claims: [
    {
      id: "OKTA-CREATE-04.text",
      level: "must",
      text: "The id is a string.",
      oktaTest: "Okta SCIM 2.0 Spec Test, step 6",
    },
    { id: "OKTA-CREATE-04.reserved", level: "should", text: "The id does not contain bulkId." },
  ],
  citations: [
    { document: "Prepare your API", standard: "okta", section: "", url: "https://developer.okta.com/x" },
  ],
  request: 'POST /Users\n{"userName": "…"}',
  goodAnswer: "201 with an id of type string.",
  consequence: "Okta cannot tie later updates to the account.",
  remedy: "Issue a string id.",
};

const NO_PROOF = { scenarios: [], defects: [] };

describe("explain", () => {
  it("tells all there is to know about a behaviour and who judges it", () => {
    expect(
      explainBehaviour(BEHAVIOUR, {
        scenarios: ["okta/users/create", "okta/users/link"],
        defects: [{ name: "create-answers-200", title: "A create is answered 200." }],
      }),
    ).toMatchInlineSnapshot(`
      "OKTA-CREATE-04 The id is issued by the server, is a non-empty stable string, and
        never contains bulkId.

        level       must: required by Okta's documents or published tests, or a
                    documented flow stops without it
        flow        Creating a person (create)
        sent by     both kinds of app
        SCIM        2.0, 1.1

        request     POST /Users
                    {"userName": "…"}
        good answer 201 with an id of type string.
        if broken   Okta cannot tie later updates to the account.
        to mend     Issue a string id.

        claims
          OKTA-CREATE-04.text must: The id is a string.
              also asserted by Okta SCIM 2.0 Spec Test, step 6
          OKTA-CREATE-04.reserved should: The id does not contain bulkId.

        source      Okta: Prepare your API https://developer.okta.com/x

        judged by   okta/users/create
                    okta/users/link
        proven by   create-answers-200: A create is answered 200.
      "
    `);
  });

  it("says why a behaviour cannot be judged, or that nobody judges it yet", () => {
    expect(explainBehaviour({ ...BEHAVIOUR, notJudged: "It happens inside Okta." }, NO_PROOF)).toContain(
      "not judged  It happens inside Okta.",
    );
    expect(explainBehaviour(BEHAVIOUR, NO_PROOF)).toContain("judged by   no scenario yet");
  });
});

describe("lists", () => {
  it("show ids in full and cut long sentences to the width", () => {
    const other = { ...BEHAVIOUR, id: "OKTA-CRED-01", notJudged: "Not from outside.", statement: "Short." };
    expect(listBehaviours([BEHAVIOUR, other], { width: 80 })).toMatchInlineSnapshot(`
      "id              level       app   flow    statement
      OKTA-CREATE-04  must        both  create  The id is issued by the server, is a…
      OKTA-CRED-01    not judged  both  create  Short.
      "
    `);
    for (const line of listBehaviours([BEHAVIOUR], { width: 60 }).split("\n")) {
      expect(columnsOf(line)).toBeLessThanOrEqual(60);
    }
  });

  it("show what decides whether a scenario is played", () => {
    const scenario: Scenario = {
      id: "okta/groups/large",
      title: "Okta pushes a large group",
      place: { file: "large.yaml" },
      flow: "large-group",
      oktaApp: "oin",
      needs: ["large-group"],
      exclusive: true,
      repeatable: false,
      writes: true,
      inputs: ["expiredToken"],
      steps: [],
    };
    const quiet = {
      ...scenario,
      id: "okta/look",
      oktaApp: "both",
      needs: [],
      inputs: [],
      exclusive: false,
    } as const;
    expect(listScenarios([scenario, quiet], { width: 120 })).toMatchInlineSnapshot(`
      "id                 app   traits                                          title
      okta/groups/large  oin   exclusive,needs:large-group,input:expiredToken  Okta pushes a large group
      okta/look          both  -                                               Okta pushes a large group
      "
    `);
  });

  it("show checks, actions and targets by name", () => {
    const callable = {
      name: "list-all-pages",
      takes: ["path", "count?"],
      summary: "Walks through every page.",
    };
    expect(listChecks([callable])).toContain("list-all-pages  path, count?  Walks through every page.");
    expect(listActions([{ ...callable, takes: [] }])).toContain("list-all-pages  -      Walks");
    expect(listTargets([{ id: "tfe", product: "Terraform Enterprise", facts: [] }])).toMatch(
      /^tfe +0 +0 +0 +Terraform Enterprise$/m,
    );
  });

  it("name every flow", () => {
    const lines = listFlows().trimEnd().split("\n");
    expect(lines.length).toBe(FLOWS.length + 1);
    for (const [index, flow] of FLOWS.entries())
      expect(lines[index + 1]).toMatch(new RegExp(`^${flow}  +[A-Z]`));
  });
});

describe("formats", () => {
  it("have names of their own and render to something that ends in one line feed", () => {
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
    for (const { render } of FORMATS) expect(render(sampleReport(), {})).toMatch(/[^\n]\n$/);
    expect(formatNamed("nope")).toBeUndefined();
  });

  it("have a form for a load where the command line offers it", () => {
    const forLoads = FORMATS.filter(({ renderLoad }) => renderLoad !== undefined).map(({ name }) => name);
    expect(new Set(forLoads)).toEqual(new Set(LOAD_REPORT_FORMATS));
    expect(FORMATS.map(({ name }) => name).toSorted()).toEqual(REPORT_FORMATS.toSorted());
  });

  it("write JSON that is the report itself, with two spaces a level", () => {
    const written = formatNamed("json")?.render(sampleReport(), {}) ?? "";
    expect(JSON.parse(written)).toEqual(sampleReport());
    expect(written.split("\n").slice(0, 2)).toEqual(["{", '  "format": "scim-check/run@1",']);
  });

  it("give the same text for the same report", () => {
    for (const { render } of FORMATS) expect(render(sampleReport(), {})).toBe(render(sampleReport(), {}));
  });
});

describe("layout", () => {
  it("wraps at spaces, keeps long words whole and runs of spaces as they are", () => {
    expect(wrap("aa bb https://example.com/long cc", 6)).toEqual(["aa bb", "https://example.com/long", "cc"]);
    expect(wrap("a  b", 10)).toEqual(["a  b"]);
    expect(wrap("", 10)).toEqual([]);
  });

  it("knows that some characters take two columns and some none", () => {
    expect(columnsOf("你好🚀")).toBe(6);
    expect(columnsOf("e\u0301")).toBe(1);
    expect(cut("one two three", 9)).toBe("one two…");
  });
});

describe("wording", () => {
  it("counts and measures the way people do", () => {
    expect([plural(1, "user"), plural(2, "user"), plural(0, "must is", "musts are")]).toEqual([
      "1 user",
      "2 users",
      "0 musts are",
    ]);
    expect([40.4, 999.6, 3_240, 59_999, 125_000].map(durationText)).toEqual([
      "40 ms",
      "1000 ms",
      "3.2 s",
      "59.9 s",
      "2 min 5 s",
    ]);
  });
});
