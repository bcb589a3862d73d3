import { beforeAll, describe, expect, it } from "vitest";
import type { LoadReport } from "../../src/model/load.ts";
import type { TargetProfile } from "../../src/model/target.ts";
import type { Handle, ServerResponse } from "../../src/reference-server/message.ts";
import { documentedAnswers, documentedState } from "../../src/wiring/documented-state.ts";
import type { Library } from "../../src/wiring/library.ts";
import { profileNamed } from "../../src/wiring/profile.ts";
import { constant, loadVirtually, planOf, testLibrary, virtualServer } from "./virtual-load.ts";

let library: Library;
let gitlab: TargetProfile;
beforeAll(async () => {
  [library, gitlab] = await Promise.all([testLibrary(), profileNamed("gitlab")]);
}, 60_000);

const saying = (profile: TargetProfile) => ({
  documented: documentedState(profile),
  answers: documentedAnswers(profile),
});

const answering = (status: number): ServerResponse => ({ status, headers: [], body: "" });
const notFound = ({ operations }: LoadReport) =>
  Object.fromEntries(
    operations.flatMap(({ step, byStatus }) => (step === "credential-test" ? [] : [[step, byStatus[404]]])),
  );
const brokenIn = ({ broken }: LoadReport) => broken.map(({ claim, broken: times }) => [claim, times]);

/** Whoever is set inactive is gone by it. */
const vanishing = (handle: Handle): Handle => {
  return (request) => {
    const answer = handle(request);
    const isLeave = request.method === "PATCH" && /"active":\s*false/.test(request.body);
    if (isLeave) handle({ ...request, method: "DELETE", body: "" });
    return answer;
  };
};

const people = { population: { users: 20, groups: 0, members: 0 } };

describe("a server that documents that whoever is deactivated is gone", () => {
  const suspending = () => planOf("steady/suspend-oin", [constant(10, 4)], people);

  it("is not blamed for knowing nobody by that id, also when the load comes round to the same people", async () => {
    const server = await virtualServer({ wrap: vanishing });
    const report = await loadVirtually(suspending(), library, server, saying(gitlab));
    expect(brokenIn(report)).toEqual([]);
    expect(report.totals).toMatchObject({ errors: 0, failed: 0 });
    expect(notFound(report)).toEqual({ deactivate: 20, reactivate: 40 });
    expect(report.notes).toHaveLength(2);
    expect(report.notes[0]).toMatch(/^steady\/suspend-oin\/reactivate was about people who were deactivated/);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("is not blamed for people whom the play itself made", async () => {
    const plan = planOf("okta/users/reactivate-oin", [constant(10, 4)]);
    const report = await loadVirtually(
      plan,
      library,
      await virtualServer({ wrap: vanishing }),
      saying(gitlab),
    );
    expect(brokenIn(report)).toEqual([]);
    expect(report.totals).toMatchObject({ errors: 0, failed: 0 });
  });

  it("is not waited for until it shows who is gone", async () => {
    const plan = planOf("leave-and-read", [constant(100, 4)], people);
    const server = await virtualServer({ wrap: vanishing });
    const report = await loadVirtually(plan, library, server, { ...saying(gitlab), settleMs: 2_000 });
    expect(brokenIn(report)).toEqual([]);
    // Only the few plays that are judged in full look again.
    expect(notFound(report)["read-back"]).toBeLessThan(1_000);
  });

  it("is blamed for it by whoever knows no such document", async () => {
    const report = await loadVirtually(suspending(), library, await virtualServer({ wrap: vanishing }));
    expect(brokenIn(report)).toEqual([
      ["OKTA-REACT-01.answer", 40],
      ["OKTA-PATCH-02.answer", 20],
    ]);
    expect(report.outcome.exitCode).toBe(1);
  });

  it("is blamed for a 500, and for knowing nobody who was never deactivated", async () => {
    const failing =
      (status: number, method: string) =>
      (handle: Handle): Handle => {
        return (request) =>
          request.method === method && request.target.includes("/Users/")
            ? answering(status)
            : handle(request);
      };
    const crashing = await virtualServer({ wrap: failing(500, "PATCH") });
    const report = await loadVirtually(suspending(), library, crashing, saying(gitlab));
    expect(report.totals.errorsByKind).toEqual({ 500: 80 });
    const unknowing = await virtualServer({ wrap: failing(404, "PUT") });
    const updates = planOf("steady/update", [constant(10, 2)], people);
    const none = { ...gitlab, facts: gitlab.facts.filter(({ id }) => id !== "GITLAB-06") };
    const missed = await loadVirtually(updates, library, unknowing, saying(none));
    expect(missed.totals.errorsByKind).toEqual({ 404: 20 });
  });
});

describe("what a product documents to answer otherwise than a claim asks", () => {
  const noNames = (handle: Handle): Handle => {
    return (request) => {
      const answer = handle(request);
      return { ...answer, body: answer.body.replaceAll(/"name":\{[^}]*\},?/g, "") };
    };
  };
  const create = () => planOf("okta/users/create", [constant(10, 1)]);

  it("is told with the fact that says so, and counts as no fault", async () => {
    const server = await virtualServer({ wrap: noNames });
    const report = await loadVirtually(create(), library, server, saying(gitlab));
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.join("\n")).toMatch(
      /OKTA-CREATE-01.whole-user was broken, as is documented.*GITLAB-14/,
    );
    expect(report.outcome.exitCode).toBe(0);
  });

  it("is a fault where nothing is documented, or something else", async () => {
    const report = await loadVirtually(create(), library, await virtualServer({ wrap: noNames }));
    expect(brokenIn(report).length).toBeGreaterThan(0);
    const noMails = (handle: Handle): Handle => {
      return (request) => {
        const answer = handle(request);
        return { ...answer, body: answer.body.replaceAll(/"emails":\[[^\]]*\],?/g, "") };
      };
    };
    const other = await virtualServer({ wrap: noMails });
    const blamed = await loadVirtually(create(), library, other, saying(gitlab));
    expect(brokenIn(blamed).length).toBeGreaterThan(0);
  });

  it("is no error where it is the status, unless the server fails", async () => {
    const refusing =
      (status: number) =>
      (handle: Handle): Handle => {
        return (request) => (request.method === "PUT" ? answering(status) : handle(request));
      };
    const updates = planOf("steady/update", [constant(10, 2)], people);
    const told = await loadVirtually(
      updates,
      library,
      await virtualServer({ wrap: refusing(405) }),
      saying(gitlab),
    );
    expect(brokenIn(told)).toEqual([]);
    expect(told.totals).toMatchObject({ errors: 0, failed: 0 });
    const broken = await loadVirtually(
      updates,
      library,
      await virtualServer({ wrap: refusing(500) }),
      saying(gitlab),
    );
    expect(broken.totals.errorsByKind).toEqual({ 500: 20 });
  });
});
