import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { problemLine } from "../../../src/model/problem.ts";
import type { Scenario, SendStep } from "../../../src/model/scenario.ts";
import { loadScenarios } from "../../../src/scenarios/load.ts";
import { actions, catalogue, checks } from "../../decoding/vocabulary.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "scim-check-scenarios-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function load(...folders: readonly string[]) {
  return loadScenarios({
    folders: folders.length === 0 ? [root] : folders.map((folder) => join(root, folder)),
    fixtures: "fixtures",
    catalogue,
    checks,
    actions,
  });
}

function scenariosOf(loaded: ReturnType<typeof load>): readonly Scenario[] {
  if (!loaded.ok) throw new Error(loaded.problems.map(problemLine).join("\n"));
  return loaded.scenarios;
}

function problemsOf(loaded: ReturnType<typeof load>): readonly string[] {
  return loaded.ok ? [] : loaded.problems.map((problem) => problemLine(problem).replaceAll(`${root}/`, ""));
}

/** The one scenario of a file with these steps. */
function scenario(steps: string, head = ""): Scenario {
  write("one.yaml", `title: One\nflow: create\n${head}steps:\n${steps.replace(/^/gm, "  ")}\n`);
  const [only] = scenariosOf(load());
  if (only === undefined) throw new Error("nothing was loaded");
  return only;
}

function firstSend(steps: string, head = ""): SendStep {
  const [step] = scenario(steps, head).steps;
  if (step?.kind !== "send") throw new Error("the first step sends nothing");
  return step;
}

const MINIMAL = "title: One\nflow: create\nsteps: [{ id: read, send: GET /Users }]\n";

describe("finding scenario files", () => {
  it("looks below every folder, sorts, and names scenarios after their path", () => {
    write("okta/users/read.yaml", MINIMAL);
    write("okta/create.yaml", MINIMAL);
    write("README.md", "not a scenario");
    expect(scenariosOf(load()).map(({ id }) => id)).toEqual(["okta/create", "okta/users/read"]);
  });

  it("leaves out load plans and hidden files", () => {
    write("load/onboarding.yaml", "stages: []");
    write(".hidden/x.yaml", "x");
    write("users/load/a.yaml", MINIMAL);
    expect(scenariosOf(load()).map(({ id }) => id)).toEqual(["users/load/a"]);
  });

  it("is not led in a circle by links", () => {
    write("a/one.yaml", MINIMAL);
    symlinkSync(root, join(root, "a/loop"));
    expect(scenariosOf(load()).map(({ id }) => id)).toEqual(["a/one"]);
  });

  it("takes a single file as well", () => {
    write("mine.yaml", MINIMAL);
    expect(scenariosOf(load("mine.yaml")).map(({ id }) => id)).toEqual(["mine"]);
  });

  it("reports a folder that is not there, and files with the other ending", () => {
    write("mine/one.yml", MINIMAL);
    expect(problemsOf(load("mine", "nobody"))).toEqual([
      "mine/one.yml: Scenario files end in `.yaml`. Rename this one.",
      "nobody: There is no such file or folder. Check the path.",
    ]);
  });

  it("does not let a later folder redefine a scenario", () => {
    write("built-in/users/create.yaml", MINIMAL);
    write("mine/users/create.yaml", MINIMAL);
    const [line] = problemsOf(load("built-in", "mine"));
    expect(line).toBe(
      "mine/users/create.yaml: The scenario `users/create` is already defined in built-in/users/create.yaml. Rename this file, or move it to a folder of its own.",
    );
  });
});

describe("the stages of loading", () => {
  it("decode every file before anything is linked, and report them together in order", () => {
    write("b.yaml", "title: B\nflow: nowhere\nsteps: [{ id: read, send: GET /Users }]\n");
    write("a.yaml", "title: A\nflow: create\nsteps: [{ id: read, send: GET }]\n");
    write("c.yaml", `title: C\nflow: create\nsteps: [{ id: read, send: 'GET /Users/\${nobody}' }]\n`);
    expect(problemsOf(load()).map((line) => line.split(":")[0])).toEqual(["a.yaml", "b.yaml"]);
  });
});

