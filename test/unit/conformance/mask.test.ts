import { describe, expect, it } from "vitest";
import { ForeignMask } from "../../../src/conformance/mask.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { answered, MARKER, trial } from "./bench.ts";

const REQUEST: Request = { method: "GET", path: "/Users", headers: [] };
const ADA = {
  id: "1",
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "ada@real.example",
  name: { givenName: "Ada", familyName: "Ada-Lovelace" },
  emails: [{ value: "ada@home.example", type: "home", primary: true }],
  employeeNumber: 4711,
  active: true,
  meta: { resourceType: "User", location: "https://x/Users/1" },
};
const OURS = { ...ADA, id: "2", userName: `${MARKER}1@example.com`, nickName: "ours-to-see" };

const maskOf = () => new ForeignMask((name) => name.includes(MARKER));
const bodyOf = ({ outcome }: Exchange) => (outcome.kind === "answer" ? outcome.body : "");
const listOf = (...Resources: readonly unknown[]) => ({ totalResults: Resources.length, Resources });
const finding = (actual: string, expected = "201") => ({
  kind: "fail" as const,
  findings: [{ claim: "B-01.must", where: "body", expected, actual }],
});

describe("attribute values of resources that are not ours", () => {
  it.each([
    ["in a list", listOf(ADA, OURS)],
    ["alone", ADA],
    ["in a bare array", [ADA]],
    ["without a name", { ...ADA, userName: undefined }],
    ["with a name that is no text", { ...ADA, userName: 12 }],
  ])("are masked %s", (_, body) => {
    const text = bodyOf(maskOf().exchange(answered(REQUEST, 200, body)));
    for (const secret of ["ada@real", "Ada", "Lovelace", "ada@home", "4711", "https://x"]) {
      const withoutOurs = text.replace(/\{[^{}]*scim-check.*\}/, "");
      expect(withoutOurs).not.toContain(secret);
    }
    expect(text).toContain('"id":"1"');
    expect(text).toContain('"resourceType":"User"');
    expect(text).toContain('"active":true');
  });

  it.each([
    ["in a list", REQUEST, listOf(OURS)],
    ["alone", REQUEST, OURS],
    [
      "in the answer to its create, whatever name the server made of it",
      { ...REQUEST, method: "POST", body: MARKER },
      { ...ADA, externalId: `${MARKER}1` },
    ],
    [
      "in an error",
      REQUEST,
      { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail: "no", status: "400" },
    ],
  ])("stay as they are when they are ours: %s", (_, request, body) => {
    const exchange = answered(request, 200, body);
    expect(maskOf().exchange(exchange)).toBe(exchange);
  });

  it("are ours where a user of ours was left without a userName, and not where somebody else was", () => {
    const nameless = (value: string) => ({
      ...ADA,
      userName: undefined,
      displayName: "Ada L.",
      emails: [{ value }],
    });
    const shown = (value: string) => bodyOf(maskOf().exchange(answered(REQUEST, 200, nameless(value))));
    expect(shown(`${MARKER}1@example.com`)).toContain("Ada L.");
    expect(shown("ada@home.example")).not.toContain("Ada L.");
  });

  it("are masked in the answer to a create that shows somebody else", () => {
    const exchange = answered({ ...REQUEST, method: "POST", body: MARKER }, 200, ADA);
    expect(bodyOf(maskOf().exchange(exchange))).not.toContain("ada@real");
  });

  it("are masked where a finding quotes them: whole, in part of a longer value, cut off, and escaped", () => {
    const mask = maskOf();
    mask.exchange(answered(REQUEST, 200, listOf(ADA, { ...ADA, title: 'The "Boss"' })));
    const masked = (text: string) => {
      const verdict = mask.verdict(finding(text, text));
      return verdict.kind === "fail"
        ? verdict.findings.map(({ actual, expected }) => actual + expected).join()
        : "";
    };
    expect(masked('"ada@real.example"')).not.toContain("ada@real");
    expect(masked("Ada-Lovelace")).not.toContain("Lovelace");
    expect(masked('{"userName":"ada@real.ex…')).not.toContain("ada@real");
    expect(masked(JSON.stringify({ title: 'The "Boss"' }))).not.toContain("Boss");
    expect(masked("status 500")).toBe("status 500status 500");
    expect(masked("4711")).not.toContain("4711");
    expect(masked("port 47110")).toBe("port 47110port 47110");
  });

  it.each([
    ["values", { ...ADA, nicknames: Array.from({ length: 300_001 }, (_, at) => `n${at}`) }],
    ["characters of them", { ...ADA, title: "x".repeat(10_000_001) }],
  ])(
    "that are too many %s to be kept hide whatever a finding quotes, but for what is nobody's",
    (_, body) => {
      const mask = maskOf();
      mask.exchange(answered(REQUEST, 200, listOf(body)), 1_000);
      expect(mask.verdict(finding('"ada@real.example"', "200"))).toMatchObject({
        findings: [{ actual: "«masked»", expected: "200" }],
      });
      expect(mask.verdict(finding("absent", "never seen anywhere"))).toMatchObject({
        findings: [{ actual: "absent", expected: "«masked»" }],
      });
    },
  );

  it("do not take a hostile body for a reason to fail", () => {
    const deep = `{"id":"1","userName":"x@real.example","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const both = `{"Resources":[${deep},${JSON.stringify(OURS).replace("}", `},"b":${"[".repeat(100_000)}${"]".repeat(100_000)}`)}]}`;
    for (const body of [deep, both, "<html>", "null", "[[]]", '{"Resources":{}}', '{"__proto__":{"id":1}}']) {
      expect(bodyOf(maskOf().exchange(answered(REQUEST, 200, body)))).not.toContain("x@real.example");
    }
  });
});

describe("a report", () => {
  const walk = `flow: import
steps:
  - id: read
    send: GET /Users
    expect: { B-01.must: { body: { "Resources[0].userName": nobody } } }
`;
  const run = (showForeignData: boolean) =>
    trial({ scenarios: { walk }, settings: { showForeignData }, before: (server) => server.seed(60) });

  it("holds no value of a stranger, in no exchange and no finding", async () => {
    const { report } = await run(false);
    expect(JSON.stringify(report)).not.toMatch(/seeded\.\d|Seeded Person/);
    expect(report.behaviours[0]?.verdict).toMatchObject({
      kind: "fail",
      findings: [{ actual: '"«masked»"' }],
    });
  });

  it("holds them with --show-foreign-data", async () => {
    const { report } = await run(true);
    expect(JSON.stringify(report)).toContain("seeded.1@example.com");
  });

  it("holds what is ours", async () => {
    const { report } = await trial({
      scenarios: {
        one: "steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json }, expect: { B-01.must: { status: 299 } } }]",
      },
    });
    const [exchange] = report.scenarios[0]?.steps[0]?.exchanges ?? [];
    expect(exchange === undefined ? "" : bodyOf(exchange)).toContain(`${MARKER}1@example.com`);
  });
});
