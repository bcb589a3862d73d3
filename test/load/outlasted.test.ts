import { beforeAll, describe, expect, it } from "vitest";
import { overridden } from "../../src/config/override-plan.ts";
import { seededRandom } from "../../src/model/clock.ts";
import type { LoadReport } from "../../src/model/load.ts";
import type { LoadPlan } from "../../src/model/load-plan.ts";
import type { Handle, ServerResponse } from "../../src/reference-server/message.ts";
import type { Library } from "../../src/wiring/library.ts";
import { loadPlanNamed } from "../../src/wiring/load-plans.ts";
import {
  constant,
  loadVirtually,
  planOf,
  playVirtually,
  reportOf,
  testLibrary,
  virtualServer,
} from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);

const error = (status: number, scimType?: string): ServerResponse => ({
  status,
  headers: [["content-type", "application/scim+json"]],
  body: JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
  }),
});
const NO_TARGET = error(400, "noTarget");
const NOT_FOUND = error(404);
const NOTHING_DONE: ServerResponse = { status: 204, headers: [], body: "" };

const LEAVER = /"members\[value eq \\"(.*?)\\"\]"/;

/** Answers who takes somebody out of a group who is no member of it. */
const strict =
  (refusal: ServerResponse, isMember: (wasMember: boolean) => boolean = (was) => was) =>
  (handle: Handle): Handle =>
  (request) => {
    const leaver = request.method === "PATCH" ? LEAVER.exec(request.body)?.[1] : undefined;
    if (leaver === undefined) return handle(request);
    const group = handle({ ...request, method: "GET", body: "" }).body;
    return isMember(group.includes(`"${leaver}"`)) ? handle(request) : refusal;
  };

/** A shipped plan with twenty people, each a member of one of two groups, and many more plays. */
const shipped = async (name: string) =>
  overridden(await loadPlanNamed(name), { users: 20, groups: 2, members: 10, for: 30_000, warmUp: 0 });

const answersOf = ({ operations }: LoadReport, step: string) =>
  operations.find((one) => one.step === step)?.byStatus ?? {};
const brokenIn = ({ broken }: LoadReport) => broken.map(({ claim, broken: times }) => [claim, times]);

function expectNoBlame(report: LoadReport): void {
  expect(brokenIn(report)).toEqual([]);
  expect(report.totals).toMatchObject({ errors: 0, failed: 0 });
  expect(report.totals.errorsByKind).toEqual({});
  expect(report.reconciled).toMatchObject({ kind: "done", findings: [] });
  expect(report.outcome.exitCode).toBe(0);
}

describe("a load that lasts longer than its people, against a server that takes nobody out twice", () => {
  it.each([
    ["400 noTarget", NO_TARGET],
    ["404", NOT_FOUND],
  ])("and says %s, blames nobody and says so", async (_what, refusal) => {
    const server = await virtualServer({ wrap: strict(refusal) });
    const report = await loadVirtually(await shipped("offboarding"), library, server);
    expectNoBlame(report);
    expect(answersOf(report, "leave-group")).toEqual({ 204: 20, [refusal.status]: 280 });
    expect(report.notes).toEqual([
      expect.stringMatching(/^offboarding\/leave-oin\/leave-group took away what .* is right, and no error/),
    ]);
  });

  it("blames nobody on a steady day", async () => {
    const server = await virtualServer({ wrap: strict(NO_TARGET) });
    expectNoBlame(await loadVirtually(await shipped("steady-day"), library, server));
  });

  it("blames nobody where as many users as take turns wait for their answers", async () => {
    const plan: LoadPlan = {
      ...(await shipped("offboarding")),
      stages: [],
      closed: { users: 30, forMs: 20_000, thinkMs: 100 },
    };
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: strict(NOT_FOUND) }));
    expectNoBlame(report);
    expect(answersOf(report, "leave-group")[404]).toBeGreaterThan(1_000);
  });

  it("blames nobody in shards, each with people of its own", async () => {
    const plan = await shipped("offboarding");
    const server = await virtualServer({ wrap: strict(NO_TARGET) });
    const shards = await Promise.all(
      [1, 2].map((index) => playVirtually(plan, library, server, { shard: { index, of: 2 } })),
    );
    const report = await reportOf(shards, library, server);
    expectNoBlame(report);
    expect(answersOf(report, "leave-group")).toEqual({ 204: 20, 400: 280 });
  });

  it("blames nobody where plays meet, whichever of them comes first", async () => {
    const meeting = [...Array(8).keys()].map(async (seed) => {
      const random = seededRandom(seed);
      const latency = () => 1 + Math.floor(random.next() * 400);
      const server = await virtualServer({ latency, wrap: strict(NO_TARGET) });
      const plan = planOf(["steady/join-and-leave-oin", "offboarding/leave-oin"], [constant(40, 5)], {
        population: { users: 3, groups: 1, members: 3 },
        seed,
      });
      return loadVirtually(plan, library, server);
    });
    for (const report of await Promise.all(meeting)) {
      expect(brokenIn(report)).toEqual([]);
      expect(report.totals).toMatchObject({ errors: 0, failed: 0 });
      expect(answersOf(report, "leave")[400]).toBeGreaterThan(5);
      expect(report.outcome.exitCode).toBe(0);
    }
  });
});