describe("a scenario", () => {
  it("is played for both kinds of app, alone or not, once, unless it says otherwise", () => {
    expect(scenario("- { id: read, send: GET /Users }")).toMatchObject({
      oktaApp: "both",
      needs: [],
      exclusive: false,
      repeatable: false,
      inputs: [],
    });
    const head = "okta-app: oin\nneeds: [burst]\nexclusive: true\ninputs: [expiredToken]\ncrowd: 5\n";
    expect(scenario(`- { id: read, send: 'GET /Users/\${expiredToken}' }`, head)).toMatchObject({
      oktaApp: "oin",
      needs: ["burst"],
      exclusive: true,
      inputs: ["expiredToken"],
      crowd: { kind: "literal", value: 5 },
    });
  });

  it.each([
    ["GET /Users", false],
    ["POST /Users", true],
    ["PUT /Users/1", true],
    ["PATCH /Users/1", true],
    ["DELETE /Users/1", true],
  ])("with %s writes: %s", (send, writes) => {
    expect(scenario(`- { id: it, send: ${send} }`).writes).toBe(writes);
  });

  it.each([
    ["{ perform: list-all-pages, with: { path: /Users } }", false],
    ["{ perform: push-group, with: { members: [] } }", true],
  ])("with %s writes: %s", (step, writes) => {
    const loaded = scenario(`- ${step.replace("{", "{ id: it,")}`);
    expect(loaded.writes).toBe(writes);
    expect(loaded.steps[0]?.settles).toBe(!writes);
  });
});

describe("a step", () => {
  it("is a method, a path, a query, headers and a body, with Okta's ways as defaults", () => {
    const step = firstSend(
      [
        "- id: find",
        "  send: GET /Users?raw=%20",
        `  query: { filter: 'userName eq "\${unique.userName | filter}"', count: 100 }`,
        "  headers: { Accept: text/plain, Authorization: null }",
      ].join("\n"),
    );
    expect(step).toMatchObject({ method: "GET", credential: "given", speaker: "okta", settles: true });
    expect(step.path).toEqual({ parts: ["/Users?raw=%20"] });
    expect(step.query).toEqual([
      ["filter", { parts: ['userName eq "', { name: "unique.userName", transforms: ["filter"] }, '"'] }],
      ["count", { parts: ["100"] }],
    ]);
    // An empty text leaves the header out.
    expect(step.headers).toEqual([
      ["Accept", { parts: ["text/plain"] }],
      ["Authorization", { parts: [] }],
    ]);
  });

  it("takes a fixture's body, with another person's names and with changes", () => {
    const step = firstSend(
      [
        "- id: create",
        "  send: POST /Users",
        "  body: { $from: okta/suite-user.json, $for: bob, active: false, $set: { name.givenName: Eve }, $without: [emails] }",
      ].join("\n"),
    );
    if (step.body?.kind !== "fixture" || step.body.body.kind !== "object") throw new Error("no fixture");
    expect(new Map(step.body.body.entries).get("userName")).toEqual({
      kind: "text",
      template: { parts: [{ name: "unique.bob.userName", transforms: [] }] },
    });
    expect(step.body.changes).toEqual({
      replace: [["active", { kind: "literal", value: false }]],
      set: [["name.givenName", { kind: "literal", value: "Eve" }]],
      without: ["emails"],
    });
  });

  it("takes the answer of an earlier step", () => {
    const { steps } = scenario(
      "- { id: read, send: GET /Users/1 }\n- { id: write, send: PUT /Users/1, body: { $answer: read, $without: [meta] } }",
    );
    expect(steps[1]).toMatchObject({
      body: { kind: "answer", step: "read", changes: { replace: [], set: [], without: ["meta"] } },
    });
  });

  it("keeps `$ref` as the attribute it is", () => {
    expect(firstSend("- { id: it, send: PUT /Groups/1, body: { members: [{ $ref: x }] } }").body).toEqual({
      kind: "literal",
      value: { members: [{ $ref: "x" }] },
    });
  });

  it("can use what earlier steps remember, and look inside it", () => {
    const { steps } = scenario(
      `- { id: read, send: GET /Users, remember: { first: 'Resources[0]' } }\n- { id: again, send: 'GET /Users/\${first.id}' }`,
    );
    expect(steps[0]?.remember).toEqual([["first", "Resources[0]"]]);
    expect(steps[1]).toMatchObject({ path: { parts: ["/Users/", { name: "first.id", transforms: [] }] } });
  });
});

