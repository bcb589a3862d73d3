import { beforeAll, describe, expect, it } from "vitest";
import type { LoadReport } from "../../src/model/load.ts";
import type { FindingKind } from "../../src/model/load-reconciliation.ts";
import type { Handle, ServerRequest, ServerResponse } from "../../src/reference-server/message.ts";
import { html } from "../../src/report/html/html.ts";
import { json } from "../../src/report/json.ts";
import { text } from "../../src/report/text.ts";
import type { Library } from "../../src/wiring/library.ts";
import { constant, loadVirtually, planOf, testLibrary, virtualServer } from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);

/** Okta waits five minutes after it, and the load is over before. */
const TOO_MANY: ServerResponse = {
  status: 429,
  headers: [["Content-Type", "application/scim+json"]],
  body: JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "429" }),
};

type Refuses = (request: ServerRequest) => boolean;
const EVERY = 5;

/** The defect apply-then-429, and a sound server's 429: one of five such writes is refused, after or before it is done. */
const refusing =
  (refuses: Refuses, isApplied: boolean, refusal = TOO_MANY) =>
  (handle: Handle): Handle => {
    let met = 0;
    return (request) => {
      if (!refuses(request)) return handle(request);
      met += 1;
      if (met % EVERY !== 0) return handle(request);
      if (isApplied) handle(request);
      return refusal;
    };
  };

const is =
  (method: string, collection: "Users" | "Groups", pattern = /(?:)/): Refuses =>
  ({ method: asked, target, body }) =>
    asked === method && target.includes(`/${collection}`) && pattern.test(body.replaceAll(/\s/g, ""));

interface Kind {
  readonly scenario: string;
  readonly refuses: Refuses;
  readonly population?: { readonly users: number; readonly groups: number; readonly members: number };
  readonly plays: number;
  readonly says: RegExp;
  readonly collection: "Users" | "Groups";
}

const PEOPLE = { users: 100, groups: 0, members: 0 };
const TEAMS = { users: 100, groups: 5, members: 20 };
const isActive = (value: boolean) => is("PATCH", "Users", new RegExp(`"active":"?${value}`, "i"));

const KINDS: Readonly<Record<string, Kind>> = {
  "a create of a person": {
    ...{ scenario: "create", refuses: is("POST", "Users"), plays: 50, collection: "Users" },
    says: /^Every create of `.*` was refused; the list shows this person\.$/,
  },
  "a delete of a person": {
    ...{ scenario: "create-and-delete", refuses: is("DELETE", "Users"), plays: 50, collection: "Users" },
    says: /^A delete of `.*` was refused; no list and no read shows this person\.$/,
  },
  "a rename of a person": {
    ...{ scenario: "okta/users/change-user-name", refuses: is("PUT", "Users"), plays: 50 },
    collection: "Users",
    says: /^A rename of `scim-check-.*` to `scim-check-.*` was refused; the list shows the new name\.$/,
  },
  "a deactivation": {
    ...{ scenario: "steady/suspend-oin", refuses: isActive(false), plays: 50, population: PEOPLE },
    collection: "Users",
    says: /^A deactivation of `.*` was refused; the list shows inactive\.$/,
  },
  "a reactivation": {
    ...{ scenario: "steady/suspend-oin", refuses: isActive(true), plays: 50, population: PEOPLE },
    collection: "Users",
    says: /^A reactivation of `.*` was refused; the list shows active\.$/,
  },
  "an add to a group": {
    ...{ scenario: "steady/join-and-leave-oin", refuses: is("PATCH", "Groups", /"op":"add"/), plays: 50 },
    ...{ population: { users: 100, groups: 1, members: 0 }, collection: "Groups" },
    says: /^Adding 10 people was refused, and they are in the group\.$/,
  },
  "a removal from a group": {
    ...{ scenario: "offboarding/leave-oin", refuses: is("PATCH", "Groups", /"op":"remove"/), plays: 50 },
    ...{ population: TEAMS, collection: "Groups" },
    says: /^Removing (\d people|1 person) was refused, and (they are|that one is) no longer in the group\.$/,
  },
  "a rename of a group by PATCH": {
    ...{ scenario: "okta/groups/rename-oin", refuses: is("PATCH", "Groups", /"displayName":/), plays: 50 },
    ...{ population: PEOPLE, collection: "Groups" },
    says: /^A rename of `scim-check-.*` to `scim-check-.*` was refused; the list shows the new name\.$/,
  },
  "a rename of a group by PUT": {
    ...{ scenario: "okta/groups/rename-aiw", refuses: is("PUT", "Groups"), plays: 50 },
    ...{ population: PEOPLE, collection: "Groups" },
    says: /^(A rename of `scim-check-.*` to `scim-check-.*` was refused; the list shows the new name|Adding 2 people was refused, and they are in the group)\.$/,
  },
  "a delete of a group": {
    ...{ scenario: "okta/groups/delete", refuses: is("DELETE", "Groups"), plays: 50, collection: "Groups" },
    says: /^A delete of `.*` was refused; no list and no read shows the group\.$/,
  },
};