describe("a group that is written back as it was read, while people come and go", () => {
  it("may have lost who is about to leave it before the answer to the write came", async () => {
    const meeting = [...Array(8).keys()].map(async (seed) => {
      const random = seededRandom(seed);
      const latency = () => 1 + Math.floor(random.next() * 400);
      const server = await virtualServer({ latency, wrap: strict(NO_TARGET) });
      const plan = planOf(["steady/join-and-leave-oin", "rewrite-group"], [constant(40, 5)], {
        population: { users: 20, groups: 1, members: 10 },
        seed,
      });
      return loadVirtually(plan, library, server);
    });
    const reports = await Promise.all(meeting);
    for (const report of reports) {
      expect(brokenIn(report)).toEqual([]);
      expect(report.totals).toMatchObject({ errors: 0, failed: 0 });
    }
    expect(reports.some((report) => (answersOf(report, "leave")[400] ?? 0) > 5)).toBe(true);
  });
});

describe("a load that lasts longer than its people still blames a server", () => {
  const errorsOf = async (wrap: (handle: Handle) => Handle) => {
    const report = await loadVirtually(await shipped("offboarding"), library, await virtualServer({ wrap }));
    expect(report.outcome.exitCode).toBe(1);
    return report;
  };

  it.each([500, 403, 409])("that answers %i to a removal that was carried out before", async (status) => {
    const report = await errorsOf(strict(error(status)));
    expect(report.totals.errorsByKind).toEqual({ [status]: 280 });
    expect(brokenIn(report)).toEqual([["OKTA-MEMBER-02.answer", 280]]);
  });

  it("that answers 500 to such a removal in any of the shards", async () => {
    const plan = await shipped("offboarding");
    const server = await virtualServer({ wrap: strict(error(500)) });
    const shards = await Promise.all(
      [1, 2].map((index) => playVirtually(plan, library, server, { shard: { index, of: 2 } })),
    );
    const report = await reportOf(shards, library, server);
    expect(report.totals.errorsByKind).toEqual({ 500: 280 });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("that refuses to take out who is a member, and counts no other refusal against it", async () => {
    const kept = new Set<string>();
    const refusingSome = (handle: Handle): Handle => {
      const strictly = strict(NO_TARGET)(handle);
      return (request) => {
        const leaver = request.method === "PATCH" ? LEAVER.exec(request.body)?.[1] : undefined;
        if (leaver === undefined) return strictly(request);
        if (kept.size < 3) kept.add(leaver);
        return kept.has(leaver) ? NOT_FOUND : strictly(request);
      };
    };
    const report = await errorsOf(refusingSome);
    expect(report.totals).toMatchObject({ errors: 45, failed: 45 });
    expect(report.totals.errorsByKind).toEqual({ 404: 45 });
    expect(answersOf(report, "leave-group")).toEqual({ 204: 17, 400: 255 - 17, 404: 45 });
    expect(brokenIn(report)).toEqual([["OKTA-MEMBER-02.answer", 45]]);
  });

  it("that acknowledges the first removal and carries out none", async () => {
    const report = await errorsOf(strict(NOTHING_DONE, () => false));
    expect(report.reconciled).toMatchObject({ kind: "done", counts: { "extra-members": 20 } });
  });

  it("that loses who has just joined and is taken out again", async () => {
    const forgetful = (handle: Handle): Handle => {
      const strictly = strict(NO_TARGET)(handle);
      return (request) => (request.body.includes('"add"') ? NOTHING_DONE : strictly(request));
    };
    const plan = planOf("steady/join-and-leave-oin", [constant(10, 10)], {
      population: { users: 20, groups: 2, members: 0 },
    });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: forgetful }));
    expect(brokenIn(report)).toEqual([["OKTA-MEMBER-02.answer", 100]]);
  });
});

describe("people whom plays delete", () => {
  const plan = planOf(["delete-somebody", "delete-somebody"], [constant(10, 6)], {
    population: { users: 20, groups: 2, members: 10 },
  });

  it("are not missed when others look for them, or delete them again", async () => {
    const random = seededRandom(2);
    const latency = () => 1 + Math.floor(random.next() * 900);
    const report = await loadVirtually(plan, library, await virtualServer({ latency }));
    expectNoBlame(report);
    for (const step of ["read", "delete"]) expect(answersOf(report, step)[404]).toBeGreaterThan(10);
  });

  it("are missed where the server does not know them before", async () => {
    const forgetful = (handle: Handle): Handle => {
      return (request) =>
        request.method === "DELETE" && request.target.includes("/Users/") ? NOT_FOUND : handle(request);
    };
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: forgetful }));
    expect(report.totals.errorsByKind).toEqual({ 404: 60 });
  });
});