describe("an expectation", () => {
  const expectOf = (expectation: string) =>
    firstSend(`- id: it\n  send: GET /Users\n  expect:\n    ${expectation}`).expect;

  it("by a behaviour's id means its only claim", () => {
    expect(expectOf("OKTA-CREATE-01: { status: 201 }")).toMatchObject([
      { claim: "OKTA-CREATE-01.created", matcher: { status: [201] }, place: { line: 7, column: 7 } },
    ]);
  });

  it("with a list of matchers holds when all of them do", () => {
    expect(expectOf("OKTA-CREATE-01: [{ status: 4xx }, { empty-body: false, within: 1 min }]")).toMatchObject(
      [
        { claim: "OKTA-CREATE-01.created", matcher: { status: ["4xx"] } },
        { claim: "OKTA-CREATE-01.created", matcher: { emptyBody: false, withinMs: 60_000 } },
      ],
    );
  });

  it("with alternatives beside other conditions asks for both", () => {
    const matchers = expectOf(
      "OKTA-CREATE-01: { status: 200, any-of: [{ body: { id: a } }, { empty-body: true }] }",
    ).map(({ matcher }) => matcher);
    expect(matchers).toEqual([
      { status: [200] },
      { anyOf: [{ body: [["id", { equals: { kind: "literal", value: "a" } }]] }, { emptyBody: true }] },
    ]);
  });

  it("reads every condition under its name", () => {
    const [expectation] = expectOf(
      [
        "OKTA-CREATE-01:",
        "      body:",
        "        a: { equals: { x: 1 }, equals-ignoring-case: A, one-of: [1, null], contains: { y: 2 } }",
        "        b: { type: string, not-empty: true, min-length: 1, max-length: 3, length: 2, matches: '^x' }",
        `        c: { at-least: 1, at-most: '\${unique.token}', absent: true, unassigned: true }`,
        "        d: { some: { at: { e.f: x } }, each: 1, none: { not: 2 } }",
        "        e: null",
      ].join("\n"),
    );
    const literal = (value: unknown) => ({ kind: "literal", value });
    expect(expectation?.matcher.body).toEqual([
      [
        "a",
        {
          equals: literal({ x: 1 }),
          equalsIgnoringCase: literal("A"),
          oneOf: [literal(1), literal(null)],
          contains: literal({ y: 2 }),
        },
      ],
      ["b", { type: "string", notEmpty: true, minLength: 1, maxLength: 3, length: 2, matches: "^x" }],
      [
        "c",
        {
          atLeast: literal(1),
          atMost: { kind: "text", template: { parts: [{ name: "unique.token", transforms: [] }] } },
          absent: true,
          unassigned: true,
        },
      ],
      [
        "d",
        {
          some: { at: [["e.f", { equals: literal("x") }]] },
          each: { equals: literal(1) },
          none: { not: { equals: literal(2) } },
        },
      ],
      ["e", { equals: literal(null) }],
    ]);
  });

  it("hands arguments to a named check", () => {
    expect(expectOf("OKTA-CREATE-01: { check: unique-ids, with: { path: Resources } }")[0]?.matcher).toEqual({
      check: { name: "unique-ids", with: [["path", { kind: "literal", value: "Resources" }]] },
    });
  });
});