async function played(
  { scenario, refuses, plays, population }: Kind,
  isApplied: boolean,
  refusal?: ServerResponse,
) {
  const server = await virtualServer({ wrap: refusing(refuses, isApplied, refusal) });
  const more = population === undefined ? {} : { population };
  return loadVirtually(planOf(scenario, [constant(10, plays / 10)], more), library, server);
}

function readBack({ reconciled }: LoadReport) {
  if (reconciled.kind === "unknown") throw new Error(reconciled.why);
  const { counts, findings } = reconciled;
  const found = Object.entries(counts).filter(([, count]) => count > 0) as [FindingKind, number][];
  return { counts: Object.fromEntries(found), findings };
}

describe("a write that is answered 429 and carried out all the same", () => {
  it.each(Object.entries(KINDS))("is named as that: %s", async (_name, kind) => {
    const report = await played(kind, true);
    const { counts, findings } = readBack(report);
    expect(Object.keys(counts)).toEqual(["applied-after-refusal"]);
    expect(report.throttling.refused).toBeGreaterThanOrEqual(2);
    expect(counts["applied-after-refusal"]).toBeGreaterThanOrEqual(report.throttling.refused);
    for (const finding of findings) {
      expect(finding.detail).toMatch(kind.says);
      expect(finding).toMatchObject({ collection: kind.collection, kind: "applied-after-refusal" });
    }
    expect(report.outcome).toMatchObject({ exitCode: 1, why: expect.stringContaining("applied after") });
    const [first] = findings;
    for (const format of [text, json, html]) {
      const shown = (format.renderLoad?.(report, {}) ?? "").replaceAll(/\s+/g, " ");
      const what = first?.detail.split(" `")[0] ?? "";
      const names = [first?.id ?? "nobody", what].map((part) => shown.includes(part));
      expect([format.name, ...names]).toEqual([format.name, true, true]);
    }
  });
});

describe("a write that is answered 429 and not carried out", () => {
  it.each(Object.entries(KINDS))("is blamed on nobody: %s", async (_name, kind) => {
    const report = await played(kind, false);
    expect(report.throttling.refused).toBeGreaterThanOrEqual(2);
    expect(readBack(report).counts).toEqual({});
  });
});

describe("a write that a gateway had no answer to", () => {
  it.each(Object.entries(KINDS))("is judged by nobody, carried out or not: %s", async (_name, kind) => {
    for (const [status, isApplied] of [
      [502, true],
      [504, true],
      [504, false],
    ] as const) {
      const report = await played(kind, isApplied, { status, headers: [], body: "" });
      expect(report.totals.errors).toBeGreaterThanOrEqual(2);
      expect([status, isApplied, readBack(report).counts]).toEqual([status, isApplied, {}]);
    }
  });
});

describe("a person who is inactive though nobody deactivated them", () => {
  it("is no proof that a refused deactivation was carried out, where the server makes others inactive too", async () => {
    const inactive = (handle: Handle): Handle =>
      refusing(
        isActive(false),
        false,
      )((request) => {
        const isCreate = request.method === "POST" && request.target.endsWith("/Users");
        const body = isCreate ? request.body.replace(/"active":\s*true/, '"active":false') : request.body;
        return handle({ ...request, body });
      });
    const plan = planOf("offboarding/leave-oin", [constant(10, 5)], { population: TEAMS });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: inactive }));
    expect(report.throttling.refused).toBeGreaterThanOrEqual(2);
    expect(readBack(report).counts).toEqual({});
  });
});
